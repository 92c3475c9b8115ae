"""Weights: from people's judgements or from the figures, for one person or a group."""

from mcda.weights._aggregate import aggregate_judgements, aggregate_priorities, member_shares
from mcda.weights._agreement import Concordance, Consensus, consensus, garuti_compatibility, kendall_w
from mcda.weights._ahp import ahp
from mcda.weights._best_worst import BestWorst, best_worst
from mcda.weights._clusters import Clusters, cluster_priorities, distance_matrix
from mcda.weights._decision import DecisionWeights, judgement_matrices, weigh_decision
from mcda.weights._decision_agreement import Agreement, agreement
from mcda.weights._divisive import DivisiveJudgement, divisive_judgements
from mcda.weights._fucom import fucom
from mcda.weights._graph import is_connected
from mcda.weights._group import group_priorities
from mcda.weights._individuals import IndividualPriorities, individual_priorities
from mcda.weights._points import points, smart, swing
from mcda.weights._priorities import CONSISTENCY_LIMIT, Priorities, WorstJudgement
from mcda.weights._random_index import RANDOM_INDEX_TABLES, random_index
from mcda.weights._ranks import rank_order_centroid, rank_reciprocal, rank_sum
from mcda.weights._variance import VarianceShare, variance_between_groups
from mcda.weights._weigh import WeightingMethod, WeightingTable, weigh, weighting_methods
from mcda.weights.objective import (
    angle,
    cilos,
    critic,
    entropy,
    equal,
    gini,
    idocriw,
    merec,
    standard_deviation,
    statistical_variance,
)

__all__ = [
    "CONSISTENCY_LIMIT",
    "RANDOM_INDEX_TABLES",
    "Agreement",
    "BestWorst",
    "Clusters",
    "Concordance",
    "Consensus",
    "DecisionWeights",
    "DivisiveJudgement",
    "IndividualPriorities",
    "Priorities",
    "VarianceShare",
    "WeightingMethod",
    "WeightingTable",
    "WorstJudgement",
    "aggregate_judgements",
    "aggregate_priorities",
    "agreement",
    "ahp",
    "angle",
    "best_worst",
    "cilos",
    "cluster_priorities",
    "consensus",
    "critic",
    "distance_matrix",
    "divisive_judgements",
    "entropy",
    "equal",
    "fucom",
    "garuti_compatibility",
    "gini",
    "group_priorities",
    "idocriw",
    "individual_priorities",
    "is_connected",
    "judgement_matrices",
    "kendall_w",
    "member_shares",
    "merec",
    "points",
    "random_index",
    "rank_order_centroid",
    "rank_reciprocal",
    "rank_sum",
    "smart",
    "standard_deviation",
    "statistical_variance",
    "swing",
    "variance_between_groups",
    "weigh",
    "weigh_decision",
    "weighting_methods",
]
