"""The joint: a decision and values become a problem, and a solution becomes a selection of projects."""

from mcda.portfolio._consensus import Consensus, consensus_frontier
from mcda.portfolio._disagreement import Disagreement, disagreement
from mcda.portfolio._explain import explain
from mcda.portfolio._explanation import CostCut, Explanation, Explanations, LimitCost
from mcda.portfolio._groups import GroupComparison, compare_groups
from mcda.portfolio._limit_costs import limit_costs
from mcda.portfolio._problem import build_problem, resource_name
from mcda.portfolio._reasons import Block
from mcda.portfolio._regions import WeightRegions, weight_regions
from mcda.portfolio._regret import Regret, regret
from mcda.portfolio._scored import ScoredProblem, scored_problem
from mcda.portfolio._select import Selection, portfolio_value, select
from mcda.portfolio._smaa import PortfolioSmaa, portfolio_smaa
from mcda.portfolio._stability import PortfolioStability, portfolio_stability
from mcda.portfolio._views import View
from mcda.portfolio._what_if import WhatIf, read_what_if, select_what_if

__all__ = [
    "Block",
    "Consensus",
    "CostCut",
    "Disagreement",
    "Explanation",
    "Explanations",
    "GroupComparison",
    "LimitCost",
    "PortfolioSmaa",
    "PortfolioStability",
    "Regret",
    "ScoredProblem",
    "Selection",
    "View",
    "WeightRegions",
    "WhatIf",
    "build_problem",
    "compare_groups",
    "consensus_frontier",
    "disagreement",
    "explain",
    "limit_costs",
    "portfolio_smaa",
    "portfolio_stability",
    "portfolio_value",
    "read_what_if",
    "regret",
    "resource_name",
    "scored_problem",
    "select",
    "select_what_if",
    "weight_regions",
]
