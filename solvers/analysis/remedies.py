"""What would give an infeasible problem a portfolio: single changes, and the least costly set of changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.answers import Impossible, Unproven
from solvers.certificate import OF_AMOUNTS, certify
from solvers.certificate._completion import complete
from solvers.errors import ProblemError
from solvers.linear import LinearModel, Row, linearise
from solvers.linear.columns import Columns, resource_row, spend_row
from solvers.model.limits import Limit, keeping, limits_of
from solvers.solving.cuts import propose
from solvers.termination import LimitReached, Termination

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from fractions import Fraction

    from numpy.typing import NDArray

    from solvers.backends.base import LinearBackend, Options
    from solvers.certificate import Check
    from solvers.model.amounts import Amounts
    from solvers.model.problem import Problem
    from solvers.solving.cuts import Proposal

MOVABLE = {
    "capacity",
    "minimum use",
    "count minimum",
    "count maximum",
    "spend minimum",
    "spend maximum",
    "movement",
}
AMOUNTS = MOVABLE - {"count minimum", "count maximum"}

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one limit: `action` is "raise", "lower" or "drop"; amounts are exact, None if it is dropped."""

    limit: Limit
    action: str
    current: Fraction | None = None
    needed: Fraction | None = None

    @property
    def by(self) -> Fraction | None:
        """By how much the limit moves."""
        return None if self.current is None or self.needed is None else abs(self.needed - self.current)

    def __str__(self) -> str:
        if self.current is None or self.needed is None or self.by is None:
            return f"drop '{self.limit}'" if self.limit.kind.startswith("choice") else f"drop '{self.limit.name}'"
        figures = [f"{float(figure):.12g}" for figure in (self.current, self.needed, self.by)]
        what = str(self.limit) if self.limit.kind == "movement" else self.limit.name
        return f"{self.action} {what} from {figures[0]} to {figures[1]} (by {figures[2]})"


def single_changes(problem: Problem, candidates: Iterable[Limit], ask: Callable[..., Proposal]) -> tuple[Change, ...]:
    """Changes of one limit that are each enough, by the least amount that is enough.

    `ask` maximises an objective over a problem (None: any portfolio will do) and returns a proposal.
    """
    every, changes = limits_of(problem), []
    for limit in candidates:
        without = keeping(problem, [other for other in every if other != limit])
        movable = limit.kind in MOVABLE
        downwards = limit.kind in {"capacity", "count maximum", "spend maximum", "movement"}
        use = _use(problem, limit) if movable else None
        found = ask(without, None if use is None else (-use if downwards else use))
        if found.certificate is not None:
            selected = found.certificate.selected
            # The set of options is known; its amounts are those that break this one limit least.
            soft = {(limit.kind, limit.position): 1.0} if limit.kind in AMOUNTS else {}
            gone = [] if soft else [(limit.kind, limit.position)]
            amounts = complete(problem, selected, soft, gone) if problem.continuous else None
            changes.append(_change(limit, checks_of_limits(problem, selected, amounts)[limit]))
    return tuple(changes)


def least_relaxation(
    problem: Problem, priorities: Mapping[str, float | None], backend: LinearBackend, options: Options
) -> tuple[Change, ...] | Impossible | Unproven:
    """Return the changes of least total cost that give the problem a portfolio.

    Impossible if no allowed changes do; unproven if a limit came first or the solver could not prove the cost least.

    The portfolio that breaks the limits at least cost is found by an elastic model (Chinneck & Dravnieks 1991);
    what it breaks, and by how much, comes from its certificate.
    """
    limits = limits_of(problem)
    weights = _weights(limits, priorities)
    free = keeping(problem, [limit for limit in limits if weights[limit] is None])
    model, give = _elastic(problem, limits, weights)
    found = propose(free, model, backend, options)
    if found.termination is Termination.INFEASIBLE:
        return Impossible()
    if found.certificate is None or found.point is None or not found.proven:
        return Unproven(found.limit or (LimitReached.FAILURE if found.certificate is None else LimitReached.PRECISION))
    amounts = None
    if problem.continuous:
        soft = {key: -float(model.objective[column]) for key, column in give.items() if key[0] in AMOUNTS}
        dropped = [key for key, column in give.items() if key[0] not in AMOUNTS and found.point[column] > 0.5]
        amounts = complete(problem, found.certificate.selected, soft, dropped)
    checks = checks_of_limits(problem, found.certificate.selected, amounts)
    return tuple(_change(limit, check) for limit, check in checks.items() if not check.holds)


def checks_of_limits(problem: Problem, selected: tuple[str, ...], amounts: Amounts | None = None) -> dict[Limit, Check]:
    """Return the certificate's check of every limit, in its order (infinite limits are left out)."""
    every = certify(problem, selected, amounts).checks
    checks = [check for check in every if check.limit is not None and check.kind not in OF_AMOUNTS]
    return dict(zip(limits_of(problem), checks, strict=True))


def _weights(limits: tuple[Limit, ...], priorities: Mapping[str, float | None]) -> dict[Limit, float | None]:
    known = {limit.name for limit in limits} | {limit.kind for limit in limits}
    for name, weight in priorities.items():
        if name not in known:
            raise ProblemError(
                f"priorities names {name!r}, which is neither a limit of the problem nor a kind of limit."
            )
        if weight is not None and not (np.isfinite(weight) and weight > 0):
            raise ProblemError(f"The priority of {name!r} must be above 0, or None to keep it. Got {weight!r}.")
    return {limit: priorities.get(limit.name, priorities.get(limit.kind, 1.0)) for limit in limits}


