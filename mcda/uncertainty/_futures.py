"""Futures: all that is uncertain, drawn at once; analyses that need futures get them here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np

from mcda.uncertainty._distributions import weighted
from mcda.uncertainty._figures import CostSampler, DeliverySampler, LimitSampler, PerformanceSampler, rounded
from mcda.uncertainty._uniforms import BLOCK, Uniforms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mcda.arrays import FloatArray
    from mcda.decision import Decision
    from mcda.uncertainty._sources import Sources
    from mcda.uncertainty._uniforms import Sampling
    from mcda.uncertainty._weights import WeightSampler


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Futures:
    """Draws of all that is uncertain: s futures of n projects, k synergies and r resources (one per year).

    Made by `mcda.draw_futures`.

    Attributes
    ----------
    weights
        (s, c) weights of the criteria.
    values
        (s, n) what each project is worth; NaN if a method cannot value the future (see `events`).
    synergy_values
        (s, k) what each synergy is worth.
    usage, capacity
        (s, n, r) and (s, r) if they are drawn; None means as in the problem.
    events
        Why a future has no values, by row.
    """

    weights: FloatArray
    values: FloatArray
    synergy_values: FloatArray
    usage: FloatArray | None
    capacity: FloatArray | None
    events: dict[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many futures."""
        return len(self.values)

    def __repr__(self) -> str:
        drawn = [name for name in ("usage", "capacity") if getattr(self, name) is not None]
        return f"<Futures: {len(self):,} draws of weights, values{''.join(f', {name}' for name in drawn)}>"


class Valuation(Protocol):
    """Turns leaf values and weights into what projects and synergies are worth."""

    def projects(self, leaves: FloatArray, weights: FloatArray) -> tuple[FloatArray, dict[int, str]]:
        """Return (s, n) values from (n, c) or (s, n, c) leaf values, and why a row has none."""
        ...

    def synergies(self, leaves: FloatArray, weights: FloatArray) -> FloatArray:
        """Return (s, k) values from (k, c) or (s, k, c) leaf values."""
        ...


class Additive:
    """Weighted sums of leaf values: what adds up over a portfolio."""

    def projects(self, leaves: FloatArray, weights: FloatArray) -> tuple[FloatArray, dict[int, str]]:
        """Return (s, n) weighted sums."""
        return weighted(leaves, weights), {}

    def synergies(self, leaves: FloatArray, weights: FloatArray) -> FloatArray:
        """Return (s, k) weighted sums."""
        return weighted(leaves, weights)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class StatedFigures:
    """The stated figures that draws vary.

    Attributes
    ----------
    leaves, synergies
        (n, c) and (k, c) leaf values, in points from doing nothing.
    members
        (k, n) which projects each synergy needs.
    usage, capacity
        (n, r) and (r,), by resource and year in the order of the decision's resources.
    """

    leaves: FloatArray
    synergies: FloatArray
    members: np.ndarray
    usage: FloatArray
    capacity: FloatArray


