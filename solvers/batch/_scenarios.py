"""What changes from scenario to scenario, read and checked once for the whole batch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.errors import ProblemError
from solvers.model._arguments import as_floats, is_table, positions_by_label, table_labels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solvers.arrays import BoolArray, FloatArray
    from solvers.model.problem import Problem


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Scenarios:
    """Changes to a problem, one row per scenario; None if the problem's own figures stand."""

    problem: Problem
    count: int
    values: FloatArray | None
    synergy_values: FloatArray | None
    capacity: FloatArray | None
    usage: FloatArray | None
    synergy_usage: FloatArray | None
    forced: BoolArray | None
    forbidden: BoolArray | None

    def __len__(self) -> int:
        return self.count

    def __repr__(self) -> str:
        return f"<Scenarios: {self.count} with changed {', '.join(self.changed)}>"

    @property
    def changed(self) -> tuple[str, ...]:
        """Which figures change."""
        return tuple(name for name in CHANGES if getattr(self, name) is not None)

    @property
    def changes(self) -> dict[str, Any]:
        """The arrays of what changes, by name."""
        return {name: getattr(self, name) for name in self.changed}

    def take(self, rows: NDArray[Any]) -> Scenarios:
        """Return some of the scenarios."""
        parts = {name: array[rows] for name, array in self.changes.items()}
        return replace(self, count=len(rows), **parts)

    def contradictory(self) -> BoolArray:
        """Scenarios that force an option and forbid it as well, shape (s,)."""
        must, never = self.must(), self.never()
        both: Any = must & never
        clash: BoolArray = both.any(axis=1)
        return clash

    def must(self) -> BoolArray:
        """Options that have to be in, the problem's own included, shape (s, n)."""
        return self._fixed(self.problem.mandatory, self.forced)

    def never(self) -> BoolArray:
        """Options that have to be out, the problem's own included, shape (s, n)."""
        return self._fixed(self.problem.forbidden, self.forbidden)

    def _fixed(self, own: tuple[str, ...], more: BoolArray | None) -> BoolArray:
        base = np.zeros(len(self.problem.names), dtype=bool)
        base[self.problem.positions(own)] = True
        if more is None:
            return np.broadcast_to(base, (self.count, base.size))
        return more | base

    def problem_of(self, scenario: int) -> Problem:
        """Return one scenario as a problem of its own.

        Raises
        ------
        ProblemError
            If it forces and forbids the same option.
        """
        problem, changes = self.problem, dict[str, Any]()
        for name in ("values", "capacity", "usage"):
            array = getattr(self, name)
            if array is not None:
                changes[name] = array[scenario]
        for name, own, more in (
            ("mandatory", problem.mandatory, self.forced),
            ("forbidden", problem.forbidden, self.forbidden),
        ):
            if more is not None:
                extra = (problem.names[i] for i in np.flatnonzero(more[scenario]))
                changes[name] = tuple(dict.fromkeys([*own, *extra]))
        if self.synergy_values is not None or self.synergy_usage is not None:
            changes["synergies"] = [self._synergy(scenario, i) for i in range(len(problem.synergies))]
        return problem.replace(**changes)

    def _synergy(self, scenario: int, i: int) -> Any:
        synergy = self.problem.synergies[i]
        value = synergy.value if self.synergy_values is None else float(self.synergy_values[scenario, i])
        if self.synergy_usage is None:
            return replace(synergy, value=value, usage=dict(synergy.usage))
        row = self.synergy_usage[scenario, i]
        usage: dict[str | int, float] = {self.problem.resources[j]: float(row[j]) for j in np.flatnonzero(row)}
        return replace(synergy, value=value, usage=usage)

    def distinct(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The first of each set of equal scenarios, and for each scenario which of those it equals."""
        parts = [np.ascontiguousarray(getattr(self, name)).reshape(self.count, -1) for name in self.changed]
        seen: dict[bytes, int] = {}
        first, same = list[int](), np.empty(self.count, dtype=np.intp)
        for k in range(self.count):
            # -0.0 and 0.0 are the same figure, written differently
            key = b"".join((part[k] + 0.0).tobytes() for part in parts)
            at = seen.setdefault(key, len(first))
            if at == len(first):
                first.append(k)
            same[k] = at
        return np.array(first, dtype=np.intp), same


CHANGES = ("values", "synergy_values", "capacity", "usage", "synergy_usage", "forced", "forbidden")


def read_scenarios(problem: Problem, **given: object) -> Scenarios:
    """Check the arrays of a batch against its problem.

    Raises
    ------
    ProblemError
        If an array has the wrong shape or an illegal figure; the message names the scenario and the cell.
    """
    n, r, k = len(problem.names), len(problem.resources), len(problem.synergies)
    shapes = {
        "values": (n,),
        "synergy_values": (k,),
        "capacity": (r,),
        "usage": (n, r),
        "synergy_usage": (k, r),
        "forced": (n,),
        "forbidden": (n,),
    }
    arrays: dict[str, Any] = dict.fromkeys(CHANGES)
    count: int | None = None
    for name, shape in shapes.items():
        if given.get(name) is None:
            continue
        array = _read(problem, name, given[name], shape)
        if count is not None and len(array) != count:
            raise ProblemError(f"Every array has one row per scenario. {name} has {len(array)} rows, others {count}.")
        count = len(array)
        arrays[name] = array
    if count is None:
        raise ProblemError(f"A batch needs at least one array of what changes: {', '.join(CHANGES)}.")
    return Scenarios(problem, count, **arrays)


def _read(problem: Problem, name: str, given: Any, shape: tuple[int, ...]) -> Any:
    labels = problem.resources if name == "capacity" else problem.names
    columns = table_labels(given, 1) if is_table(given) and len(np.shape(given)) == 2 else None
    array = as_floats(given, name)
    if array.ndim != len(shape) + 1 or array.shape[1:] != shape:
        wanted = ", ".join(["scenarios", *map(str, shape)])
        raise ProblemError(f"{name} must have shape ({wanted}). Got {array.shape}.")
    if not len(array):
        raise ProblemError(f"A batch needs at least one scenario. {name} has no rows: its shape is {array.shape}.")
    if columns is not None and not name.startswith("synergy"):
        order = positions_by_label(columns, labels, f"The columns of {name}")
        array = array if order is None else np.ascontiguousarray(array[:, order])
    if name in ("forced", "forbidden"):
        _refuse(name, array, (array != 0) & (array != 1), "true or false")
        array = array.astype(bool)
    elif name == "capacity":
        _refuse(name, array, np.isnan(array) | (array == -np.inf), "a number or infinity")
    else:
        _refuse(name, array, ~np.isfinite(array), "a finite number")
    array.setflags(write=False)
    return array


def _refuse(name: str, array: FloatArray, bad: BoolArray, rule: str) -> None:
    if bad.any():
        at = tuple(int(i) for i in np.argwhere(bad)[0])
        cell = ", ".join(map(str, at[1:]))
        raise ProblemError(f"{name} of scenario {at[0]}, column {cell}, must be {rule}. Got {float(array[at])!r}.")
