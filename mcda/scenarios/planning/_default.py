"""The plan for those who have none: everything the decision states to be uncertain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.scenarios.planning._plan import ScenarioPlan
from mcda.scenarios.planning._sources import CostDraw, PerformanceDraw, WeightDraw

if TYPE_CHECKING:
    from mcda.decision import Decision

DEFAULT_DRAWS = 1000


def default_plan(decision: Decision, *, draws: int = DEFAULT_DRAWS, seed: int = 0) -> ScenarioPlan:
    """Return a plan that draws what the decision itself states to be uncertain.

    Weights: any mix of the groups, or of the people where there is one group, or errors of a tenth around stated
    weights. Performance: between pessimistic and optimistic, where stated. Costs: within the stated range of each
    project, half correlated. Delivery failures are left out, because what a failure costs is for you to say.

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
    ranged = decision.performance.pessimistic is not None and decision.performance.optimistic is not None
    money = any(resource.kind == "money" for resource in decision.resources)
    priced = money and any(
        project.cost_low_mult is not None or project.cost_high_mult is not None for project in decision.projects
    )
    return ScenarioPlan(
        name="what the decision states to be uncertain",
        draws=draws,
        seed=seed,
        weights=weights,
        performance=PerformanceDraw() if ranged else None,
        costs=(CostDraw(correlation=0.5),) if priced else (),
    )
