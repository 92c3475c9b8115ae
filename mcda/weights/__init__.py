"""Weights: from people's judgements or from the figures, for one person or a group."""

from mcda.weights._advice import judgement_advice
from mcda.weights._decision import DecisionWeights, judgement_matrices, weigh_decision, weights_of_everyone
from mcda.weights._points import points, smart, swing
from mcda.weights._ranks import rank_order_centroid, rank_reciprocal, rank_sum
from mcda.weights._weigh import WeightingMethod, WeightingTable, weigh, weighting_methods
from mcda.weights.agreement._aggregate import aggregate_judgements, aggregate_priorities, member_shares
from mcda.weights.agreement._agreement import Concordance, Consensus, consensus, garuti_compatibility, kendall_w
from mcda.weights.agreement._clusters import Clusters, cluster_priorities, distance_matrix
from mcda.weights.agreement._decision_agreement import Agreement, agreement
from mcda.weights.agreement._divisive import DivisiveJudgement, divisive_judgements
from mcda.weights.agreement._individuals import IndividualPriorities, individual_priorities
from mcda.weights.agreement._variance import VarianceShare, variance_between_groups
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
from mcda.weights.pairwise._ahp import ahp
from mcda.weights.pairwise._best_worst import BestWorst, best_worst
from mcda.weights.pairwise._consistency import (
    Consistency,
    consistency,
    geometric_consistency_threshold,
    harmonic_random_index,
)
from mcda.weights.pairwise._cycles import Cycle, preference_cycles
from mcda.weights.pairwise._fucom import fucom
from mcda.weights.pairwise._graph import is_connected
from mcda.weights.pairwise._group import group_priorities
from mcda.weights.pairwise._hierarchy import Hierarchy, Ratings, hierarchy
from mcda.weights.pairwise._priorities import CONSISTENCY_LIMIT, Priorities, WorstJudgement
from mcda.weights.pairwise._random_index import RANDOM_INDEX_TABLES, random_index
from mcda.weights.pairwise._repair import SAATY_SCALE, JudgementChange, Repair, suggest_repairs
from mcda.weights.pairwise._scales import SCALES, VERBAL_SCALE, apply_scale, comparison_matrix, read_judgement
from mcda.weights.pairwise._uncertainty import (
    IntervalPriorities,
    WeightUncertainty,
    interval_priorities,
    interval_uncertainty,
    weight_uncertainty,
)

__all__ = [
    "CONSISTENCY_LIMIT",
    "RANDOM_INDEX_TABLES",
    "SAATY_SCALE",
    "SCALES",
    "VERBAL_SCALE",
    "Agreement",
    "BestWorst",
    "Clusters",
    "Concordance",
    "Consensus",
    "Consistency",
    "Cycle",
    "DecisionWeights",
    "DivisiveJudgement",
    "Hierarchy",
    "IndividualPriorities",
    "IntervalPriorities",
    "JudgementChange",
    "Priorities",
    "Ratings",
    "Repair",
    "VarianceShare",
    "WeightUncertainty",
    "WeightingMethod",
    "WeightingTable",
    "WorstJudgement",
    "aggregate_judgements",
    "aggregate_priorities",
    "agreement",
    "ahp",
    "angle",
    "apply_scale",
    "best_worst",
    "cilos",
    "cluster_priorities",
    "comparison_matrix",
    "consensus",
    "consistency",
    "critic",
    "distance_matrix",
    "divisive_judgements",
    "entropy",
    "equal",
    "fucom",
    "garuti_compatibility",
    "geometric_consistency_threshold",
    "gini",
    "group_priorities",
    "harmonic_random_index",
    "hierarchy",
    "idocriw",
    "individual_priorities",
    "interval_priorities",
    "interval_uncertainty",
    "is_connected",
    "judgement_advice",
    "judgement_matrices",
    "kendall_w",
    "member_shares",
    "merec",
    "points",
    "preference_cycles",
    "random_index",
    "rank_order_centroid",
    "rank_reciprocal",
    "rank_sum",
    "read_judgement",
    "smart",
    "standard_deviation",
    "statistical_variance",
    "suggest_repairs",
    "swing",
    "variance_between_groups",
    "weigh",
    "weigh_decision",
    "weight_uncertainty",
    "weighting_methods",
    "weights_of_everyone",
]
