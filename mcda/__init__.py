"""Multi-criteria decision analysis: what is each project worth, to whom, and how sure are we.

Public names are loaded when first used (PEP 562): ``import mcda`` loads no third-party module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mcda.arrays import normalise_weights as normalise_weights
    from mcda.decision import apply_scenario as apply_scenario
    from mcda.errors import InputError as InputError
    from mcda.errors import LabelError as LabelError
    from mcda.errors import McdaError as McdaError
    from mcda.errors import NoAnswerError as NoAnswerError
    from mcda.files import CheckReport as CheckReport
    from mcda.files import Fault as Fault
    from mcda.files import FaultsError as FaultsError
    from mcda.files import check as check
    from mcda.files import convert as convert
    from mcda.files import dataset as dataset
    from mcda.files import decision_from_frames as decision_from_frames
    from mcda.files import load as load
    from mcda.files import new as new
    from mcda.files import save as save
    from mcda.portfolio import AlternativePortfolios as AlternativePortfolios
    from mcda.portfolio import ChanceConstrained as ChanceConstrained
    from mcda.portfolio import Consensus as Consensus
    from mcda.portfolio import DecideNow as DecideNow
    from mcda.portfolio import Disagreement as Disagreement
    from mcda.portfolio import EfficientFrontier as EfficientFrontier
    from mcda.portfolio import Explanation as Explanation
    from mcda.portfolio import Explanations as Explanations
    from mcda.portfolio import GroupComparison as GroupComparison
    from mcda.portfolio import ListComparison as ListComparison
    from mcda.portfolio import NestedList as NestedList
    from mcda.portfolio import PortfolioSmaa as PortfolioSmaa
    from mcda.portfolio import PortfolioStability as PortfolioStability
    from mcda.portfolio import PriorityList as PriorityList
    from mcda.portfolio import Protection as Protection
    from mcda.portfolio import Purchases as Purchases
    from mcda.portfolio import Regret as Regret
    from mcda.portfolio import ResourceCurve as ResourceCurve
    from mcda.portfolio import RobustPortfolios as RobustPortfolios
    from mcda.portfolio import Schedule as Schedule
    from mcda.portfolio import ScoredProblem as ScoredProblem
    from mcda.portfolio import Selection as Selection
    from mcda.portfolio import TailSelection as TailSelection
    from mcda.portfolio import Version as Version
    from mcda.portfolio import WeightRegions as WeightRegions
    from mcda.portfolio import WhatIf as WhatIf
    from mcda.portfolio import alternatives as alternatives
    from mcda.portfolio import best_tail as best_tail
    from mcda.portfolio import build_problem as build_problem
    from mcda.portfolio import chance_constrained as chance_constrained
    from mcda.portfolio import compare_groups as compare_groups
    from mcda.portfolio import compare_lists as compare_lists
    from mcda.portfolio import consensus_frontier as consensus_frontier
    from mcda.portfolio import decide_now as decide_now
    from mcda.portfolio import disagreement as disagreement
    from mcda.portfolio import explain as explain
    from mcda.portfolio import frontier as frontier
    from mcda.portfolio import information_effect as information_effect
    from mcda.portfolio import limit_costs as limit_costs
    from mcda.portfolio import nested_list as nested_list
    from mcda.portfolio import portfolio_smaa as portfolio_smaa
    from mcda.portfolio import portfolio_stability as portfolio_stability
    from mcda.portfolio import protect as protect
    from mcda.portfolio import read_what_if as read_what_if
    from mcda.portfolio import regret as regret
    from mcda.portfolio import resource_curve as resource_curve
    from mcda.portfolio import robust_portfolios as robust_portfolios
    from mcda.portfolio import schedule as schedule
    from mcda.portfolio import scored_problem as scored_problem
    from mcda.portfolio import select as select
    from mcda.portfolio import select_what_if as select_what_if
    from mcda.portfolio import trade_offs as trade_offs
    from mcda.portfolio import value_for_money as value_for_money
    from mcda.portfolio import weight_regions as weight_regions
    from mcda.portfolio import what_more_buys as what_more_buys
    from mcda.report import Evidence as Evidence
    from mcda.report import ResultTable as ResultTable
    from mcda.report import board_pack as board_pack
    from mcda.report import gather_evidence as gather_evidence
    from mcda.report import result_record as result_record
    from mcda.report import result_tables as result_tables
    from mcda.report import write_board_pack as write_board_pack
    from mcda.report import write_result_csv as write_result_csv
    from mcda.report import write_result_workbook as write_result_workbook
    from mcda.robustness._agreement import MethodAgreement as MethodAgreement
    from mcda.robustness._agreement import method_agreement as method_agreement
    from mcda.robustness._draws import normal_draws as normal_draws
    from mcda.robustness._draws import triangular_draws as triangular_draws
    from mcda.robustness._reversal import RankReversals as RankReversals
    from mcda.robustness._reversal import rank_reversal as rank_reversal
    from mcda.robustness._smaa import Smaa as Smaa
    from mcda.robustness._smaa import smaa as smaa
    from mcda.robustness._smaa_exact import smaa_exact as smaa_exact
    from mcda.robustness._smaa_tri import SmaaTri as SmaaTri
    from mcda.robustness._smaa_tri import smaa_tri as smaa_tri
    from mcda.robustness._stability import WeightStability as WeightStability
    from mcda.robustness._stability import weight_stability as weight_stability
    from mcda.robustness._weight_sets import WeightMixes as WeightMixes
    from mcda.robustness._weight_sets import WeightSet as WeightSet
    from mcda.robustness._weight_sets import weight_mixes as weight_mixes
    from mcda.robustness._weight_sets import weight_set as weight_set
    from mcda.scenarios import CostDraw as CostDraw
    from mcda.scenarios import DeliveryDraw as DeliveryDraw
    from mcda.scenarios import Grid as Grid
    from mcda.scenarios import LimitDraw as LimitDraw
    from mcda.scenarios import PerformanceDraw as PerformanceDraw
    from mcda.scenarios import ScenarioPlan as ScenarioPlan
    from mcda.scenarios import ScenarioRun as ScenarioRun
    from mcda.scenarios import StoppingRule as StoppingRule
    from mcda.scenarios import WeightDraw as WeightDraw
    from mcda.scenarios import default_plan as default_plan
    from mcda.scenarios import open_scenarios as open_scenarios
    from mcda.scenarios import read_plan as read_plan
    from mcda.scenarios import run_scenarios as run_scenarios
    from mcda.scoring._additive import additive as additive
    from mcda.scoring._aras import aras as aras
    from mcda.scoring._cocoso import cocoso as cocoso
    from mcda.scoring._codas import codas as codas
    from mcda.scoring._comet import comet as comet
    from mcda.scoring._comet import comet_from_judgements as comet_from_judgements
    from mcda.scoring._copras import copras as copras
    from mcda.scoring._correlations import goodman_kruskal_gamma as goodman_kruskal_gamma
    from mcda.scoring._correlations import kendall_tau_b as kendall_tau_b
    from mcda.scoring._correlations import spearman as spearman
    from mcda.scoring._correlations import weighted_spearman as weighted_spearman
    from mcda.scoring._correlations import ws as ws
    from mcda.scoring._edas import edas as edas
    from mcda.scoring._electre_i import ElectreI as ElectreI
    from mcda.scoring._electre_i import electre_i as electre_i
    from mcda.scoring._electre_ii import ElectreII as ElectreII
    from mcda.scoring._electre_ii import electre_ii as electre_ii
    from mcda.scoring._electre_iii import ElectreIII as ElectreIII
    from mcda.scoring._electre_iii import electre_iii as electre_iii
    from mcda.scoring._electre_tri import ElectreTri as ElectreTri
    from mcda.scoring._electre_tri import electre_tri as electre_tri
    from mcda.scoring._mabac import mabac as mabac
    from mcda.scoring._mairca import mairca as mairca
    from mcda.scoring._marcos import marcos as marcos
    from mcda.scoring._maut import maut as maut
    from mcda.scoring._moora import moora as moora
    from mcda.scoring._multimoora import multimoora as multimoora
    from mcda.scoring._multimoora_parts import MultimooraParts as MultimooraParts
    from mcda.scoring._multimoora_parts import multimoora_parts as multimoora_parts
    from mcda.scoring._normalisations import linear_normalisation as linear_normalisation
    from mcda.scoring._normalisations import logarithmic_normalisation as logarithmic_normalisation
    from mcda.scoring._normalisations import max_normalisation as max_normalisation
    from mcda.scoring._normalisations import minmax_normalisation as minmax_normalisation
    from mcda.scoring._normalisations import nonlinear_normalisation as nonlinear_normalisation
    from mcda.scoring._normalisations import normalise as normalise
    from mcda.scoring._normalisations import range_normalisation as range_normalisation
    from mcda.scoring._normalisations import sum_normalisation as sum_normalisation
    from mcda.scoring._normalisations import target_normalisation as target_normalisation
    from mcda.scoring._normalisations import vector_normalisation as vector_normalisation
    from mcda.scoring._objects import characteristic_objects as characteristic_objects
    from mcda.scoring._ocra import ocra as ocra
    from mcda.scoring._preorder import PreOrder as PreOrder
    from mcda.scoring._probid import probid as probid
    from mcda.scoring._projects import ProjectValues as ProjectValues
    from mcda.scoring._projects import leaf_values as leaf_values
    from mcda.scoring._projects import score_projects as score_projects
    from mcda.scoring._projects import value_projects as value_projects
    from mcda.scoring._promethee_i import PrometheeFlows as PrometheeFlows
    from mcda.scoring._promethee_i import promethee_i as promethee_i
    from mcda.scoring._promethee_ii import promethee_ii as promethee_ii
    from mcda.scoring._ram import ram as ram
    from mcda.scoring._ranks import ranks as ranks
    from mcda.scoring._registry import methods as methods
    from mcda.scoring._registry import score as score
    from mcda.scoring._rim import rim as rim
    from mcda.scoring._saw import saw as saw
    from mcda.scoring._smart import smart as smart
    from mcda.scoring._spotis import spotis as spotis
    from mcda.scoring._topsis import topsis as topsis
    from mcda.scoring._value_functions import Exponential as Exponential
    from mcda.scoring._value_functions import PiecewiseLinear as PiecewiseLinear
    from mcda.scoring._vikor import vikor as vikor
    from mcda.scoring._vikor_compromise import VikorCompromise as VikorCompromise
    from mcda.scoring._vikor_compromise import vikor_compromise as vikor_compromise
    from mcda.scoring._waspas import waspas as waspas
    from mcda.scoring._wpm import wpm as wpm
    from mcda.weights import Agreement as Agreement
    from mcda.weights import DecisionWeights as DecisionWeights
    from mcda.weights import Hierarchy as Hierarchy
    from mcda.weights import Ratings as Ratings
    from mcda.weights import aggregate_judgements as aggregate_judgements
    from mcda.weights import aggregate_priorities as aggregate_priorities
    from mcda.weights import agreement as agreement
    from mcda.weights import apply_scale as apply_scale
    from mcda.weights import comparison_matrix as comparison_matrix
    from mcda.weights import consensus as consensus
    from mcda.weights import consistency as consistency
    from mcda.weights import garuti_compatibility as garuti_compatibility
    from mcda.weights import hierarchy as hierarchy
    from mcda.weights import judgement_advice as judgement_advice
    from mcda.weights import kendall_w as kendall_w
    from mcda.weights import preference_cycles as preference_cycles
    from mcda.weights import suggest_repairs as suggest_repairs
    from mcda.weights import weigh_decision as weigh_decision
    from mcda.weights import weight_uncertainty as weight_uncertainty
    from mcda.weights._ahp import ahp as ahp
    from mcda.weights._group import group_priorities as group_priorities
    from mcda.weights._priorities import Priorities as Priorities
    from mcda.weights._weigh import weigh as weigh
    from mcda.weights._weigh import weighting_methods as weighting_methods

__version__ = "0.1.0"

_HOME_OF = {
    "Agreement": "mcda.weights",
    "AlternativePortfolios": "mcda.portfolio",
    "ChanceConstrained": "mcda.portfolio",
    "CheckReport": "mcda.files",
    "Consensus": "mcda.portfolio",
    "CostDraw": "mcda.scenarios",
    "DecideNow": "mcda.portfolio",
    "DecisionWeights": "mcda.weights",
    "DeliveryDraw": "mcda.scenarios",
    "Disagreement": "mcda.portfolio",
    "EfficientFrontier": "mcda.portfolio",
    "ElectreI": "mcda.scoring._electre_i",
    "ElectreII": "mcda.scoring._electre_ii",
    "ElectreIII": "mcda.scoring._electre_iii",
    "ElectreTri": "mcda.scoring._electre_tri",
    "Evidence": "mcda.report",
    "Explanation": "mcda.portfolio",
    "Explanations": "mcda.portfolio",
    "Exponential": "mcda.scoring._value_functions",
    "Fault": "mcda.files",
    "FaultsError": "mcda.files",
    "Grid": "mcda.scenarios",
    "GroupComparison": "mcda.portfolio",
    "Hierarchy": "mcda.weights",
    "InputError": "mcda.errors",
    "LabelError": "mcda.errors",
    "LimitDraw": "mcda.scenarios",
    "ListComparison": "mcda.portfolio",
    "McdaError": "mcda.errors",
    "MethodAgreement": "mcda.robustness._agreement",
    "MultimooraParts": "mcda.scoring._multimoora_parts",
    "NestedList": "mcda.portfolio",
    "NoAnswerError": "mcda.errors",
    "PerformanceDraw": "mcda.scenarios",
    "PiecewiseLinear": "mcda.scoring._value_functions",
    "PortfolioSmaa": "mcda.portfolio",
    "PortfolioStability": "mcda.portfolio",
    "PreOrder": "mcda.scoring._preorder",
    "Priorities": "mcda.weights._priorities",
    "PriorityList": "mcda.portfolio",
    "ProjectValues": "mcda.scoring._projects",
    "PrometheeFlows": "mcda.scoring._promethee_i",
    "Protection": "mcda.portfolio",
    "Purchases": "mcda.portfolio",
    "RankReversals": "mcda.robustness._reversal",
    "Ratings": "mcda.weights",
    "Regret": "mcda.portfolio",
    "ResourceCurve": "mcda.portfolio",
    "ResultTable": "mcda.report",
    "RobustPortfolios": "mcda.portfolio",
    "ScenarioPlan": "mcda.scenarios",
    "ScenarioRun": "mcda.scenarios",
    "Schedule": "mcda.portfolio",
    "ScoredProblem": "mcda.portfolio",
    "Selection": "mcda.portfolio",
    "Smaa": "mcda.robustness._smaa",
    "SmaaTri": "mcda.robustness._smaa_tri",
    "StoppingRule": "mcda.scenarios",
    "TailSelection": "mcda.portfolio",
    "Version": "mcda.portfolio",
    "VikorCompromise": "mcda.scoring._vikor_compromise",
    "WeightDraw": "mcda.scenarios",
    "WeightMixes": "mcda.robustness._weight_sets",
    "WeightRegions": "mcda.portfolio",
    "WeightSet": "mcda.robustness._weight_sets",
    "WeightStability": "mcda.robustness._stability",
    "WhatIf": "mcda.portfolio",
    "additive": "mcda.scoring._additive",
    "aggregate_judgements": "mcda.weights",
    "aggregate_priorities": "mcda.weights",
    "agreement": "mcda.weights",
    "ahp": "mcda.weights._ahp",
    "alternatives": "mcda.portfolio",
    "apply_scale": "mcda.weights",
    "apply_scenario": "mcda.decision",
    "aras": "mcda.scoring._aras",
    "best_tail": "mcda.portfolio",
    "board_pack": "mcda.report",
    "build_problem": "mcda.portfolio",
    "chance_constrained": "mcda.portfolio",
    "characteristic_objects": "mcda.scoring._objects",
    "check": "mcda.files",
    "cocoso": "mcda.scoring._cocoso",
    "codas": "mcda.scoring._codas",
    "comet": "mcda.scoring._comet",
    "comet_from_judgements": "mcda.scoring._comet",
    "compare_groups": "mcda.portfolio",
    "compare_lists": "mcda.portfolio",
    "comparison_matrix": "mcda.weights",
    "consensus": "mcda.weights",
    "consensus_frontier": "mcda.portfolio",
    "consistency": "mcda.weights",
    "convert": "mcda.files",
    "copras": "mcda.scoring._copras",
    "dataset": "mcda.files",
    "decide_now": "mcda.portfolio",
    "decision_from_frames": "mcda.files",
    "default_plan": "mcda.scenarios",
    "disagreement": "mcda.portfolio",
    "edas": "mcda.scoring._edas",
    "electre_i": "mcda.scoring._electre_i",
    "electre_ii": "mcda.scoring._electre_ii",
    "electre_iii": "mcda.scoring._electre_iii",
    "electre_tri": "mcda.scoring._electre_tri",
    "explain": "mcda.portfolio",
    "frontier": "mcda.portfolio",
    "garuti_compatibility": "mcda.weights",
    "gather_evidence": "mcda.report",
    "goodman_kruskal_gamma": "mcda.scoring._correlations",
    "group_priorities": "mcda.weights._group",
    "hierarchy": "mcda.weights",
    "information_effect": "mcda.portfolio",
    "kendall_tau_b": "mcda.scoring._correlations",
    "kendall_w": "mcda.weights",
    "leaf_values": "mcda.scoring._projects",
    "limit_costs": "mcda.portfolio",
    "linear_normalisation": "mcda.scoring._normalisations",
    "load": "mcda.files",
    "logarithmic_normalisation": "mcda.scoring._normalisations",
    "mabac": "mcda.scoring._mabac",
    "mairca": "mcda.scoring._mairca",
    "marcos": "mcda.scoring._marcos",
    "maut": "mcda.scoring._maut",
    "max_normalisation": "mcda.scoring._normalisations",
    "method_agreement": "mcda.robustness._agreement",
    "methods": "mcda.scoring._registry",
    "minmax_normalisation": "mcda.scoring._normalisations",
    "moora": "mcda.scoring._moora",
    "multimoora": "mcda.scoring._multimoora",
    "multimoora_parts": "mcda.scoring._multimoora_parts",
    "nested_list": "mcda.portfolio",
    "new": "mcda.files",
    "nonlinear_normalisation": "mcda.scoring._normalisations",
    "normal_draws": "mcda.robustness._draws",
    "normalise": "mcda.scoring._normalisations",
    "normalise_weights": "mcda.arrays",
    "ocra": "mcda.scoring._ocra",
    "open_scenarios": "mcda.scenarios",
    "portfolio_smaa": "mcda.portfolio",
    "portfolio_stability": "mcda.portfolio",
    "preference_cycles": "mcda.weights",
    "probid": "mcda.scoring._probid",
    "promethee_i": "mcda.scoring._promethee_i",
    "promethee_ii": "mcda.scoring._promethee_ii",
    "protect": "mcda.portfolio",
    "ram": "mcda.scoring._ram",
    "range_normalisation": "mcda.scoring._normalisations",
    "rank_reversal": "mcda.robustness._reversal",
    "ranks": "mcda.scoring._ranks",
    "read_plan": "mcda.scenarios",
    "read_what_if": "mcda.portfolio",
    "regret": "mcda.portfolio",
    "resource_curve": "mcda.portfolio",
    "result_record": "mcda.report",
    "result_tables": "mcda.report",
    "rim": "mcda.scoring._rim",
    "robust_portfolios": "mcda.portfolio",
    "run_scenarios": "mcda.scenarios",
    "save": "mcda.files",
    "saw": "mcda.scoring._saw",
    "schedule": "mcda.portfolio",
    "score": "mcda.scoring._registry",
    "score_projects": "mcda.scoring._projects",
    "scored_problem": "mcda.portfolio",
    "select": "mcda.portfolio",
    "select_what_if": "mcda.portfolio",
    "smaa": "mcda.robustness._smaa",
    "smaa_exact": "mcda.robustness._smaa_exact",
    "smaa_tri": "mcda.robustness._smaa_tri",
    "smart": "mcda.scoring._smart",
    "spearman": "mcda.scoring._correlations",
    "spotis": "mcda.scoring._spotis",
    "judgement_advice": "mcda.weights",
    "suggest_repairs": "mcda.weights",
    "sum_normalisation": "mcda.scoring._normalisations",
    "target_normalisation": "mcda.scoring._normalisations",
    "topsis": "mcda.scoring._topsis",
    "trade_offs": "mcda.portfolio",
    "triangular_draws": "mcda.robustness._draws",
    "value_for_money": "mcda.portfolio",
    "value_projects": "mcda.scoring._projects",
    "vector_normalisation": "mcda.scoring._normalisations",
    "vikor": "mcda.scoring._vikor",
    "vikor_compromise": "mcda.scoring._vikor_compromise",
    "waspas": "mcda.scoring._waspas",
    "weigh": "mcda.weights._weigh",
    "weigh_decision": "mcda.weights",
    "weight_mixes": "mcda.robustness._weight_sets",
    "weight_regions": "mcda.portfolio",
    "weight_set": "mcda.robustness._weight_sets",
    "weight_stability": "mcda.robustness._stability",
    "weight_uncertainty": "mcda.weights",
    "weighted_spearman": "mcda.scoring._correlations",
    "weighting_methods": "mcda.weights._weigh",
    "what_more_buys": "mcda.portfolio",
    "wpm": "mcda.scoring._wpm",
    "write_board_pack": "mcda.report",
    "write_result_csv": "mcda.report",
    "write_result_workbook": "mcda.report",
    "ws": "mcda.scoring._correlations",
}

__all__ = ["__version__", *_HOME_OF]  # noqa: PLE0604 - the table above is the list of public names


def __getattr__(name: str) -> object:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'mcda' has no attribute '{name}'")
    import importlib

    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF})
