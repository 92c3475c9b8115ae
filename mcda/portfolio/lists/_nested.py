"""The best nested priority list: portfolios that only grow as the budget grows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

import solvers
from mcda.errors import InputError, NoAnswerError
from mcda.notebook import ShownAsTable
from mcda.portfolio._subject import exact
from solvers import Termination

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class NestedList(ShownAsTable):
    """Portfolios for rising budgets, each holding all of the one before.

    Attributes
    ----------
    capacity
        (budgets, resources) the limits of each step.
    weights
        (budgets,) how much each step counts, with sum 1.
    portfolios
        The projects funded at each step.
    values
        What each step's portfolio is worth.
    expected_value
        The weighted sum of the values: what the list maximises.
    bound
        No nested list is worth more than this.
    proven
        Whether the list is proven best; otherwise `bound` says how far it may be from it.
    order
        The projects in the order in which the list takes them; projects that enter together have equal ranks.
    """

    capacity: NDArray[np.float64]
    weights: tuple[float, ...]
    portfolios: tuple[tuple[str, ...], ...]
    values: tuple[float, ...]
    expected_value: float
    bound: float
    proven: bool
    order: tuple[tuple[int, str], ...]

    def __repr__(self) -> str:
        state = "proven best" if self.proven else f"at most {self.bound - self.expected_value:.4g} below the best"
        return f"<NestedList: {len(self.portfolios)} steps, expected value {self.expected_value:.6g}, {state}>"

    def to_frame(self) -> pd.DataFrame:
        """One row per step: weight, value, number of projects, those that enter."""
        rows = []
        before: set[str] = set()
        for weight, value, chosen in zip(self.weights, self.values, self.portfolios, strict=True):
            entering = [name for name in chosen if name not in before]
            rows.append((weight, value, len(chosen), ", ".join(entering)))
            before = set(chosen)
        columns = ["weight", "value", "projects", "enters"]
        return pd.DataFrame(rows, columns=columns, index=pd.RangeIndex(1, len(rows) + 1, name="step"))


@solvers.interrupts_raise()
def nested_list(
    problem: solvers.Problem,
    capacity: ArrayLike,
    weights: ArrayLike | None = None,
    *,
    solver: solvers.SolverLike = "auto",
    time_limit: float | None = None,
) -> NestedList:
    """Return the best nested list of portfolios for given budgets.

    One integer model: an option has a copy for every budget, a copy that is in stays in at the next budget, each
    budget's copies keep all its limits and rules, and the weighted sum of the values is greatest. With such a list, no
    project has to be taken out again when more money comes; the exact optima of the budgets need not nest.
    (Koc, Morton, Popova, Hess, Kee & Richards 2009: prioritizing project selection.)

    Parameters
    ----------
    problem
        Options and rules; its own capacity does not count here.
    capacity
        (m, r) the limits at each of m budgets, in the order in which the list grows; (m,) for one resource.
    weights
        (m,) how likely, or how important, each budget is; any non-negative figures, scaled to sum 1. Equal by
        default.
    solver
        Name of a back end, "auto", or `solvers.SolveOptions` that hold that and the rest.
    time_limit
        Seconds; the list found by then comes back with a proven bound.

    Returns
    -------
    NestedList
        With `.proven`, or the bound that says how far it may be from the best.

    Raises
    ------
    InputError
        If the figures have the wrong shape or sign.
    NoAnswerError
        If no nested list keeps every limit and rule, or none was found in time.

    Examples
    --------
    >>> from solvers import Problem
    >>> problem = Problem([3, 4, 3, 2], [4, 8, 10, 8], 20, names="1234", resources=["budget"])
    >>> ranking = nested_list(problem, [12, 20, 22])
    >>> ranking.portfolios, ranking.values, ranking.proven
    ((('1', '2'), ('1', '2', '4'), ('1', '2', '4')), (7.0, 9.0, 9.0), True)
    """
    if problem.partial or problem.curves or problem.movements:
        raise InputError(
            "A nested list is of whole projects at fixed limits: take out partial funding, curves of value, and "
            "money carried forward or transferred."
        )
    limits = _limits(problem, capacity)
    shares = _shares(weights, len(limits))
    chain = _chain(problem, limits, shares)
    solution = solvers.solve(chain, solver, time_limit)
    if not solution.has_portfolio:
        raise NoAnswerError(
            "No nested list keeps every limit and rule at every budget."
            if solution.termination is Termination.INFEASIBLE
            else f"No nested list was found in time ({solution.termination}). Give it longer, or fewer budgets."
        )
    inside = np.zeros((len(limits), len(problem.names)), dtype=bool)
    inside.reshape(-1)[chain.positions(solution.selected)] = True
    certificates = []
    for row, limit in zip(inside, limits, strict=True):
        certificate = solvers.certify(problem.replace(capacity=limit), np.flatnonzero(row).tolist())
        assert certificate.holds  # noqa: S101 - the chain has every limit and rule of each step
        certificates.append(certificate)
    expected = sum(
        (share * certificate.value for share, certificate in zip(shares, certificates, strict=True)), exact(0.0)
    )
    bound = float(expected) if solution.bound is None else max(float(expected), solution.bound)
    return NestedList(
        limits,
        tuple(map(float, shares)),
        tuple(certificate.selected for certificate in certificates),
        tuple(float(certificate.value) for certificate in certificates),
        float(expected),
        float(expected) if solution.termination is Termination.OPTIMAL else bound,
        solution.termination is Termination.OPTIMAL,
        _order(problem, inside),
    )


def _limits(problem: solvers.Problem, capacity: ArrayLike) -> NDArray[np.float64]:
    limits = np.asarray(capacity, dtype=float)
    limits = limits.reshape(-1, 1) if limits.ndim == 1 else limits
    if limits.ndim != 2 or limits.shape[1] != len(problem.resources) or not len(limits) or np.isnan(limits).any():
        raise InputError(
            f"capacity must have one row per budget and one column per resource, shape (m, {len(problem.resources)}), "
            f"without NaN. Got shape {np.shape(capacity)}."
        )
    return limits


def _shares(weights: ArrayLike | None, count: int) -> list[Fraction]:
    figures = np.ones(count) if weights is None else np.asarray(weights, dtype=float)
    if figures.shape != (count,) or not (np.isfinite(figures) & (figures >= 0)).all() or not figures.any():
        raise InputError(f"weights must be {count} non-negative figures, one per budget, not all 0. Got {weights!r}.")
    amounts = [exact(figure) for figure in figures.tolist()]
    return [amount / sum(amounts) for amount in amounts]


def _chain(problem: solvers.Problem, limits: NDArray[np.float64], shares: Sequence[Fraction]) -> solvers.Problem:
    """Return the problem whose options are (option, budget) and whose resources are (resource, budget)."""
    m, (n, r) = len(limits), problem.usage.shape
    usage = np.zeros((m * n, m * r))
    for k in range(m):
        usage[k * n : (k + 1) * n, k * r : (k + 1) * r] = problem.usage

    where: dict[str, int] = {name: i for i, name in enumerate(problem.names)}

    def at(name: object, k: int) -> int:
        position: int = k * n + where[str(name)]
        return position

    across = {name: j for j, name in enumerate(problem.resources)}
    stays = [solvers.Requires(k * n + i, (k + 1) * n + i) for k in range(m - 1) for i in range(n)]
    return solvers.Problem(
        np.concatenate([[float(share * exact(value)) for value in problem.values.tolist()] for share in shares]),
        usage,
        limits.ravel(),
        names=[f"{name} at budget {k + 1}" for k in range(m) for name in problem.names],
        resources=[f"{name} at budget {k + 1}" for k in range(m) for name in problem.resources],
        minimum_use=np.tile(problem.minimum_use, m),
        mandatory=[at(name, k) for k in range(m) for name in problem.mandatory],
        forbidden=[at(name, k) for k in range(m) for name in problem.forbidden],
        requires=[
            *(
                solvers.Requires(at(rule.option, k), [at(need, k) for need in rule.needs], rule.at_least)
                for k in range(m)
                for rule in problem.requires
            ),
            *stays,
        ],
        excludes=[[at(member, k) for member in rule.members] for k in range(m) for rule in problem.excludes],
        choices=[
            solvers.Choice([at(member, k) for member in rule.members], rule.required)
            for k in range(m)
            for rule in problem.choices
        ],
        counts=[
            solvers.CountRule([at(member, k) for member in rule.members], rule.minimum, rule.maximum)
            for k in range(m)
            for rule in problem.counts
        ],
        spends=[
            solvers.SpendRule(
                [at(member, k) for member in rule.members],
                [k * r + across[str(name)] for name in rule.resources],
                rule.minimum,
                rule.maximum,
            )
            for k in range(m)
            for rule in problem.spends
        ],
        shares=[
            solvers.ShareRule(
                [at(member, k) for member in rule.members],
                [k * r + across[str(name)] for name in rule.resources],
                rule.maximum,
                rule.minimum,
            )
            for k in range(m)
            for rule in problem.shares
        ],
        synergies=[
            solvers.Synergy(
                [at(member, k) for member in rule.members],
                float(shares[k] * exact(rule.value)),
                {k * r + across[str(name)]: amount for name, amount in rule.usage.items()},
                f"{rule.name} at budget {k + 1}",
            )
            for k in range(m)
            for rule in problem.synergies
        ],
        rows=[
            solvers.Row({f"{name} at budget {k + 1}": figure for name, figure in row.coefficients.items()}, *bounds)
            for k in range(m)
            for row in problem.rows
            for bounds in [(row.minimum, row.maximum)]
        ],
    )


def _order(problem: solvers.Problem, inside: NDArray[np.bool_]) -> tuple[tuple[int, str], ...]:
    """Return (step at which it enters, project) in the order of the list."""
    entered = [
        (int(np.argmax(column)) + 1, name) for name, column in zip(problem.names, inside.T, strict=True) if column.any()
    ]
    return tuple(sorted(entered, key=lambda pair: (pair[0], problem.names.index(pair[1]))))
