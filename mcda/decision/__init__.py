"""Decision and its parts: frozen, labelled, validated."""

from mcda.decision._criteria import CriteriaTree, Criterion
from mcda.decision._decision import Decision
from mcda.decision._people import Group, Judgement, Stakeholder, SwingPoints
from mcda.decision._periods import ResourceYear
from mcda.decision._projects import LEVELS, Level, Performance, Project, Resource
from mcda.decision._rules import Dependency, Effect, Exclusion, Policy, PolicyType, Scenario, Synergy
from mcda.decision._scenario import SCENARIO_OPERATIONS, apply_scenario, exact_decimal

__all__ = [
    "LEVELS",
    "SCENARIO_OPERATIONS",
    "CriteriaTree",
    "Criterion",
    "Decision",
    "Dependency",
    "Effect",
    "Exclusion",
    "Group",
    "Judgement",
    "Level",
    "Performance",
    "Policy",
    "PolicyType",
    "Project",
    "Resource",
    "ResourceYear",
    "Scenario",
    "Stakeholder",
    "SwingPoints",
    "Synergy",
    "apply_scenario",
    "exact_decimal",
]
