"""The joint: a decision and values become a problem, and a solution becomes a selection of projects."""

from mcda.portfolio._groups import GroupComparison, compare_groups
from mcda.portfolio._problem import build_problem, resource_name
from mcda.portfolio._select import Selection, portfolio_value, select

__all__ = [
    "GroupComparison",
    "Selection",
    "build_problem",
    "compare_groups",
    "portfolio_value",
    "resource_name",
    "select",
]
