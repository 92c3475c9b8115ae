"""Where a decision and its values become a problem, and a solution becomes a selection of projects."""

from mcda.portfolio._alternatives import Alternative, AlternativePortfolios, alternatives
from mcda.portfolio._futures import draw_futures
from mcda.portfolio._problem import build_problem, resource_name
from mcda.portfolio._scored import ScoredProblem, scored_problem
from mcda.portfolio._select import Selection, portfolio_value, select
from mcda.portfolio._trade_offs import trade_offs
from mcda.portfolio._what_if import WhatIf, read_what_if, select_what_if
from mcda.portfolio.budgets._frontier import EfficientFrontier, FrontierPoint, frontier
from mcda.portfolio.budgets._purchases import Purchase, Purchases, what_more_buys
from mcda.portfolio.budgets._resource_curve import CurveStep, ResourceCurve, resource_curve
from mcda.portfolio.explaining._blocks import Block
from mcda.portfolio.explaining._explain import explain
from mcda.portfolio.explaining._explanation import CostCut, Explanation, Explanations, LimitCost
from mcda.portfolio.explaining._limit_costs import limit_costs
from mcda.portfolio.explaining._views import View
from mcda.portfolio.explaining._why_out import why_out
from mcda.portfolio.groups._consensus import Consensus, consensus_frontier
from mcda.portfolio.groups._disagreement import Disagreement, disagreement
from mcda.portfolio.groups._groups import GroupComparison, compare_groups
from mcda.portfolio.lists._compare import ListComparison, compare_lists
from mcda.portfolio.lists._nested import NestedList, nested_list
from mcda.portfolio.lists._value_for_money import ListStep, PriorityList, value_for_money
from mcda.portfolio.risk._chance import ChanceConstrained, chance_constrained
from mcda.portfolio.risk._cvar import TailSelection, best_tail
from mcda.portfolio.risk._protection import Protection, protect
from mcda.portfolio.risk._two_stage import DecideNow, decide_now
from mcda.portfolio.robustness._regions import WeightRegions, weight_regions
from mcda.portfolio.robustness._regret import Regret, regret
from mcda.portfolio.robustness._rpm import RobustPortfolios, information_effect, robust_portfolios
from mcda.portfolio.robustness._smaa import PortfolioSmaa, portfolio_smaa
from mcda.portfolio.robustness._stability import PortfolioStability, portfolio_stability
from mcda.portfolio.scheduling._schedule import Schedule, schedule
from mcda.portfolio.scheduling._starts import Version

__all__ = [
    "Alternative",
    "AlternativePortfolios",
    "Block",
    "ChanceConstrained",
    "Consensus",
    "CostCut",
    "CurveStep",
    "DecideNow",
    "Disagreement",
    "EfficientFrontier",
    "Explanation",
    "Explanations",
    "FrontierPoint",
    "GroupComparison",
    "LimitCost",
    "ListComparison",
    "ListStep",
    "NestedList",
    "PortfolioSmaa",
    "PortfolioStability",
    "PriorityList",
    "Protection",
    "Purchase",
    "Purchases",
    "Regret",
    "ResourceCurve",
    "RobustPortfolios",
    "Schedule",
    "ScoredProblem",
    "Selection",
    "TailSelection",
    "Version",
    "View",
    "WeightRegions",
    "WhatIf",
    "alternatives",
    "best_tail",
    "build_problem",
    "chance_constrained",
    "compare_groups",
    "compare_lists",
    "consensus_frontier",
    "decide_now",
    "disagreement",
    "draw_futures",
    "explain",
    "frontier",
    "information_effect",
    "limit_costs",
    "nested_list",
    "portfolio_smaa",
    "portfolio_stability",
    "portfolio_value",
    "protect",
    "read_what_if",
    "regret",
    "resource_curve",
    "resource_name",
    "robust_portfolios",
    "schedule",
    "scored_problem",
    "select",
    "select_what_if",
    "trade_offs",
    "value_for_money",
    "weight_regions",
    "what_more_buys",
    "why_out",
]
