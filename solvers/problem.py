"""What is asked: options with values and use of resources, limits, and the rules a portfolio must keep."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers._exact import fraction
from solvers._funding_references import movements_of, read_carries, read_curves, read_partial, read_transfers
from solvers._inputs import (
    as_floats,
    as_matrix,
    check_cells,
    check_shapes,
    is_table,
    labels_of,
    plain,
    positions_by_label,
    read_names,
    read_vector,
    table_labels,
)
from solvers._references import (
    Labels,
    read_choices,
    read_counts,
    read_excludes,
    read_requires,
    read_shares,
    read_spends,
    read_synergies,
)
from solvers.errors import ProblemError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from numpy.typing import NDArray

    from solvers._inputs import FloatArray
    from solvers.funding import CarryForward, Movement, Transfer, ValueCurve
    from solvers.rules import Choice, CountRule, Excludes, Reference, Requires, ShareRule, SpendRule, Synergy


@dataclass(frozen=True, slots=True, init=False, eq=False, repr=False, weakref_slot=True)
class Problem:
    """A portfolio selection problem: choose the set of options of greatest value within limits and rules.

    Parameters
    ----------
    values : array-like, mapping or Series, shape (n,)
        What each option adds; may be negative.
    usage : array-like or DataFrame, shape (n, r)
        What each option uses of each resource; rows are options. Shape (n,) means one resource.
    capacity : array-like, mapping or Series, shape (r,)
        The limit of each resource; infinity means no limit.
    names, resources : sequence of str, optional
        Names of options and resources; by default the labels of the tables given, else "option 1", "resource
        1".
    mandatory, forbidden : sequence of references
        Options that must be in, and that must be out. A reference is a name or a position from 0.
    requires : sequence of Requires or of (option, needs) pairs
        Prerequisites; a pair means that the option needs all of its needs.
    excludes : sequence of Excludes or of sequences of references
        Sets of which at most one member is in.
    choices : sequence of Choice or of sequences of references
        Ways of doing one project (versions, start years): at most one of each is in, or exactly one.
    counts, spends, shares : sequences of CountRule, SpendRule, ShareRule
        Bounds on groups by count, by use and by share of the whole portfolio's use.
    synergies : sequence of Synergy
        Changes of value and use that happen exactly when all their members are in.
    minimum_use : array-like, mapping or Series, shape (r,), optional
        Least total use of each resource; minus infinity (the default) means none.
    partial : mapping of reference to float
        Options that may be funded in part, with their least share (above 0, at most 1): if such an option is in,
        any share from there to 1 of its value and use counts; rules on which options are in, and synergies, count
        it as in.
    curves : sequence of ValueCurve
        Options whose value follows from what is spent on them, piecewise linear.
    carries : sequence of CarryForward or of sequences of references
        Periods of a fund, in order, whose unspent capacity may be used in the next one.
    transfers : sequence of Transfer
        Pairs of resources between which capacity may be moved.
    name : str
        What people call the problem.

    Raises
    ------
    ProblemError
        Where a figure, a shape, a label or a rule breaks what is stated here; the message says which.

    Examples
    --------
    >>> problem = Problem([16, 22, 12, 8], [5, 7, 4, 3], 14, names=["A", "B", "C", "D"], resources=["cash"])
    >>> problem.evaluate(["B", "C", "D"])
    (42.0, {'cash': 14.0})
    """

    values: FloatArray
    usage: FloatArray
    capacity: FloatArray
    names: tuple[str, ...]
    resources: tuple[str, ...]
    mandatory: tuple[str, ...]
    forbidden: tuple[str, ...]
    requires: tuple[Requires, ...]
    excludes: tuple[Excludes, ...]
    choices: tuple[Choice, ...]
    counts: tuple[CountRule, ...]
    spends: tuple[SpendRule, ...]
    shares: tuple[ShareRule, ...]
    synergies: tuple[Synergy, ...]
    minimum_use: FloatArray
    partial: Mapping[str, float]
    curves: tuple[ValueCurve, ...]
    carries: tuple[CarryForward, ...]
    transfers: tuple[Transfer, ...]
    name: str
    movements: tuple[Movement, ...]
    option_labels: Labels = field(compare=False)
    resource_labels: Labels = field(compare=False)

    def __init__(
        self,
        values: object,
        usage: object,
        capacity: object,
        *,
        names: Iterable[object] | None = None,
        resources: Iterable[object] | None = None,
        mandatory: Iterable[Reference] = (),
        forbidden: Iterable[Reference] = (),
        requires: Iterable[Requires | tuple[Reference, Any]] = (),
        excludes: Iterable[Excludes | Iterable[Reference]] = (),
        choices: Iterable[Choice | Iterable[Reference]] = (),
        counts: Iterable[CountRule] = (),
        spends: Iterable[SpendRule] = (),
        shares: Iterable[ShareRule] = (),
        synergies: Iterable[Synergy] = (),
        minimum_use: object = None,
        partial: Mapping[Any, float] | None = None,
        curves: Iterable[ValueCurve] = (),
        carries: Iterable[CarryForward | Iterable[Reference]] = (),
        transfers: Iterable[Transfer] = (),
        name: str = "",
    ) -> None:
        table = as_floats(usage, "usage")
        row_labels = table_labels(usage, 0) if is_table(usage) else None
        column_labels = table_labels(usage, 1) if is_table(usage) and table.ndim == 2 else None
        value_labels = labels_of(values)
        count = len(row_labels) if row_labels is not None else np.size(as_floats(plain(values), "values"))
        option_names = read_names(names, row_labels or value_labels, count, "option")
        value = read_vector(values, option_names, "values")
        table = as_matrix(table, value.size, capacity)
        limit_labels = labels_of(capacity)
        resource_names = read_names(resources, column_labels or limit_labels, table.shape[1], "resource")
        limits = read_vector(capacity, resource_names, "capacity")
        order = positions_by_label(row_labels, option_names, "The index of usage")
        across = positions_by_label(column_labels, resource_names, "The columns of usage")
        table = table if order is None else table[order]
        table = table if across is None else table[:, across]
        least = (
            np.full(limits.shape, -np.inf)
            if minimum_use is None
            else read_vector(minimum_use, resource_names, "minimum_use")
        )
        check_shapes(value, table, limits, least)
        check_cells(value, ~np.isfinite(value), (option_names,), "The value", "a finite number")
        check_cells(table, ~np.isfinite(table), (option_names, resource_names), "The usage", "a finite number")
        check_cells(
            limits,
            np.isnan(limits) | (limits == -np.inf),
            (resource_names,),
            "The capacity",
            "a number or infinity",
        )
        check_cells(
            least,
            np.isnan(least) | (least == np.inf),
            (resource_names,),
            "The minimum use",
            "a number, or -infinity",
        )
        options, kinds = Labels.of("option", option_names), Labels.of("resource", resource_names)
        must, never = options.all(mandatory, "mandatory"), options.all(forbidden, "forbidden")
        if both := set(must) & set(never):
            raise ProblemError(f"{min(both)!r} is both mandatory and forbidden. Keep one of the two.")
        for array in (value, table, limits, least):
            array.setflags(write=False)
        shares_of = read_partial(partial or {}, options)
        carried, moved = read_carries(carries, kinds), read_transfers(transfers, kinds)
        settings = {
            "values": value,
            "usage": table,
            "capacity": limits,
            "names": option_names,
            "resources": resource_names,
            "mandatory": must,
            "forbidden": never,
            "requires": read_requires(requires, options),
            "excludes": read_excludes(excludes, options),
            "choices": read_choices(choices, options),
            "counts": read_counts(counts, options),
            "spends": read_spends(spends, options, kinds),
            "shares": read_shares(shares, options, kinds),
            "synergies": read_synergies(synergies, options, kinds),
            "minimum_use": least,
            "partial": shares_of,
            "curves": read_curves(curves, options, kinds, shares_of),
            "carries": carried,
            "transfers": moved,
            "movements": movements_of(carried, moved, kinds),
            "name": str(name),
            "option_labels": options,
            "resource_labels": kinds,
        }
        for key, setting in settings.items():
            object.__setattr__(self, key, setting)

    def replace(self, **changes: Any) -> Problem:
        """Return a copy with some of the constructor's arguments changed.

        Examples
        --------
        >>> Problem([1, 2], [1, 1], 1).replace(capacity=[2]).capacity
        array([2.])
        """
        unknown = sorted(set(changes) - set(ARGUMENTS))
        if unknown:
            raise ProblemError(f"A problem has no {unknown[0]!r}. It has: {', '.join(ARGUMENTS)}.")
        return Problem(**{key: getattr(self, key) for key in ARGUMENTS} | changes)

    def evaluate(self, selected: Iterable[Reference]) -> tuple[float, dict[str, float]]:
        """Value and use of each resource of a set of options, feasible or not, synergies included."""
        from solvers.certificate import certify

        certificate = certify(self, selected)
        return float(certificate.value), {name: float(use) for name, use in certificate.usage.items()}

    @property
    def continuous(self) -> bool:
        """Whether something need not be all or nothing: shares, spends or movements of capacity."""
        return bool(self.partial or self.curves or self.movements)

    @property
    def movement_caps(self) -> tuple[Fraction | None, ...]:
        """The most that each movement of capacity may take from its source, exactly; None for no limit."""
        caps: list[Fraction | None] = []
        for move in self.movements:
            limits: list[Fraction] = [fraction(move.most)] if np.isfinite(move.most) else []
            own = float(self.capacity[move.source])
            if np.isfinite(move.share) and np.isfinite(own):
                limits.append(fraction(move.share) * fraction(max(own, 0.0)))
            caps.append(min(limits, default=None))
        return tuple(caps)

    def positions(self, names: Iterable[Reference]) -> NDArray[np.intp]:
        """Positions of options by name, shape (k,)."""
        at = self.option_labels.positions
        return np.array([at[name] for name in names], dtype=np.intp)

    def resource_positions(self, names: Iterable[Reference]) -> NDArray[np.intp]:
        """Positions of resources by name, shape (k,)."""
        at = self.resource_labels.positions
        return np.array([at[name] for name in names], dtype=np.intp)

    def to_json(self, path: str | Path | None = None) -> str:
        """Return the problem as JSON that loses nothing, and write it to a file where one is named."""
        from solvers._json import problem_to_json

        text = problem_to_json(self)
        if path is not None:
            Path(path).write_text(text + "\n", encoding="utf-8")
        return text

    @classmethod
    def from_json(cls, source: str | Path) -> Problem:
        """Read what `to_json` wrote, from its text or from a file (a `Path`).

        Raises
        ------
        ProblemError
            If it is no problem, or of another version of the format.

        Examples
        --------
        >>> Problem.from_json(Problem([1, 2], [1, 1], 1).to_json()).values
        array([1., 2.])
        """
        from solvers._json import problem_from_json

        return problem_from_json(source.read_text(encoding="utf-8") if isinstance(source, Path) else source)

    def to_mps(self, path: str | Path) -> Path:
        """Write the linear model as an MPS file; see `solvers.model_files.write_model`."""
        from solvers.model_files import write_model

        return write_model(self, path)

    def to_lp(self, path: str | Path) -> Path:
        """Write the linear model as an LP file; see `solvers.model_files.write_model`."""
        from solvers.model_files import write_model

        return write_model(self, path)

    def summary(self) -> str:
        """Describe the problem in lines of text: limits against what is asked, and rules by kind and name."""
        from solvers._describe import summary

        return summary(self)

    def _rule_count(self) -> int:
        kinds = (
            self.mandatory,
            self.forbidden,
            self.requires,
            self.excludes,
            self.choices,
            self.counts,
            self.spends,
            self.shares,
            self.synergies,
            self.partial,
            self.curves,
            self.movements,
        )
        return sum(map(len, kinds))

    def __repr__(self) -> str:
        title = f" {self.name!r}" if self.name else ""
        rules = self._rule_count()
        return f"<Problem{title}: {len(self.names)} options, {len(self.resources)} resources, {rules} rules>"

    def _repr_html_(self) -> str:
        from solvers._describe import html

        return html(self)


ARGUMENTS = tuple(key for key in Problem.__dataclass_fields__ if not key.endswith(("_labels", "movements")))
