"""What a decision itself states to be uncertain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.uncertainty._figures import cost_multipliers
from mcda.uncertainty._sources import CostDraw, DeliveryDraw, PerformanceDraw, Sources

if TYPE_CHECKING:
    from mcda.decision import Decision


def stated_sources(decision: Decision) -> Sources:
    """Return what can be drawn from the columns of a decision alone.

    Performance if pessimistic and optimistic levels are stated; money if some project states a range of its costs;
    delivery if *every* project states its probability, because a project without one would otherwise never fail.

    Examples
    --------
    >>> import mcda
    >>> stated_sources(mcda.load("datasets/nhs-digital")).words
    ('uncertain performance', 'uncertain costs', 'delivery risk')
    """
    performance = decision.performance
    low, high = cost_multipliers(decision)
    money = any(resource.kind == "money" for resource in decision.resources)
    certain = [project.prob_delivers_as_planned for project in decision.projects]
    return Sources(
        performance=(
            PerformanceDraw() if performance.pessimistic is not None and performance.optimistic is not None else None
        ),
        costs=(CostDraw(),) if money and bool((low != high).any()) else (),
        delivery=DeliveryDraw() if all(chance is not None for chance in certain) else None,
    )
