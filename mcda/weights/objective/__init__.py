"""Weights from the figures alone: one file per method, pure: (..., a, c) -> (..., c)."""

from mcda.weights.objective._angle import angle
from mcda.weights.objective._cilos import cilos
from mcda.weights.objective._critic import critic
from mcda.weights.objective._entropy import entropy
from mcda.weights.objective._equal import equal
from mcda.weights.objective._gini import gini
from mcda.weights.objective._idocriw import idocriw
from mcda.weights.objective._merec import merec
from mcda.weights.objective._spread import standard_deviation, statistical_variance

__all__ = [
    "angle",
    "cilos",
    "critic",
    "entropy",
    "equal",
    "gini",
    "idocriw",
    "merec",
    "standard_deviation",
    "statistical_variance",
]
