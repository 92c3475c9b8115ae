"""Budgets that hold even if some costs turn out at their worst: the price of robustness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd

import solvers
from mcda.errors import InputError, NoAnswerError
from mcda.notebook import ShownAsTable
from mcda.portfolio._scored import ScoredProblem, scored_problem
from mcda.uncertainty._figures import columns_of, cost_multipliers, rounded
from mcda.weights import weigh_decision
from solvers import Termination

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike

    from mcda.decision import Decision

MOST_ROUNDS = 500


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Protection(ShownAsTable):
    """Best portfolios that keep every limit even if up to gamma projects need more than planned.

    Attributes
    ----------
    gammas
        How many options may need their most at once, in each limit.
    portfolios
        The best portfolio for each, proven.
    values
        Its value.
    reserves
        Gammas by resources: how much more than planned the portfolio needs at worst, and therefore keeps free.
    solves
        How many problems were solved.
    """

    shown_digits: ClassVar[int | None] = 3

    gammas: tuple[int, ...]
    portfolios: tuple[tuple[str, ...], ...]
    values: np.ndarray
    reserves: pd.DataFrame
    solves: int

    @property
    def prices(self) -> np.ndarray:
        """Value that protection costs, compared with the first portfolio."""
        return np.asarray(self.values[0] - self.values)

    def to_frame(self) -> pd.DataFrame:
        """One row per level of protection: value, price, what enters and leaves compared with the first."""
        first = self.portfolios[0]
        rows = {
            gamma: {
                "value": value,
                "price": self.values[0] - value,
                "options": len(chosen),
                "enter": " ".join(name for name in chosen if name not in first),
                "leave": " ".join(name for name in first if name not in chosen),
            }
            for gamma, value, chosen in zip(self.gammas, self.values, self.portfolios, strict=True)
        }
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("gamma")

    def __repr__(self) -> str:
        return (
            f"<Protection against {self.gammas[-1]} overruns at once: value {self.values[-1]:.2f}, "
            f"{self.prices[-1]:.2f} less than with {self.gammas[0]}>"
        )


@solvers.interrupts_raise()
def protect(
    given: Decision | ScoredProblem,
    gammas: Iterable[int] = (0, 1, 2, 3),
    *,
    weights: ArrayLike | None = None,
    deviations: ArrayLike | None = None,
    solver: solvers.SolverLike = "auto",
    time_limit: float | None = None,
) -> Protection:
    """Find the best portfolio that keeps every limit even if any `gamma` options need their most (Bertsimas and Sim).

    Parameters
    ----------
    given
        A decision, or a scored problem.
    gammas
        How many options may need their most at once, in each limit: one portfolio for each. 0 is no protection.
    weights
        (c,) default: the decision's Board weights.
    deviations
        (n, r) how much more than planned each option may need of each resource. Default, of a decision: its money times
        ``cost_high_mult`` - 1.
    solver, time_limit
        Passed to `solvers.solve`.

    Returns
    -------
    Protection
        Proven and certified: exact arithmetic checks the worst choice of options in every limit.

    Raises
    ------
    InputError
        Deviations missing, negative or of another shape; a gamma that is not a whole number from 0.
    NoAnswerError
        No portfolio is that safe, or a time limit came first.

    Notes
    -----
    Bertsimas and Sim, *Operations Research* 52(1), 2004, with whole gamma. The protected limit is that of the worst
    set of gamma options. A set is added as a limit of its own if a portfolio breaks it, until no set is broken, so
    each portfolio is the optimum of the whole model.

    Examples
    --------
    >>> import mcda, solvers
    >>> problem = solvers.Problem([0] * 3, [4, 4, 5], 10, names=["A", "B", "C"], resources=["cost"])
    >>> seen = mcda.scored_problem(problem, [[5], [5], [6]])
    >>> mcda.protect(seen, [0, 1, 2], weights=[1], deviations=[[1], [1], [2]]).portfolios
    (('A', 'C'), ('A', 'B'), ('A', 'B'))
    """
    problem = scored_problem(given)
    if weights is None:
        if problem.decision is None:
            raise InputError("Give the weights of the scored problem: (criteria,).")
        weights = weigh_decision(problem.decision).board
    base = problem.weighted(np.asarray(weights, dtype=np.float64))
    more = _read_deviations(problem, deviations)
    levels = tuple(gammas)
    if not levels or any(isinstance(level, bool) or level != int(level) or level < 0 for level in levels):
        raise InputError(f"gammas must be whole numbers of at least 0. Got {levels!r}.")
    settings = {"solver": solver, "time_limit": time_limit}
    found, reserves, solves = [], [], 0
    for level in levels:
        solution, count = _protected(base, more, int(level), settings)
        solves += count
        chosen = problem.mask(solution.selected)
        worst = _worst_sets(more, chosen, int(level))
        reserves.append([float(more[at, j].sum()) for j, at in enumerate(worst)])
        found.append(solution)
    return Protection(
        tuple(int(level) for level in levels),
        tuple(tuple(solution.selected) for solution in found),
        np.array([solution.value for solution in found]),
        pd.DataFrame(reserves, index=pd.Index(levels, name="gamma"), columns=list(base.resources)),
        solves,
    )


def _protected(
    base: solvers.Problem, more: np.ndarray, gamma: int, settings: dict[str, Any]
) -> tuple[solvers.Solution, int]:
    problem = base
    seen: set[tuple[int, tuple[int, ...]]] = set()
    for turn in range(MOST_ROUNDS):
        solution = solvers.solve(problem, **settings)
        if solution.termination is not Termination.OPTIMAL:
            raise NoAnswerError(
                f"There is no proven portfolio that is safe against {gamma} overruns at once: the search ended with "
                f"'{solution.termination}'."
            )
        if gamma == 0:
            return solution, turn + 1
        chosen = np.zeros(len(base.names), dtype=bool)
        chosen[base.positions(solution.selected)] = True
        sets = {
            (j, tuple(at.tolist()))
            for j, at in enumerate(_worst_sets(more, chosen, gamma))
            if len(at) and np.isfinite(base.capacity[j])
        }
        fresh = sorted(sets - seen)
        trial = _with_limits(base, more, fresh)
        broken = {
            check.name
            for check in solvers.certify(trial, np.flatnonzero(chosen).tolist()).violations
            if check.kind == "capacity"
        }
        seen |= {item for item in fresh if _label(base, *item) in broken}
        if not broken:
            return solution, turn + 1
        problem = _with_limits(base, more, sorted(seen))
    raise NoAnswerError(f"Protection against {gamma} overruns was not settled in {MOST_ROUNDS} rounds.")


def _worst_sets(more: np.ndarray, chosen: np.ndarray, gamma: int) -> list[np.ndarray]:
    """For each resource: the chosen options that deviate most, at most `gamma` of them."""
    sets = []
    for column in more.T:
        size = np.where(chosen, column, 0.0)
        order = np.argsort(-size, kind="stable")[:gamma]
        sets.append(np.sort(order[size[order] > 0]))
    return sets


def _label(problem: solvers.Problem, resource: int, at: tuple[int, ...]) -> str:
    return f"{problem.resources[resource]} if {', '.join(problem.names[i] for i in at)} need their most"


def _with_limits(
    base: solvers.Problem, more: np.ndarray, sets: Iterable[tuple[int, tuple[int, ...]]]
) -> solvers.Problem:
    """Return the problem with one more resource for every set: the use when just these options need their most."""
    from mcda.decision import exact_decimal

    columns, limits, names, of = [], [], [], {}
    for j, at in sets:
        column = base.usage[:, j].copy()
        for i in at:
            column[i] = float(exact_decimal(float(column[i])) + exact_decimal(float(more[i, j])))
        columns.append(column)
        limits.append(base.capacity[j])
        names.append(_label(base, j, at))
        of[names[-1]] = base.resources[j]
    if not columns:
        return base
    synergies = [
        solvers.Synergy(
            synergy.members,
            synergy.value,
            {**synergy.usage, **{name: synergy.usage[kind] for name, kind in of.items() if kind in synergy.usage}},
            synergy.name,
        )
        for synergy in base.synergies
    ]
    return base.replace(
        usage=np.column_stack([base.usage, *columns]),
        capacity=np.concatenate([base.capacity, limits]),
        minimum_use=np.concatenate([base.minimum_use, np.full(len(limits), -np.inf)]),
        resources=[*base.resources, *names],
        synergies=synergies,
    )


def _read_deviations(problem: ScoredProblem, given: ArrayLike | None) -> np.ndarray:
    shape = problem.problem.usage.shape
    if given is None:
        decision = problem.decision
        rise = np.zeros(1) if decision is None else cost_multipliers(decision)[1] - 1.0
        if decision is None or not rise.any():
            raise InputError("Give deviations (options, resources), or cost_high_mult in projects.")
        money = columns_of(decision, [resource.id for resource in decision.resources if resource.kind == "money"])
        return np.where(money, rounded(problem.problem.usage * rise[:, None]), 0.0)
    more = np.asarray(given, dtype=np.float64)
    if more.shape != shape or not np.isfinite(more).all() or (more < 0).any():
        raise InputError(f"deviations must be finite, at least 0 and of shape {shape}. Got shape {more.shape}.")
    return more