class FutureSampler:
    """The figures of one decision, ready to be drawn.

    Parameters
    ----------
    stated
        The stated figures.
    weights
        How weights are drawn.
    sources
        What else is drawn.
    valuation
        What projects are worth under drawn figures and weights.
    decision
        States ranges and probabilities; needed if `sources` has any.

    Raises
    ------
    InputError, LabelError
        If the decision does not state what is to be drawn.
    """

    def __init__(
        self,
        stated: StatedFigures,
        weights: WeightSampler,
        sources: Sources,
        valuation: Valuation,
        decision: Decision | None,
    ) -> None:
        self._stated = stated
        self._weights = weights
        self._valuation = valuation
        self._performance: PerformanceSampler | None = None
        self._delivery: DeliverySampler | None = None
        self._costs: list[CostSampler] = []
        self._limits: list[LimitSampler] = []
        if decision is not None:
            self._performance = PerformanceSampler(decision, sources.performance) if sources.performance else None
            self._delivery = DeliverySampler(decision, sources.delivery) if sources.delivery else None
            self._costs = [CostSampler(decision, asked) for asked in sources.costs]
            self._limits = [LimitSampler(decision.resources, asked) for asked in sources.limits]

    @property
    def columns(self) -> dict[str, int]:
        """How many uniform numbers a draw of each source uses."""
        found = {"weights": self._weights.columns}
        if self._performance:
            found["performance"] = self._performance.columns
        if self._delivery:
            found["delivery"] = self._delivery.columns
        found |= {f"costs {place}": sampler.columns for place, sampler in enumerate(self._costs)}
        return found | {f"limits {place}": sampler.columns for place, sampler in enumerate(self._limits)}

    def block(self, uniform: dict[str, FloatArray], number: int) -> Futures:
        """Draw a whole block."""
        stated = self._stated
        weights = self._weights.draw(uniform["weights"], number)
        leaves, synergies = stated.leaves, stated.synergies
        if self._performance:
            leaves = self._performance.draw(uniform["performance"])
        if self._delivery:
            share = self._delivery.draw(uniform["delivery"])
            leaves = _reduced(leaves, share)
            synergies = _reduced(synergies, self._delivery.together(share, stated.members))
        values, events = self._valuation.projects(leaves, weights)
        usage: FloatArray | None = None
        for place, cost in enumerate(self._costs):
            usage = cost.draw(uniform[f"costs {place}"], stated.usage if usage is None else usage)
        capacity: FloatArray | None = None
        for place, limit in enumerate(self._limits):
            capacity = limit.draw(uniform[f"limits {place}"], stated.capacity if capacity is None else capacity)
        return Futures(
            weights,
            values,
            self._valuation.synergies(synergies, weights),
            None if usage is None else rounded(usage),
            None if capacity is None else rounded(capacity),
            events,
        )


class FutureStream:
    """Any range of draws of some samplers, all from the same uniform numbers (common random numbers).

    Parameters
    ----------
    samplers
        One for each case.
    sampling, seed, draws
        As in `Uniforms`.
    """

    def __init__(self, samplers: Sequence[FutureSampler], sampling: Sampling, seed: int, draws: int) -> None:
        self._samplers = samplers
        columns: dict[str, int] = {}
        for sampler in samplers:
            columns |= {name: max(width, columns.get(name, 0)) for name, width in sampler.columns.items()}
        self._uniforms = Uniforms(sampling, seed, draws, columns)

    def draw(self, start: int, stop: int, wanted: Sequence[int] | None = None) -> list[Futures]:
        """Return the draws from `start` to before `stop`, sampler by sampler."""
        places = range(len(self._samplers)) if wanted is None else wanted
        parts: list[list[Futures]] = [[] for _ in places]
        for number in range(start // BLOCK, -(-stop // BLOCK)):
            uniform = self._uniforms.block(number)
            inside = slice(max(start - number * BLOCK, 0), min(stop - number * BLOCK, BLOCK))
            for at, place in enumerate(places):
                sampler = self._samplers[place]
                own = {name: uniform[name][:, :width] for name, width in sampler.columns.items()}
                parts[at].append(_slice(sampler.block(own, number), inside))
        return [_joined(items) for items in parts]


def _reduced(leaves: FloatArray, share: FloatArray) -> FloatArray:
    """Return (s, n, c) leaf values with gains, but not harms, reduced to a share (s, n)."""
    table = np.broadcast_to(leaves, (*share.shape, leaves.shape[-1]))
    return np.where(table > 0.0, table * share[:, :, None], table)


def _slice(futures: Futures, rows: slice) -> Futures:
    kept = range(*rows.indices(BLOCK))
    return Futures(
        futures.weights[rows],
        futures.values[rows],
        futures.synergy_values[rows],
        None if futures.usage is None else futures.usage[rows],
        None if futures.capacity is None else futures.capacity[rows],
        {row - rows.start: text for row, text in futures.events.items() if row in kept},
    )


def _joined(items: list[Futures]) -> Futures:
    usage = [item.usage for item in items if item.usage is not None]
    capacity = [item.capacity for item in items if item.capacity is not None]
    events: dict[int, str] = {}
    at = 0
    for item in items:
        events |= {at + row: text for row, text in item.events.items()}
        at += len(item.values)
    return Futures(
        np.concatenate([item.weights for item in items]),
        np.concatenate([item.values for item in items]),
        np.concatenate([item.synergy_values for item in items]),
        np.concatenate(usage) if usage else None,
        np.concatenate(capacity) if capacity else None,
        events,
    )
