"""The linear model of a problem: arrays that mathematical-programming back ends take as they are.

Columns are the options (0 or 1), then one per synergy (0 to 1, whole when the options are), then shares, spends
and movements of capacity if there are any. A synergy y of members x_1..x_k has both linking directions,
y <= x_i and y >= x_1 + ... + x_k - (k - 1), so that no solver can switch an overlap off or a synergy on (Glover &
Woolsey 1974).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from solvers.linear.columns import Columns, objective_row, resource_row, spend_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from solvers.arrays import BoolArray, FloatArray
    from solvers.model.problem import Problem
    from solvers.model.rules import Requires

IntArray = NDArray[np.int32]
Owner = tuple[str, int]


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Maximise ``objective @ x`` with ``row_lower <= A x <= row_upper`` and ``lower <= x <= upper``.

    A is held by rows: the columns of row i are ``indices[starts[i]:starts[i + 1]]``. `whole` marks the columns
    that must be whole numbers, `implied` those that are whole whenever the former are (telling the solver so is
    optional); the others are free to be fractions. The first columns are the options of the problem. `owners` gives,
    for each row, the kind and position of the limit or rule it belongs to.
    """

    objective: FloatArray
    lower: FloatArray
    upper: FloatArray
    whole: BoolArray
    implied: BoolArray
    starts: IntArray
    indices: IntArray
    coefficients: FloatArray
    row_lower: FloatArray
    row_upper: FloatArray
    owners: tuple[Owner, ...]

    def with_rows(self, rows: Iterable[Row]) -> LinearModel:
        """Return the model with further rows at the end."""
        further = list(rows)
        if not further:
            return self
        extra = _stack(further)
        return replace(
            self,
            starts=np.concatenate([self.starts, self.starts[-1] + extra.starts[1:]]),
            indices=np.concatenate([self.indices, extra.indices]),
            coefficients=np.concatenate([self.coefficients, extra.coefficients]),
            row_lower=np.concatenate([self.row_lower, extra.lower]),
            row_upper=np.concatenate([self.row_upper, extra.upper]),
            owners=self.owners + extra.owners,
        )

    @property
    def integral(self) -> bool:
        """Whether every column is a whole number in every solution."""
        return bool((self.whole | self.implied).all())

    def with_column(self, objective: float, lower: float, upper: float) -> LinearModel:
        """Return the model with one more column at the end, a number that need not be whole."""
        return replace(
            self,
            whole=np.append(self.whole, False),
            implied=np.append(self.implied, False),
            objective=np.append(self.objective, objective),
            lower=np.append(self.lower, lower),
            upper=np.append(self.upper, upper),
        )

    def with_objective(self, objective: FloatArray) -> LinearModel:
        """Return the model with another objective."""
        return replace(self, objective=objective)

    def with_bounds(self, lower: FloatArray, upper: FloatArray) -> LinearModel:
        """Return the model with other bounds on its columns."""
        return replace(self, lower=lower, upper=upper)


@dataclass(frozen=True, slots=True)
class Row:
    """One linear row: ``lower <= coefficients @ x[indices] <= upper``."""

    indices: Sequence[int] | NDArray[Any]
    coefficients: Sequence[float] | FloatArray
    lower: float
    upper: float
    owner: Owner = ("", 0)


@dataclass(frozen=True, slots=True)
class _Block:
    starts: IntArray
    indices: IntArray
    coefficients: FloatArray
    lower: FloatArray
    upper: FloatArray
    owners: tuple[Owner, ...]


