"""The best portfolio that keeps all limits in a stated share of sampled futures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import solvers
from mcda.errors import InputError, NoAnswerError
from mcda.portfolio.risk._max_min import with_distinct_synergies
from solvers import Termination

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True, slots=True)
class ChanceConstrained:
    """The best portfolio that keeps all limits in a stated share of sampled futures.

    Attributes
    ----------
    selected
        Names of the options chosen.
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
    """Find the best portfolio that keeps all limits at once in a stated share of sampled futures.

    Parameters
    ----------
    problem
        Values, limits and rules; its own use of resources counts as well (pass the planned figures).
    usage : array_like, shape (s, n, r)
        Use of resources in each future, equally likely.
    required
        The share of the futures in which all limits must hold, from 0 to 1.
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
    or-no option per future says that it may be given up, and their number is limited. The answer holds for the sample;
    the true chance equals that share within the sampling error.

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
        raise InputError(f"required must be a share from 0 to 1. Got {required!r}.")
    spared = int(np.floor((1 - required) * len(use) + 1e-9))
    solution = solvers.solve(_with_futures(problem, use, spared), solver=solver, time_limit=time_limit)
    if solution.termination is not Termination.OPTIMAL:
        raise NoAnswerError(
            f"No proven portfolio keeps all limits in {required:.0%} of {len(use)} futures: the search ended with "
            f"'{solution.termination}'."
        )
    own = set(problem.names)
    selected = tuple(name for name in solution.selected if name in own)
    kept = [solvers.certify(problem.replace(usage=future), selected).holds for future in use]
    return ChanceConstrained(selected, float(solution.value), float(np.mean(kept)), required, len(use))


def _with_futures(problem: solvers.Problem, use: np.ndarray, spared: int) -> solvers.Problem:
    """Return the problem with, for every future, its limits as rows, and a yes-or-no "may fail" that lifts them."""
    problem = with_distinct_synergies(problem)
    s, synergies = len(use), problem.synergies
    fails = [f"future {k + 1} may fail" for k in range(s)]
    rows = []
    for j in np.flatnonzero(np.isfinite(problem.capacity)).tolist():
        kind, most = problem.resources[j], float(problem.capacity[j])
        effects = {synergy.name: synergy.usage[kind] for synergy in synergies if kind in synergy.usage}
        saved = sum(max(0.0, amount) for amount in effects.values())
        for k in range(s):
            beyond = float(use[k, :, j].clip(min=0).sum() + saved) - most
            if beyond > 0:
                own = dict(zip(problem.names, use[k, :, j].tolist(), strict=True))
                figures = own | effects | {fails[k]: -float(np.ceil(beyond))}
                rows.append(solvers.Row(figures, maximum=most, name=f"{kind} in future {k + 1}"))
    return problem.replace(
        values=np.concatenate([problem.values, np.zeros(s)]),
        usage=np.vstack([problem.usage, np.zeros((s, problem.usage.shape[1]))]),
        names=[*problem.names, *fails],
        counts=[*problem.counts, solvers.CountRule(fails, maximum=spared, name="futures given up")],
        rows=[*problem.rows, *rows],
    )
