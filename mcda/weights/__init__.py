"""Weights: from people's judgements or from the figures, for one person or a group."""

from mcda.weights._aggregate import aggregate_judgements, aggregate_priorities, member_shares
from mcda.weights._agreement import Concordance, Consensus, consensus, garuti_compatibility, kendall_w
from mcda.weights._ahp import ahp
from mcda.weights._clusters import Clusters, cluster_priorities, distance_matrix
from mcda.weights._decision import DecisionWeights, judgement_matrices, weigh_decision
from mcda.weights._decision_agreement import Agreement, agreement
from mcda.weights._divisive import DivisiveJudgement, divisive_judgements
from mcda.weights._graph import is_connected
from mcda.weights._group import group_priorities
from mcda.weights._individuals import IndividualPriorities, individual_priorities
from mcda.weights._priorities import CONSISTENCY_LIMIT, Priorities, WorstJudgement
from mcda.weights._random_index import RANDOM_INDEX_TABLES, random_index
from mcda.weights._variance import VarianceShare, variance_between_groups

__all__ = [
    "CONSISTENCY_LIMIT",
    "RANDOM_INDEX_TABLES",
    "Agreement",
    "Clusters",
    "Concordance",
    "Consensus",
    "DecisionWeights",
    "DivisiveJudgement",
    "IndividualPriorities",
    "Priorities",
    "VarianceShare",
    "WorstJudgement",
    "aggregate_judgements",
    "aggregate_priorities",
    "agreement",
    "ahp",
    "cluster_priorities",
    "consensus",
    "distance_matrix",
    "divisive_judgements",
    "garuti_compatibility",
    "group_priorities",
    "individual_priorities",
    "is_connected",
    "judgement_matrices",
    "kendall_w",
    "member_shares",
    "random_index",
    "variance_between_groups",
    "weigh_decision",
]
