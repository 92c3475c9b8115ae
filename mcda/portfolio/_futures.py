"""Futures of a scored problem: its weights, values, use and limits, all drawn from one model of uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from mcda.arrays import read_seed
from mcda.errors import InputError
from mcda.portfolio._scored import ScoredProblem, scored_problem
from mcda.robustness._reading import read_weightings, weights_in_order
from mcda.robustness._weight_sets import WeightMixes, WeightSet, weight_mixes
from mcda.uncertainty._futures import Additive, FutureSampler, FutureStream, StatedFigures
from mcda.uncertainty._sampling import read_draws
from mcda.uncertainty._sources import CostDraw, DeliveryDraw, PerformanceDraw, Sources, WeightDraw
from mcda.uncertainty._uniforms import stream_of
from mcda.uncertainty._weights import (
    WeightSampler,
    any_weights,
    given_weights,
    groups_in_mixes,
    mixed_weights,
    weight_sampler,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import ArrayLike

    from mcda.decision import Decision
    from mcda.uncertainty import Futures, LimitDraw

_Draw = TypeVar("_Draw", PerformanceDraw, CostDraw, DeliveryDraw)
_NAMED = {
    "groups": WeightDraw(kind="group_mix"),
    "stakeholders": WeightDraw(kind="stakeholder_mix"),
    "board": WeightDraw(kind="board"),
    "any": WeightDraw(kind="uniform"),
}
_WORDS = {
    "board": "Board weights",
    "group": "the weights of one group",
    "stakeholders": "the weights of one stakeholder at a time",
    "stakeholder_mix": "mixes of the stakeholders' weights",
    "group_mix": "mixes of the groups' weights",
    "judgements": "Board weights with errors in the answers",
    "dirichlet": "weights around the Board's",
    "uniform": "any weights",
}


@dataclass(frozen=True, slots=True, eq=False)
class DrawnWeights:
    """How the weights of a question are drawn.

    Attributes
    ----------
    sampler
        What draws them.
    words
        In words, what they are.
    mixes
        The views that are mixed, if they are mixes.
    count
        How many there are, if they were given draw by draw.
    """

    sampler: WeightSampler
    words: str
    mixes: WeightMixes | None = None
    count: int | None = None


def draw_futures(
    given: Decision | ScoredProblem,
    weights: WeightDraw | WeightSet | WeightMixes | ArrayLike | pd.DataFrame | str = "board",
    *,
    draws: int = 1_000,
    rng: np.random.Generator | int = 0,
    performance: bool | PerformanceDraw = False,
    costs: bool | CostDraw = False,
    optimism: bool | CostDraw = False,
    delivery: bool | DeliveryDraw = False,
    limits: Sequence[LimitDraw] = (),
) -> Futures:
    """Draw futures of a decision: what projects are worth, what they use, and what is available, all at once.

    Parameters
    ----------
    given
        A decision, or a scored problem (`mcda.scored_problem`).
    weights, draws, rng, performance, costs, optimism, delivery, limits
        As in `mcda.portfolio_smaa`.

    Returns
    -------
    Futures
        One row per draw. For the same seed and the same sources they equal those of `mcda.portfolio_smaa` and
        `mcda.run_scenarios` bit for bit.

    Raises
    ------
    InputError, LabelError
        Uncertainty that the decision does not state.

    Examples
    --------
    >>> import mcda
    >>> decision = mcda.load("datasets/nhs-digital")
    >>> futures = mcda.draw_futures(decision, draws=20, delivery=True, costs=True)
    >>> futures
    <Futures: 20 draws of weights, values, usage>
    >>> problem = mcda.scored_problem(decision).problem
    >>> cautious = mcda.best_tail(problem, futures.values, 0.25, synergy_values=futures.synergy_values)
    >>> cautious.conditional_value_at_risk >= cautious.neutral_tail
    True
    """
    problem = scored_problem(given)
    sources = read_sources(
        problem, performance=performance, costs=costs, optimism=optimism, delivery=delivery, limits=limits
    )
    seed, count = read_seed(rng), read_draws(draws)
    known = read_drawn_weights(problem, weights, seed, count)
    count = known.count or count
    return future_stream(problem, known.sampler, sources, seed, count).draw(0, count)[0]


def future_stream(
    problem: ScoredProblem, weights: WeightSampler, sources: Sources, seed: int, draws: int
) -> FutureStream:
    """Return what draws any range of the futures of a scored problem."""
    members = np.zeros((len(problem.problem.synergies), len(problem.names)), dtype=bool)
    for row, synergy in enumerate(problem.problem.synergies):
        members[row, problem.problem.positions(synergy.members)] = True
    stated = StatedFigures(
        problem.scores, problem.synergy_scores, members, problem.problem.usage, problem.problem.capacity
    )
    sampler = FutureSampler(stated, weights, sources, Additive(), problem.decision)
    return FutureStream([sampler], "monte_carlo", seed, draws)


def read_sources(
    problem: ScoredProblem,
    *,
    performance: bool | PerformanceDraw,
    costs: bool | CostDraw,
    optimism: bool | CostDraw,
    delivery: bool | DeliveryDraw,
    limits: Sequence[LimitDraw],
) -> Sources:
    """Read what is uncertain besides the weights: a draw, or True for its defaults."""
    asked = {
        "performance": performance,
        "costs": costs,
        "optimism": optimism,
        "delivery": delivery,
        "limits": tuple(limits),
    }
    if problem.decision is None and (name := next((name for name, wanted in asked.items() if wanted), None)):
        raise InputError(f"Uncertain {name} must come from a decision. A scored problem without one states none.")
    money = (
        _read("costs", costs, CostDraw(kind="range")),
        _read("optimism", optimism, CostDraw(kind="optimism_bias")),
    )
    for name, draw, kind in zip(("costs", "optimism"), money, ("range", "optimism_bias"), strict=True):
        if draw is not None and draw.kind != kind:
            raise InputError(f"{name} takes a CostDraw of kind '{kind}'. Got one of kind '{draw.kind}'.")
    return Sources(
        performance=_read("performance", performance, PerformanceDraw()),
        costs=tuple(draw for draw in money if draw is not None),
        delivery=_read("delivery", delivery, DeliveryDraw()),
        limits=tuple(limits),
    )


def _read(name: str, given: bool | _Draw, default: _Draw) -> _Draw | None:
    if isinstance(given, bool | np.bool_):
        return default if given else None
    if not isinstance(given, type(default)):
        raise InputError(f"{name} must be True, False or a {type(default).__name__}. Got {given!r}.")
    return given


def read_drawn_weights(problem: ScoredProblem, weights: Any, seed: int, draws: int) -> DrawnWeights:
    """Read how weights are drawn: by name, by a draw, from a set or mixes, or given (draws, c) or (c,)."""
    if isinstance(weights, str):
        if weights not in _NAMED:
            raise InputError(f'weights must be "groups", "stakeholders", "board", "any" or weights. Got {weights!r}.')
        if weights == "any" and problem.decision is None:
            return DrawnWeights(any_weights(len(problem.criteria)), "any weights")
        weights = _NAMED[weights]
    if isinstance(weights, WeightDraw):
        if problem.decision is None:
            raise InputError(
                f"Weights of kind '{weights.kind}' belong to a decision. Give a set of weights with a scored problem."
            )
        words = "weights known in part" if weights.ranking or weights.informed else _WORDS[weights.kind]
        mixes = weight_mixes(groups_in_mixes(problem.decision)) if weights.kind == "group_mix" else None
        return DrawnWeights(weight_sampler(problem.decision, weights, seed), words, mixes)
    if isinstance(weights, WeightMixes):
        rows = weights_in_order(weights, problem.criteria, weights.extreme_points)
        return DrawnWeights(mixed_weights(rows), f"mixes of {len(weights.names)} views", weights)
    if isinstance(weights, WeightSet):
        if not weights.statements and len(weights.criteria) == len(problem.criteria):
            return DrawnWeights(any_weights(len(problem.criteria)), "weights known in part")
        rows = weights_in_order(weights, problem.criteria, weights.draw(draws, stream_of(seed, "weights")))
        return DrawnWeights(given_weights(rows), "weights known in part")
    rows = read_weightings(weights, problem.criteria, np.empty((1, 1, 1)), 1, 0)
    return DrawnWeights(given_weights(rows), "given weights", count=len(rows) if len(rows) > 1 else None)
