"""Weights: from people's judgements or from the figures, for one person or a group."""

from mcda.weights._ahp import ahp
from mcda.weights._decision import DecisionWeights, judgement_matrices, weigh_decision
from mcda.weights._graph import is_connected
from mcda.weights._group import group_priorities
from mcda.weights._priorities import CONSISTENCY_LIMIT, Priorities, WorstJudgement
from mcda.weights._random_index import RANDOM_INDEX_TABLES, random_index

__all__ = [
    "CONSISTENCY_LIMIT",
    "RANDOM_INDEX_TABLES",
    "DecisionWeights",
    "Priorities",
    "WorstJudgement",
    "ahp",
    "group_priorities",
    "is_connected",
    "judgement_matrices",
    "random_index",
    "weigh_decision",
]
