"""Reading a matrix, weights and directions: every rule of input in one place, with the cell named.

Scoring and objective weights read their arguments here, so the same mistake gets the same message in both.
Arrays of another library (PyTorch, CuPy) stay in that library and on their device.
"""

from mcda.arrays._labels import is_frame, is_series
from mcda.arrays._random import read_rng, read_seed
from mcda.arrays._read import (
    Array,
    Labelled,
    NormaliseWeights,
    as_floats,
    divided_by_sum,
    namespace_of,
    normalise_weights,
    read_directions,
    read_matrix,
    read_per_criterion,
    read_weights,
    require_finite,
)
from mcda.arrays._signatures import VectorComparison, Vectors, vector_comparison
from mcda.arrays._types import (
    BoolArray,
    DeviceArray,
    Directions,
    FloatArray,
    IntArray,
    Matrix,
    Number,
    Numbers,
    OneWeighting,
    PairPerCriterion,
    PerCriterion,
    Table,
    Weights,
)

__all__ = [
    "Array",
    "BoolArray",
    "DeviceArray",
    "Directions",
    "FloatArray",
    "IntArray",
    "Labelled",
    "Matrix",
    "NormaliseWeights",
    "Number",
    "Numbers",
    "OneWeighting",
    "PairPerCriterion",
    "PerCriterion",
    "Table",
    "VectorComparison",
    "Vectors",
    "Weights",
    "as_floats",
    "divided_by_sum",
    "is_frame",
    "is_series",
    "namespace_of",
    "normalise_weights",
    "read_directions",
    "read_matrix",
    "read_per_criterion",
    "read_rng",
    "read_seed",
    "read_weights",
    "require_finite",
    "vector_comparison",
]
