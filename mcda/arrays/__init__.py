"""Reading a matrix, weights and directions: every rule of input in one place, with the cell named.

Scoring and objective weights read their arguments here, so the same mistake gets the same message everywhere.
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
from mcda.arrays._types import BoolArray, FloatArray

__all__ = [
    "Array",
    "BoolArray",
    "FloatArray",
    "Labelled",
    "NormaliseWeights",
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
]
