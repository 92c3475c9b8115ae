"""SMAA for portfolios: how often each project is in the best portfolio, and for whose weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd

import solvers
from mcda.arrays import read_seed
from mcda.errors import NoAnswerError
from mcda.notebook import ShownAsTable
from mcda.portfolio._futures import future_stream, read_drawn_weights, read_sources
from mcda.portfolio._scored import ScoredProblem, scored_problem
from mcda.portfolio.robustness._regions import weight_regions
from mcda.portfolio.robustness._shares import SharesOfBest
from mcda.uncertainty._sampling import read_draws
from mcda.uncertainty._uniforms import BLOCK
from mcda.wording import percent
from solvers import Termination

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mcda.decision import Decision
    from mcda.robustness._weight_sets import WeightMixes, WeightSet
    from mcda.uncertainty import CostDraw, DeliveryDraw, Futures, LimitDraw, PerformanceDraw, WeightDraw

_ROWS_AT_ONCE = 8 * BLOCK
_MIXES_BY_REGIONS = 6  # up to this many views, dividing their mixes exactly takes fewer solves than drawing


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PortfolioSmaa(SharesOfBest, ShownAsTable):
    """What the best portfolios of many draws have in common.

    Attributes
    ----------
    problem
        What was asked.
    drawn
        In words, what was uncertain.
    weights
        (s, c) the weights of each draw.
    best
        (s,) which of the portfolios (row of `selected`) is best in each draw; -1 if no portfolio is possible.
    selected
        (p, n) the distinct best portfolios, by falling share.
    shares
        (p,) share of the draws (those in which a portfolio is possible) in which each is best.
    central_weights
        (p, c) mean weights of the draws in which each is best.
    values
        (s,) value of the best portfolio of each draw; minus infinity if none is possible.
    proved_by
        How optimality was proven in every draw: "regions" (the weights divided exactly) or "batch" (draw by draw).
    solves
        How many problems were solved.
    """

    shown_digits: ClassVar[int | None] = 3

    problem: ScoredProblem
    drawn: str
    weights: np.ndarray
    best: np.ndarray
    selected: np.ndarray
    shares: np.ndarray
    central_weights: np.ndarray
    values: np.ndarray
    proved_by: str
    solves: int

    @property
    def draws(self) -> int:
        """How many draws."""
        return len(self.best)

    @property
    def impossible(self) -> float:
        """Share of the draws in which no portfolio keeps every limit and rule."""
        return float((self.best < 0).mean())

    @property
    def acceptability(self) -> pd.Series:
        """Share of the draws in which each option is in the best portfolio."""
        possible = self.best[self.best >= 0]
        counts = (
            np.bincount(possible, minlength=len(self.selected)) @ self.selected
        )  # whole numbers, so that no share exceeds 1
        return pd.Series(
            counts / len(possible), index=pd.Index(self.problem.names, name="option"), name="acceptability"
        )

    def share_of(self, names: Iterable[str]) -> float:
        """Share of the draws in which this very portfolio is best."""
        same = (self.selected == self.problem.mask(names)).all(axis=1)
        return float(self.shares[same].sum())

    def supporters(self) -> pd.DataFrame:
        """Options by criteria: mean weights of the draws in which each option that is ever in is in."""
        share = self.shares[:, None] * self.selected
        ever = share.sum(axis=0) > 0
        central = share.T[ever] @ self.central_weights / share.sum(axis=0)[ever, None]
        names = [name for name, there in zip(self.problem.names, ever, strict=True) if there]
        return pd.DataFrame(central, index=pd.Index(names, name="option"), columns=list(self.problem.criteria))

    def to_frame(self) -> pd.DataFrame:
        """One row per option: acceptability, its standard error, and whether always, sometimes or never in."""
        share = self.acceptability
        error = np.sqrt(np.clip(share * (1 - share), 0, None) / max(1, int((self.best >= 0).sum())))
        every, some = self.selected.all(axis=0), self.selected.any(axis=0)
        verdict = np.where(every, "always", np.where(some, "sometimes", "never"))
        return pd.DataFrame({"acceptability": share, "standard_error": error, "in": verdict})

    def __repr__(self) -> str:
        return (
            f"<PortfolioSmaa of {self.draws:,} draws ({self.drawn}): {len(self.selected)} best portfolios, the most "
            f"frequent in {percent(self.shares[0])}; {len(self.always)} always in, {len(self.never)} never, "
            f"{len(self.sometimes)} sometimes>"
        )


def portfolio_smaa(
    given: Decision | ScoredProblem,
    weights: WeightDraw | WeightSet | WeightMixes | np.ndarray | pd.DataFrame | str = "groups",
    *,
    draws: int = 10_000,
    rng: np.random.Generator | int = 0,
    performance: bool | PerformanceDraw = False,
    costs: bool | CostDraw = False,
    optimism: bool | CostDraw = False,
    delivery: bool | DeliveryDraw = False,
    limits: Sequence[LimitDraw] = (),
    solver: solvers.SolverLike = "auto",
    threads: int | None = None,
    time_limit: float | None = None,
) -> PortfolioSmaa:
    """Find the best portfolio of many draws of what is uncertain, each proven, and what they have in common.

    Parameters
    ----------
    given
        A decision, or a scored problem (`mcda.scored_problem`).
    weights
        What is known about the weights: a set or mixes of weights, drawn weights (draws, c), one weighting (c,); or, of
        a decision, "groups" (mixes of the groups' weights), "stakeholders" (mixes of everyone's), "board" (the Board's,
        known), "any" (uniform on the simplex) or any `mcda.WeightDraw`. Groups without Board weight, and their people,
        take no part in mixes.
    draws
        How many.
    rng
        The seed; from a generator, a seed is drawn.
    performance
        Of a decision: draw each level from the triangle of its pessimistic, most likely and optimistic figures; or as
        a `mcda.PerformanceDraw` says.
    costs
        Of a decision: multiply the money of each project by a draw from the triangle of ``cost_low_mult``, 1 and
        ``cost_high_mult``; or as a `mcda.CostDraw` says.
    optimism
        Of a decision: raise the capital of each project by a share of its ``optimism_bias_capital_pct``, drawn from
        the triangle of 0, 1/2 and 1; or as a `mcda.CostDraw` of kind "optimism_bias" says.
    delivery
        Of a decision: a project fails with the probability 1 - ``prob_delivers_as_planned``. It then loses its gains,
        but not its costs and harms; or as a `mcda.DeliveryDraw` says, which can leave a share of the gains.
    limits
        Of a decision: which limits move (`mcda.LimitDraw`).
    solver, threads, time_limit
        Passed to `solvers.solve_batch`.

    Returns
    -------
    PortfolioSmaa
        Acceptability of options and portfolios, central weights.

    Raises
    ------
    InputError
        A word that is not among those above; uncertainty that a decision does not state.
    NoAnswerError
        A draw without a proven answer (a time limit), or no draw with a portfolio.

    Notes
    -----
    SMAA of Lahdelma and Salminen, *Operations Research* 49(3), 2001, on portfolios instead of alternatives: Lahdelma,
    Hokkanen and Salminen, 1998; Liesiö and Punkka, *EJOR* 235(3), 2014. Each draw is decided with full knowledge of it.
    If only weights are uncertain and few views are mixed, their mixes are divided exactly (`mcda.weight_regions`),
    which proves every draw by convexity; otherwise each draw is solved. Draws equal those of `mcda.run_scenarios` bit
    for bit if a plan asks for the same sources and the same seed.

    Examples
    --------
    >>> import mcda, solvers
    >>> problem = solvers.Problem([0] * 3, [1, 1, 1], 2, names=["A", "B", "C"])
    >>> seen = mcda.scored_problem(problem, [[3, 3], [2, 1], [1, 2]])
    >>> mcda.portfolio_smaa(seen, mcda.weight_set(2), draws=1000).acceptability.round(1).to_dict()
    {'A': 1.0, 'B': 0.5, 'C': 0.5}
    """
    problem = scored_problem(given)
    settings = {"solver": solver, "threads": threads, "time_limit": time_limit}
    seed, count = read_seed(rng), read_draws(draws)
    known = read_drawn_weights(problem, weights, seed, count)
    count = known.count or count
    sources = read_sources(
        problem, performance=performance, costs=costs, optimism=optimism, delivery=delivery, limits=limits
    )
    stream = future_stream(problem, known.sampler, sources, seed, count)
    blocks = [(start, min(start + _ROWS_AT_ONCE, count)) for start in range(0, count, _ROWS_AT_ONCE)]
    what = ", ".join([known.words, *sources.words])
    if not sources.any and known.mixes is not None and len(known.mixes.names) <= _MIXES_BY_REGIONS:
        drawn = np.concatenate([stream.draw(*block)[0].weights for block in blocks])
        regions = weight_regions(problem, known.mixes, solver=solver, threads=threads)
        best = regions.best_for(drawn)
        values = np.einsum("sc,sc->s", drawn, regions.totals[best])
        return _result(problem, what, drawn, regions.selected[best], values, "regions", regions.solves)
    parts = [_solve(problem, stream.draw(*block)[0], settings) for block in blocks]
    drawn = np.concatenate([part[2] for part in parts])
    selected = np.concatenate([part[0] for part in parts])
    values = np.concatenate([part[1] for part in parts])
    return _result(problem, what, drawn, selected, values, "batch", count)


def _solve(
    problem: ScoredProblem, futures: Futures, settings: dict[str, Any]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the best portfolio of each future, its value and the weights it was found for."""
    batch = solvers.solve_batch(
        problem.problem,
        values=futures.values,
        synergy_values=futures.synergy_values if futures.synergy_values.size else None,
        usage=futures.usage,
        capacity=futures.capacity,
        **settings,
    )
    unknown = ~np.isin(batch.termination, ("optimal", "infeasible"))
    if unknown.any():
        first = int(np.argmax(unknown))
        raise NoAnswerError(
            f"{int(unknown.sum())} of {len(batch)} draws have no proven answer; the first ended with "
            f"'{batch.termination[first]}' ({batch.events.get(first) or batch.limit[first]}). Allow more time, or draw "
            "fewer."
        )
    return batch.selected, np.where(batch.termination == Termination.OPTIMAL, batch.value, -np.inf), futures.weights


def _result(
    problem: ScoredProblem,
    words: str,
    weights: np.ndarray,
    selected: np.ndarray,
    values: np.ndarray,
    proved_by: str,
    solves: int,
) -> PortfolioSmaa:
    possible = np.isfinite(values)
    if not possible.any():
        raise NoAnswerError(
            "No draw has a portfolio that keeps every limit and rule. solvers.conflict says which clash."
        )
    distinct, which, counts = np.unique(selected[possible], axis=0, return_inverse=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    best = np.full(len(selected), -1)
    best[possible] = place[which.reshape(-1)]
    sums = np.zeros((len(order), weights.shape[1]))
    np.add.at(sums, best[possible], weights[possible])
    return PortfolioSmaa(
        problem,
        words,
        np.array(weights),
        best,
        distinct[order],
        counts[order] / possible.sum(),
        sums / counts[order][:, None],
        values,
        proved_by,
        solves,
    )
