"""Reading one problem (no stacks) for the methods that answer with a relation, a set or classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.arrays import NormaliseWeights, divided_by_sum
from mcda.errors import InputError
from mcda.scoring._engine import read_problem
from mcda.scoring._recipe import Matrices

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from mcda.arrays import Directions, Matrix, Weights


@dataclass(frozen=True, slots=True)
class Problem:
    """One matrix and one weighting: checked, NumPy, with the labels of the alternatives (or their positions)."""

    matrices: Matrices
    weights: np.ndarray  # (c,)
    alternatives: tuple[Hashable, ...]

    @property
    def levels(self) -> np.ndarray:
        """Levels oriented so that more is better, (a, c)."""
        oriented: np.ndarray = self.matrices.values[0] * self.matrices.signs
        return oriented


def read_single(
    matrix: Matrix, weights: Weights, directions: Directions, normalise_weights: NormaliseWeights = False
) -> Problem:
    """Read one matrix (a, c) and one weighting (c,)."""
    matrices, weighting = read_problem(matrix, weights, directions, normalise_weights)
    if matrices.xp is not np:
        raise InputError(
            f"This result is computed with NumPy. Got an array of {matrices.xp.__name__}; convert it first."
        )
    if matrices.values.ndim != 2 or weighting.values.ndim != 1:
        raise InputError(
            "This result is for one matrix (a, c) and one weighting (c,). "
            f"Got shapes {matrices.values.shape} and {weighting.values.shape}; call it for each scenario."
        )
    values = divided_by_sum(np, weighting.values) if normalise_weights is True else weighting.values
    count = matrices.values.shape[0]
    labels: Sequence[Hashable] = range(count) if matrices.rows is None else matrices.rows
    stacked = Matrices(np, matrices.values[None], matrices.signs, matrices.columns, matrices.rows)
    return Problem(stacked, values.astype(np.float64), tuple(labels))
