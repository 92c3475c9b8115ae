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
    from mcda.files import dataset as dataset
    from mcda.files import load as load
    from mcda.portfolio import GroupComparison as GroupComparison
    from mcda.portfolio import Selection as Selection
    from mcda.portfolio import build_problem as build_problem
    from mcda.portfolio import compare_groups as compare_groups
    from mcda.portfolio import select as select
    from mcda.scoring._additive import additive as additive
    from mcda.scoring._projects import ProjectValues as ProjectValues
    from mcda.scoring._projects import leaf_values as leaf_values
    from mcda.scoring._projects import value_projects as value_projects
    from mcda.scoring._registry import methods as methods
    from mcda.scoring._registry import score as score
    from mcda.scoring._topsis import topsis as topsis
    from mcda.scoring._value_functions import Exponential as Exponential
    from mcda.scoring._value_functions import PiecewiseLinear as PiecewiseLinear
    from mcda.weights import Agreement as Agreement
    from mcda.weights import DecisionWeights as DecisionWeights
    from mcda.weights import aggregate_judgements as aggregate_judgements
    from mcda.weights import aggregate_priorities as aggregate_priorities
    from mcda.weights import agreement as agreement
    from mcda.weights import consensus as consensus
    from mcda.weights import garuti_compatibility as garuti_compatibility
    from mcda.weights import kendall_w as kendall_w
    from mcda.weights import weigh_decision as weigh_decision
    from mcda.weights._ahp import ahp as ahp
    from mcda.weights._group import group_priorities as group_priorities
    from mcda.weights._priorities import Priorities as Priorities

__version__ = "0.1.0"

_HOME_OF = {
    "Agreement": "mcda.weights",
    "CheckReport": "mcda.files",
    "DecisionWeights": "mcda.weights",
    "Exponential": "mcda.scoring._value_functions",
    "Fault": "mcda.files",
    "FaultsError": "mcda.files",
    "GroupComparison": "mcda.portfolio",
    "InputError": "mcda.errors",
    "LabelError": "mcda.errors",
    "McdaError": "mcda.errors",
    "NoAnswerError": "mcda.errors",
    "PiecewiseLinear": "mcda.scoring._value_functions",
    "Priorities": "mcda.weights._priorities",
    "ProjectValues": "mcda.scoring._projects",
    "Selection": "mcda.portfolio",
    "additive": "mcda.scoring._additive",
    "aggregate_judgements": "mcda.weights",
    "aggregate_priorities": "mcda.weights",
    "agreement": "mcda.weights",
    "ahp": "mcda.weights._ahp",
    "apply_scenario": "mcda.decision",
    "build_problem": "mcda.portfolio",
    "check": "mcda.files",
    "compare_groups": "mcda.portfolio",
    "consensus": "mcda.weights",
    "dataset": "mcda.files",
    "garuti_compatibility": "mcda.weights",
    "group_priorities": "mcda.weights._group",
    "kendall_w": "mcda.weights",
    "leaf_values": "mcda.scoring._projects",
    "load": "mcda.files",
    "methods": "mcda.scoring._registry",
    "normalise_weights": "mcda.arrays",
    "score": "mcda.scoring._registry",
    "select": "mcda.portfolio",
    "topsis": "mcda.scoring._topsis",
    "value_projects": "mcda.scoring._projects",
    "weigh_decision": "mcda.weights",
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