def linearise(problem: Problem) -> LinearModel:
    """Return the linear model of a problem; `Columns` says which column is what."""
    columns = Columns.of(problem)
    lower, upper = np.zeros(columns.size), np.ones(columns.size)
    if problem.mandatory:
        lower[problem.positions(problem.mandatory)] = 1.0
    if problem.forbidden:
        upper[problem.positions(problem.forbidden)] = 0.0
    if problem.movements:
        for at, cap in zip(columns.movements, problem.movement_caps, strict=True):
            upper[at] = np.inf if cap is None else float(cap)
    for at, column in zip(columns.further, problem.columns, strict=True):
        lower[at], upper[at] = column.lower, column.upper
    starts, indices, coefficients, row_lower, row_upper, owners = _resource_rows(problem, columns)
    further = list(_rule_rows(problem, columns))
    if further:
        extra = _stack(further)
        starts = np.concatenate([starts, starts[-1] + extra.starts[1:]])
        indices = np.concatenate([indices, extra.indices])
        coefficients = np.concatenate([coefficients, extra.coefficients])
        row_lower, row_upper = np.concatenate([row_lower, extra.lower]), np.concatenate([row_upper, extra.upper])
        owners += extra.owners
    return LinearModel(
        objective_row(problem, columns),
        lower,
        upper,
        columns.whole(),
        columns.implied(),
        starts,
        indices,
        coefficients,
        row_lower,
        row_upper,
        owners,
    )


def _resource_rows(
    problem: Problem, columns: Columns
) -> tuple[IntArray, IntArray, FloatArray, FloatArray, FloatArray, tuple[Owner, ...]]:
    limited = np.flatnonzero(np.isfinite(problem.capacity) | np.isfinite(problem.minimum_use))
    least, most = problem.minimum_use[limited], problem.capacity[limited]
    if columns.size == columns.options:
        table = np.ascontiguousarray(problem.usage[:, limited].T)
    else:
        table = np.array([resource_row(problem, int(j), columns) for j in limited]).reshape(-1, columns.size)
    owners = tuple(("resource", j) for j in limited.tolist())
    if columns.movements:
        # Capacity that moves changes the most that may be used, not the least that must be.
        floors = np.flatnonzero(np.isfinite(least))
        table, owners = np.vstack([table, table[floors]]), owners + tuple(owners[i] for i in floors.tolist())
        least, most = (
            np.concatenate([np.full(least.size, -np.inf), least[floors]]),
            np.concatenate([most, np.full(floors.size, np.inf)]),
        )
        at = {j: i for i, j in enumerate(limited.tolist())}
        for column, move in zip(columns.movements, problem.movements, strict=True):
            if move.source in at:
                table[at[move.source], column] += 1.0
            if move.target in at:
                table[at[move.target], column] -= move.rate
    filled = table != 0
    starts = np.concatenate([[0], np.cumsum(filled.sum(axis=1))]).astype(np.int32)
    indices = np.nonzero(filled)[1].astype(np.int32)
    return starts, indices, table[filled], least, most, owners


def _rule_rows(problem: Problem, columns: Columns) -> Iterable[Row]:
    at = problem.option_labels.positions
    for i, rule in enumerate(problem.requires):
        yield from _prerequisite(rule, at, ("requires", i))
    for i, exclusion in enumerate(problem.excludes):
        yield _count([at[m] for m in exclusion.members], None, 1, ("excludes", i))
    for i, choice in enumerate(problem.choices):
        least, most = (1 if choice.required else None), (1 if choice.exclusive else None)
        yield _count([at[m] for m in choice.members], least, most, ("choice", i))
    for i, group in enumerate(problem.counts):
        yield _count([at[m] for m in group.members], group.minimum, group.maximum, ("count", i))
    for i, spend in enumerate(problem.spends):
        cost = spend_row(problem, spend.resources, spend.members, columns)
        yield _dense(cost, _bound_or(spend.minimum, -np.inf), _bound_or(spend.maximum, np.inf), ("spend", i))
    for i, share in enumerate(problem.shares):
        whole = spend_row(problem, share.resources, None, columns)
        part = spend_row(problem, share.resources, share.members, columns)
        if share.minimum is not None:
            yield _dense(part - share.minimum * whole, 0.0, np.inf, ("share", i))
        if share.maximum is not None:
            yield _dense(part - share.maximum * whole, -np.inf, 0.0, ("share", i))
    yield from _own_rows(problem, columns)
    for i, synergy in enumerate(problem.synergies):
        yield from _link(columns.options + i, [at[m] for m in synergy.members], ("synergy", i))
    yield from _amount_rows(problem, columns)


