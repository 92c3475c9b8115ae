"""Portfolios that are good on sampled futures: within limits with a stated chance, and good in the worst of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

import solvers
from mcda.errors import InputError, NoAnswerError
from mcda.portfolio.risk._max_min import Lines, best_worst_case

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

MOST_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class ChanceConstrained:
    """The best portfolio that keeps all limits in a stated share of sampled futures.

    Attributes
    ----------
    selected
        Names of the options.
    value
        Its value.
    kept
        Share of the sampled futures in which it keeps every limit, counted in exact arithmetic.
    required
        Share that was asked for.
    futures
        How many futures were sampled.
    """

    selected: tuple[str, ...]
    value: float
    kept: float
    required: float
    futures: int


@solvers.interrupts_raise()
def chance_constrained(
    problem: solvers.Problem,
    usage: ArrayLike,
    required: float = 0.9,
    *,
    solver: solvers.SolverLike = "auto",
    time_limit: float | None = None,
) -> ChanceConstrained:
    """Find the best portfolio that keeps all limits at once in a share of sampled futures.

    Parameters
    ----------
    problem
        Values, limits and rules; its own use of resources counts as well (pass the planned figures).
    usage : array_like, shape (s, n, r)
        Use of resources in each future, equally likely.
    required
        In what share of the futures all limits have to hold, from 0 to 1.
    solver, time_limit
        Passed to `solvers.solve`.

    Returns
    -------
    ChanceConstrained
        Proven best for the sample.

    Raises
    ------
    InputError
        Use of another shape, or a share outside 0 to 1.
    NoAnswerError
        No portfolio is that safe, or a time limit came before the proof.

    Notes
    -----
    A joint chance constraint by sample (Luedtke and Ahmed, *SIAM Journal on Optimization* 19(2), 2008): one more yes-
    or-no option a future says that it may be given up, at most so many may. The answer holds for the sample; the
    chance in truth is that share within the sampling error.

    Examples
    --------
    >>> import mcda, solvers
    >>> problem = solvers.Problem([5, 4], [[3], [3]], [6], names=["A", "B"])
    >>> futures = [[[3], [3]]] * 3 + [[[4], [3]]]
    >>> mcda.chance_constrained(problem, futures, 0.75).selected
    ('A', 'B')
    >>> mcda.chance_constrained(problem, futures, 0.9).selected
    ('A',)
    """
    use = np.asarray(usage, dtype=np.float64)
    n, r = problem.usage.shape
    if use.ndim != 3 or use.shape[1:] != (n, r) or not len(use) or not np.isfinite(use).all():
        raise InputError(f"usage must be finite, of shape (futures, {n}, {r}). Got {use.shape}.")
    if not 0 <= required <= 1:
        raise InputError(f"required is a share from 0 to 1. Got {required!r}.")
    spared = int(np.floor((1 - required) * len(use) + 1e-9))
    solution = solvers.solve(_with_futures(problem, use, spared), solver=solver, time_limit=time_limit)
    if solution.termination != "optimal":
        raise NoAnswerError(
            f"No proven portfolio keeps all limits in {required:.0%} of {len(use)} futures: it came back "
            f"'{solution.termination}'."
        )
    own = set(problem.names)
    selected = tuple(name for name in solution.selected if name in own)
    kept = [solvers.certify(problem.replace(usage=future), selected).holds for future in use]
    return ChanceConstrained(selected, float(solution.value), float(np.mean(kept)), required, len(use))


def _with_futures(problem: solvers.Problem, use: np.ndarray, spared: int) -> solvers.Problem:
    """Return the problem with, for every future, its limits and an option "may fail" that lifts them."""
    n, s = len(problem.names), len(use)
    limited = np.flatnonzero(np.isfinite(problem.capacity))
    fails = [f"future {k + 1} may fail" for k in range(s)]
    saved = np.zeros(len(problem.resources))
    for synergy in problem.synergies:
        for name, amount in synergy.usage.items():
            saved[problem.resource_labels.positions[name]] += max(0.0, amount)
    columns, limits, names, of = [], [], [], {}
    for k in range(s):
        for j in limited:
            most = float(use[k, :, j].clip(min=0).sum() + saved[j]) - float(problem.capacity[j])
            if most <= 0:
                continue
            column = np.zeros(n + s)
            column[:n] = use[k, :, j]
            column[n + k] = -np.ceil(most)
            columns.append(column)
            limits.append(problem.capacity[j])
            names.append(f"{problem.resources[j]} in future {k + 1}")
            of[names[-1]] = problem.resources[j]
    synergies = [
        solvers.Synergy(
            synergy.members,
            synergy.value,
            {**synergy.usage, **{name: synergy.usage[kind] for name, kind in of.items() if kind in synergy.usage}},
            synergy.name,
        )
        for synergy in problem.synergies
    ]
    padded = np.vstack([problem.usage, np.zeros((s, problem.usage.shape[1]))])
    return problem.replace(
        values=np.concatenate([problem.values, np.zeros(s)]),
        usage=np.column_stack([padded, *columns]) if columns else padded,
        capacity=np.concatenate([problem.capacity, limits]),
        minimum_use=np.concatenate([problem.minimum_use, np.full(len(limits), -np.inf)]),
        names=[*problem.names, *fails],
        resources=[*problem.resources, *names],
        synergies=synergies,
        counts=[*problem.counts, solvers.CountRule(fails, maximum=spared, name="futures given up")],
    )


@dataclass(frozen=True, slots=True, eq=False)
class TailSelection:
    """The portfolio whose mean value over the worst futures is greatest.

    Attributes
    ----------
    selected
        Names of the options.
    conditional_value_at_risk
        Mean value over the worst futures.
    mean
        Mean value over all futures.
    tail
        Share of the futures that count as the worst.
    values
        (s,) value in each future.
    neutral
        The portfolio of greatest mean value, for comparison.
    neutral_tail, neutral_mean
        Its mean over its own worst futures, and over all.
    solves
        How many problems were solved.
    """

    selected: tuple[str, ...]
    conditional_value_at_risk: float
    mean: float
    tail: float
    values: np.ndarray
    neutral: tuple[str, ...]
    neutral_tail: float
    neutral_mean: float
    solves: int

    def __repr__(self) -> str:
        return (
            f"TailSelection(worst {self.tail:.0%}: {self.conditional_value_at_risk:.2f} against "
            f"{self.neutral_tail:.2f}; mean {self.mean:.2f} against {self.neutral_mean:.2f})"
        )


@solvers.interrupts_raise()
def best_tail(
    problem: solvers.Problem,
    values: ArrayLike,
    tail: float = 0.1,
    *,
    synergy_values: ArrayLike | None = None,
    solver: solvers.SolverLike = "auto",
    time_limit: float | None = None,
) -> TailSelection:
    """Find the portfolio with the greatest conditional value at risk on sampled futures.

    Parameters
    ----------
    problem
        Limits and rules; its own values play no part.
    values : array_like, shape (s, n)
        Value of each option in each future, equally likely.
    tail
        Share of the futures that count as the worst, above 0 and at most 1; rounded up to whole futures.
    synergy_values : array_like, shape (s, k), optional
        Value of each synergy in each future; default: its own value in all.
    solver, time_limit
        Passed to `solvers.solve`.

    Returns
    -------
    TailSelection
        Proven best to 1e-6 of the value.

    Raises
    ------
    InputError
        Values of another shape, or a tail outside its range.
    NoAnswerError
        No portfolio keeps limits and rules, or a time limit came first.

    Notes
    -----
    Rockafellar and Uryasev, *Journal of Risk* 2(3), 2000. The mean of the m worst futures is the least mean of any m of
    them; sets of m are added where the best portfolio so far shows one that is worse (Künzi-Bay and Mayer, 2006).

    Examples
    --------
    >>> import mcda, solvers
    >>> problem = solvers.Problem([0, 0], [[1], [1]], [1], names=["steady", "risky"])
    >>> found = mcda.best_tail(problem, [[4, 9], [4, 9], [4, 0], [4, 9]], 0.25)
    >>> found.selected, found.neutral, found.conditional_value_at_risk
    (('steady',), ('risky',), 4.0)
    """
    table = np.asarray(values, dtype=np.float64)
    n, k = len(problem.names), len(problem.synergies)
    if table.ndim != 2 or table.shape[1] != n or not len(table) or not np.isfinite(table).all():
        raise InputError(f"values must be finite, of shape (futures, {n}). Got {table.shape}.")
    if not 0 < tail <= 1:
        raise InputError(f"tail is a share above 0, at most 1. Got {tail!r}.")
    own = np.tile([synergy.value for synergy in problem.synergies], (len(table), 1)).reshape(len(table), k)
    extra = own if synergy_values is None else np.asarray(synergy_values, dtype=np.float64)
    if extra.shape != (len(table), k):
        raise InputError(f"synergy_values must have shape ({len(table)}, {k}). Got {extra.shape}.")
    settings: dict[str, Any] = {"solver": solver, "time_limit": time_limit}
    count = int(np.ceil(tail * len(table) - 1e-9))
    rows, together = [table.mean(axis=0)], [extra.mean(axis=0)]
    average = problem.replace(
        values=rows[0],
        synergies=[
            solvers.Synergy(synergy.members, float(value), synergy.usage, synergy.name)
            for synergy, value in zip(problem.synergies, together[0], strict=True)
        ],
    )
    every = Lines(tuple(map(str, range(len(table)))), table, extra, np.zeros(len(table)), np.ones(len(table)))
    first = solvers.solve(average, **settings)
    if first.termination != "optimal":
        raise NoAnswerError(f"There is no proven portfolio: it came back '{first.termination}'.")
    mask = np.zeros(n, dtype=bool)
    mask[problem.positions(first.selected)] = True
    neutral, starts, solves = mask, [mask], 1
    size = max(abs(float(first.value)), 1e-300)
    best, least, bound = mask, _tail_mean(every.values(problem, mask), count), np.inf
    for _ in range(MOST_ROUNDS):
        at = np.argsort(every.values(problem, starts[-1]), kind="stable")[:count]
        rows.append(table[at].mean(axis=0))
        together.append(extra[at].mean(axis=0))
        names = tuple(f"set {i}" for i in range(len(rows)))
        lines = Lines(names, np.array(rows), np.array(together), np.zeros(len(rows)), np.full(len(rows), size))
        found = best_worst_case(average, lines, [best], **settings)
        solves += found.solves
        bound = found.worst * size
        reached = _tail_mean(every.values(problem, found.selected), count)
        if reached > least:
            best, least = found.selected, reached
        starts.append(found.selected)
        if least >= bound - 3e-6 * size:
            break
    else:
        raise NoAnswerError(f"The worst {tail:.0%} of {len(table)} futures were not settled in {MOST_ROUNDS} rounds.")
    outcome = every.values(problem, best)
    base = every.values(problem, neutral)
    return TailSelection(
        _names(problem, best),
        least,
        float(outcome.mean()),
        tail,
        outcome,
        _names(problem, neutral),
        _tail_mean(base, count),
        float(base.mean()),
        solves,
    )


def _tail_mean(values: np.ndarray, count: int) -> float:
    return float(np.sort(values)[:count].mean())


def _names(problem: solvers.Problem, selected: Any) -> tuple[str, ...]:
    return tuple(name for name, chosen in zip(problem.names, selected, strict=True) if chosen)
