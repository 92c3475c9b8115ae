"""The three scores of MULTIMOORA."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.notebook import ShownAsTable
from mcda.scoring._ranks import ranks
from mcda.scoring._single import read_single
from mcda.scoring.methods._multimoora import RECIPE, multimoora, parts

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd

    from mcda.arrays import Directions, Matrix, NormaliseWeights, Weights


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class MultimooraParts(ShownAsTable):
    """The three scores of MULTIMOORA and the net number of dominated alternatives.

    Attributes
    ----------
    alternatives : tuple of labels, length a
    ratio_system : numpy.ndarray, shape (a,)
        Higher is better.
    reference_point : numpy.ndarray, shape (a,)
        Lower is better.
    multiplicative_form : numpy.ndarray, shape (a,)
        Higher is better; divided by its geometric mean over the alternatives.
    dominance : numpy.ndarray, shape (a,)
        What `mcda.multimoora` returns: higher is better.
    """

    alternatives: tuple[Hashable, ...]
    ratio_system: np.ndarray
    reference_point: np.ndarray
    multiplicative_form: np.ndarray
    dominance: np.ndarray

    def to_frame(self) -> pd.DataFrame:
        """Return one row per alternative: the three scores, dominance and the final rank."""
        import pandas as pd

        columns = {
            "ratio_system": self.ratio_system,
            "reference_point": self.reference_point,
            "multiplicative_form": self.multiplicative_form,
            "dominance": self.dominance,
            "rank": ranks(self.dominance, ties="min"),
        }
        return pd.DataFrame(columns, index=list(self.alternatives))

    def __repr__(self) -> str:
        best = [str(self.alternatives[i]) for i in np.flatnonzero(self.dominance == self.dominance.max())]
        return f"<MultimooraParts of {len(self.alternatives)} alternatives: {', '.join(best)} first>"


def multimoora_parts(
    matrix: Matrix, weights: Weights, directions: Directions, *, normalise_weights: NormaliseWeights = False
) -> MultimooraParts:
    """Return the ratio system, the reference point and the multiplicative form of one problem.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (a, c)
        Performance of a alternatives on c criteria; positive.
    weights : array_like, Series or mapping, shape (c,)
        Non-negative, summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    normalise_weights : bool or "keep", default False
        See `mcda.score`.

    Returns
    -------
    MultimooraParts

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: W. K. M. Brauers and E. K. Zavadskas, *Technological and Economic Development of Economy* 16(1), 2010.

    Examples
    --------
    >>> import mcda
    >>> mcda.multimoora_parts([[5, 8], [7, 6], [8, 8]], [0.5, 0.5], ["max", "min"])
    <MultimooraParts of 3 alternatives: 1 first>
    """
    problem = read_single(matrix, weights, directions, normalise_weights)
    prepared = RECIPE.prepare(problem.matrices)
    ratio, reference, logs = (part[0, 0] for part in parts(np, prepared, problem.weights[None, None, :]))
    dominance = multimoora(
        problem.matrices.values[0], problem.weights, problem.matrices.signs, normalise_weights="keep"
    )
    return MultimooraParts(problem.alternatives, ratio, reference, np.exp(logs), dominance)