def _own_rows(problem: Problem, columns: Columns) -> Iterable[Row]:
    """Yield the linear rules that were given as such."""
    if problem.rows:
        at: dict[Any, int] = {synergy.name: columns.options + i for i, synergy in enumerate(problem.synergies)}
        at |= {column.name: i for i, column in zip(columns.further, problem.columns, strict=True)}
        at |= problem.option_labels.positions
        for i, rule in enumerate(problem.rows):
            filled = {at[key]: figure for key, figure in rule.coefficients.items() if figure}
            lower, upper = _bound_or(rule.minimum, -np.inf), _bound_or(rule.maximum, np.inf)
            yield Row(list(filled), list(filled.values()), lower, upper, ("row", i))


def _amount_rows(problem: Problem, columns: Columns) -> Iterable[Row]:
    """Tie shares and spends to their options (the multiple-choice model of Croxton, Gendron & Magnanti 2003)."""
    at = problem.option_labels.positions
    if not (problem.partial or problem.curves):
        return
    for column, (name, least) in zip(columns.shares, problem.partial.items(), strict=True):
        yield Row([column, at[name]], [1.0, -1.0], -np.inf, 0.0, ("partial", at[name]))
        yield Row([column, at[name]], [1.0, -least], 0.0, np.inf, ("partial", at[name]))
    first = 0
    for i, curve in enumerate(problem.curves):
        pieces = range(first, first + len(curve.points) - 1)
        first = pieces.stop
        segments = [columns.segments[k] for k in pieces]
        yield Row([*segments, at[curve.option]], [1.0] * len(segments) + [-1.0], 0.0, 0.0, ("curve", i))
        for k in pieces:
            yield Row([columns.parts[k], columns.segments[k]], [1.0, -1.0], -np.inf, 0.0, ("curve", i))


def _prerequisite(rule: Requires, at: Any, owner: Owner) -> Iterable[Row]:
    option, needs = at[rule.option], [at[m] for m in rule.needs]
    if rule.number == len(needs):
        for need in needs:
            yield Row([option, need], [1.0, -1.0], -np.inf, 0.0, owner)
    else:
        yield Row([option, *needs], [float(rule.number)] + [-1.0] * len(needs), -np.inf, 0.0, owner)


def _count(members: list[int], minimum: int | None, maximum: int | None, owner: Owner) -> Row:
    return Row(members, [1.0] * len(members), _bound_or(minimum, -np.inf), _bound_or(maximum, np.inf), owner)


def _link(column: int, members: list[int], owner: Owner) -> Iterable[Row]:
    for member in members:
        yield Row([column, member], [1.0, -1.0], -np.inf, 0.0, owner)
    count = len(members)
    yield Row([*members, column], [1.0] * count + [-1.0], -np.inf, count - 1.0, owner)


def _dense(coefficients: FloatArray, lower: float, upper: float, owner: Owner) -> Row:
    filled = np.flatnonzero(coefficients)
    return Row(filled, coefficients[filled], lower, upper, owner)


def _bound_or(bound: float | None, otherwise: float) -> float:
    return otherwise if bound is None else float(bound)


def _flat(parts: list[Any], kind: type[Any]) -> NDArray[Any]:
    """Return short lists, or arrays, one after another; lists need not become arrays one by one."""
    if all(type(part) is list for part in parts):
        return np.array(list(chain.from_iterable(parts)), dtype=kind)
    return np.concatenate([np.asarray(part) for part in parts]).astype(kind)


def _stack(rows: list[Row]) -> _Block:
    sizes = [len(row.indices) for row in rows]
    return _Block(
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32),
        _flat([row.indices for row in rows], np.int32),
        _flat([row.coefficients for row in rows], np.float64),
        np.array([row.lower for row in rows]),
        np.array([row.upper for row in rows]),
        tuple(row.owner for row in rows),
    )
