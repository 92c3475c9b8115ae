"""The plan for those who have none: it draws what the decision states to be uncertain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mcda.scenarios.planning._plan import ScenarioPlan
from mcda.uncertainty._sources import WeightDraw
from mcda.uncertainty._stated import stated_sources

if TYPE_CHECKING:
    from mcda.decision import Decision

DEFAULT_DRAWS = 1000


def default_plan(decision: Decision, *, draws: int = DEFAULT_DRAWS, seed: int = 0) -> ScenarioPlan:
    """Return a plan that draws what the decision itself states to be uncertain.

    Weights: any mix of the groups, or of the people if there is only one group, or errors of a tenth around stated
    weights. Performance: between pessimistic and optimistic, if stated. Costs: within the stated range of each
    project, half correlated. Delivery failures are left out, because only you can say what a failure costs.

    Parameters
    ----------
    decision
        The decision.
    draws, seed
        See `ScenarioPlan`.

    Examples
    --------
    >>> import mcda
    >>> mcda.default_plan(mcda.load("datasets/nhs-digital"))
    ScenarioPlan(1,000 draws of 1 case; weights: group_mix; performance: triangular; costs; monte_carlo, seed 0)
    """
    groups = [group for group in decision.groups if group.default_board_weight > 0]
    judged = bool(decision.judgements or decision.swing_points)
    if judged and len(groups) > 1:
        weights = WeightDraw(kind="group_mix")
    elif judged and len(decision.stakeholders) > 1:
        weights = WeightDraw(kind="stakeholder_mix")
    else:
        weights = WeightDraw(kind="dirichlet")
    stated = stated_sources(decision)
    return ScenarioPlan(
        name="what the decision states to be uncertain",
        draws=draws,
        seed=seed,
        weights=weights,
        performance=stated.performance,
        costs=tuple(replace(cost, correlation=0.5) for cost in stated.costs),
    )
