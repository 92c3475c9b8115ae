"""The joint: a decision and values become a problem, and a solution becomes a selection of projects."""

from mcda.portfolio._explain import explain
from mcda.portfolio._explanation import CostCut, Explanation, Explanations, LimitCost
from mcda.portfolio._groups import GroupComparison, compare_groups
from mcda.portfolio._limit_costs import limit_costs
from mcda.portfolio._problem import build_problem, resource_name
from mcda.portfolio._reasons import Block
from mcda.portfolio._select import Selection, portfolio_value, select
from mcda.portfolio._views import View
from mcda.portfolio._what_if import WhatIf, read_what_if, select_what_if

__all__ = [
    "Block",
    "CostCut",
    "Explanation",
    "Explanations",
    "GroupComparison",
    "LimitCost",
    "Selection",
    "View",
    "WhatIf",
    "build_problem",
    "compare_groups",
    "explain",
    "limit_costs",
    "portfolio_value",
    "read_what_if",
    "resource_name",
    "select",
    "select_what_if",
]