def _change(limit: Limit, check: Check) -> Change:
    if limit.kind not in MOVABLE:
        return Change(limit, "drop")
    return Change(limit, "raise" if check.sense == "<=" else "lower", check.limit, check.use)


def _use(problem: Problem, limit: Limit) -> NDArray[np.float64]:
    """Coefficients of what the limit is about, over the columns of the linear model."""
    columns = Columns.of(problem)
    if limit.kind in {"capacity", "minimum use"}:
        use = resource_row(problem, limit.position, columns)
        for column, move in zip(columns.movements, problem.movements, strict=True):
            if limit.kind == "capacity":
                use[column] += float(move.source == limit.position) - move.rate * (move.target == limit.position)
        return use
    if limit.kind.startswith("spend"):
        rule = problem.spends[limit.position]
        return spend_row(problem, rule.resources, rule.members, columns)
    use = np.zeros(columns.size)
    if limit.kind == "movement":
        use[columns.movements[limit.position]] = 1.0
    else:
        use[problem.positions(problem.counts[limit.position].members)] = 1.0
    return use


def _elastic(
    problem: Problem, limits: tuple[Limit, ...], weights: Mapping[Limit, float | None]
) -> tuple[LinearModel, dict[Key, int]]:
    """Return the model in which limits give way at a cost: maximise minus the cost.

    After the model's own columns come one whole column per rule that may be dropped, then one amount per limit that
    may move; the mapping says which column lets which limit give way.
    """
    model = linearise(problem)
    soft = {(limit.kind, limit.position): limit for limit in limits if weights[limit] is not None}
    drops = [key for key in soft if key[0] not in AMOUNTS and key[0] not in {"mandatory", "forbidden"}]
    moves = [key for key in soft if key[0] in AMOUNTS]
    first = model.objective.size
    give = {key: first + i for i, key in enumerate([*drops, *moves])}
    size, at = first + len(give), np.arange(first + len(give))
    cost, lower, upper = np.zeros(size), np.zeros(size), np.ones(size)
    lower[:first], upper[:first] = model.lower, model.upper
    for key, column in give.items():
        cost[column] = weights[soft[key]] or 0.0
        if key[0] in AMOUNTS:
            cost[column] /= _size(problem, soft[key])
            upper[column] = np.inf
    for kind, bounds, sign, names in (
        ("mandatory", lower, -1.0, problem.mandatory),
        ("forbidden", upper, 1.0, problem.forbidden),
    ):
        for i, option in enumerate(problem.positions(names).tolist()):
            if (kind, i) in soft:
                bounds[option] = 0.0 if kind == "mandatory" else 1.0
                cost[option] += sign * (weights[soft[kind, i]] or 0.0)
    rows = [row for i in range(model.row_lower.size) for row in _elastic_rows(model, i, first + len(drops), give)]
    columns = Columns.of(problem)
    for q, column in enumerate(columns.movements):
        if ("movement", q) in give:
            cap, upper[column] = upper[column], np.inf
            rows.append(Row([column, give["movement", q]], [1.0, -1.0], -np.inf, cap))
    empty = replace(
        model,
        objective=-cost,
        lower=lower,
        upper=upper,
        whole=np.concatenate([model.whole, at[first:] < first + len(drops)]),
        implied=np.concatenate([model.implied, np.zeros(len(give), dtype=bool)]),
        starts=np.zeros(1, dtype=np.int32),
        indices=np.empty(0, dtype=np.int32),
        coefficients=np.empty(0),
        row_lower=np.empty(0),
        row_upper=np.empty(0),
        owners=(),
    )
    return empty.with_rows(rows), give


def _elastic_rows(model: LinearModel, i: int, first_move: int, give: Mapping[Key, int]) -> Iterable[Row]:
    """Return one row of the model as its two sides, each with the column that lets it give way."""
    part = slice(model.starts[i], model.starts[i + 1])
    at, figures = model.indices[part], model.coefficients[part]
    kind, position = model.owners[i]
    for side, bound, sign in (("maximum", model.row_upper[i], -1.0), ("minimum", model.row_lower[i], 1.0)):
        if not np.isfinite(bound):
            continue
        column = give.get((_kind(kind, side), position))
        low, high = (-np.inf, bound) if side == "maximum" else (bound, np.inf)
        if column is None:
            yield Row(at, figures, low, high)
        else:
            # A dropped rule gives way by all that its row could need, a limit by what it pays for.
            reach = 1.0 if column >= first_move else float(np.abs(figures).sum() + abs(bound))
            yield Row(np.append(at, column), np.append(figures, sign * reach), low, high)


def _kind(owner: str, side: str) -> str:
    if owner == "resource":
        return "capacity" if side == "maximum" else "minimum use"
    return owner if owner in {"requires", "excludes", "synergy"} else f"{owner} {side}"


def _size(problem: Problem, limit: Limit) -> float:
    """Return the size of a limit: changing it by this much costs as much as dropping a rule."""
    if limit.kind in {"capacity", "minimum use"}:
        figures: Any = problem.capacity if limit.kind == "capacity" else problem.minimum_use
        size = abs(float(figures[limit.position]))
    elif limit.kind == "movement":
        size = float(problem.movement_caps[limit.position] or 0)
    else:
        rule = problem.spends[limit.position]
        size = abs(float((rule.minimum if limit.kind == "spend minimum" else rule.maximum) or 0.0))
    return size or float(np.abs(_use(problem, limit)).max(initial=0.0)) or 1.0
