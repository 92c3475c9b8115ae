"""ELECTRE TRI: sorting into ordered classes by comparison with the profiles between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mcda.arrays import NormaliseWeights, read_matrix
from mcda.errors import InputError
from mcda.notebook import ShownAsTable
from mcda.scoring._parameters import number
from mcda.scoring._recipe import Method
from mcda.scoring._single import read_single
from mcda.scoring.outranking._relations import credibility, read_thresholds

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import pandas as pd

    from mcda.arrays import Directions, Matrix, PerCriterion, Table, Weights
    from mcda.scoring._recipe import Matrices
    from mcda.scoring.outranking._relations import Veto


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ElectreTri(ShownAsTable):
    """The class of each alternative by both rules of ELECTRE TRI.

    Attributes
    ----------
    alternatives : tuple of labels, length a
    pessimistic, optimistic : tuple of classes, length a
        By the pseudo-conjunctive rule (never the higher of the two) and by the pseudo-disjunctive rule.
    credibility, credibility_of_profiles : numpy.ndarray, shape (a, k)
        That the alternative outranks the profile, and that the profile outranks the alternative.
    """

    alternatives: tuple[Hashable, ...]
    pessimistic: tuple[Hashable, ...]
    optimistic: tuple[Hashable, ...]
    credibility: np.ndarray
    credibility_of_profiles: np.ndarray

    def to_frame(self) -> pd.DataFrame:
        """Return one row per alternative: the pessimistic and the optimistic class."""
        import pandas as pd

        columns = {"pessimistic": list(self.pessimistic), "optimistic": list(self.optimistic)}
        return pd.DataFrame(columns, index=list(self.alternatives))

    def __repr__(self) -> str:
        agreed = sum(low == high for low, high in zip(self.pessimistic, self.optimistic, strict=True))
        return f"<ElectreTri of {len(self.alternatives)} alternatives: both rules agree on {agreed}>"


def electre_tri(
    matrix: Matrix,
    weights: Weights,
    directions: Directions,
    *,
    profiles: Table,
    q: PerCriterion = 0.0,
    p: PerCriterion = 0.0,
    v: Veto | None = None,
    cut: float = 0.75,
    classes: Sequence[Hashable] | None = None,
    normalise_weights: NormaliseWeights = False,
) -> ElectreTri:
    """Sort into ordered classes by ELECTRE TRI.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (a, c)
        Performance of a alternatives on c criteria.
    weights : array_like, Series or mapping, shape (c,)
        Non-negative, summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    profiles : array_like or DataFrame, shape (k, c)
        The profiles between the classes, from the worst to the best; each at least as good as the one before on every
        criterion.
    q, p : float, array_like, Series or mapping, shape (c,), default 0
        Indifference and preference thresholds in the units of the criteria, 0 <= q <= p.
    v : float, sequence, Series or mapping, shape (c,), optional
        Veto thresholds, v >= p; None (for all, or for one criterion) never vetoes.
    cut : float, default 0.75
        Least credibility at which an outranking is accepted, between 0.5 and 1.
    classes : sequence of labels, length k + 1, optional
        From the worst to the best. Default: 1 to k + 1.
    normalise_weights : bool or "keep", default False
        See `mcda.score`.

    Returns
    -------
    ElectreTri

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: W. Yu, *Aide multicritère à la décision dans le cadre de la problématique du tri*, 1992; as stated by V.
    Mousseau, R. Slowinski and P. Zielniewicz, *Computers & Operations Research* 27(7-8), 2000. Pessimistic: just
    above the highest profile that the alternative outranks. Optimistic: just below the lowest profile that is
    preferred to the alternative (outranks it and is not outranked).

    Examples
    --------
    >>> import mcda
    >>> mcda.electre_tri([[75, 8], [40, 3]], [0.6, 0.4], ["max", "max"], profiles=[[50, 5], [70, 7]],
    ...                  classes=["reject", "discuss", "accept"]).to_frame()
      pessimistic optimistic
    0      accept     accept
    1      reject     reject
    """
    problem = read_single(matrix, weights, directions, normalise_weights)
    limits = read_profiles(problem.matrices, profiles)
    least = number(cut, "cut", 0.5, 1.0)
    names = tuple(range(1, len(limits) + 2)) if classes is None else tuple(classes)
    if len(names) != len(limits) + 1:
        raise InputError(f"classes must have one more entry than profiles ({len(limits) + 1}). Got {len(names)}.")
    thresholds = read_thresholds(problem.matrices, q=q, p=p, v=v)
    above = credibility(problem.levels, limits, problem.weights, thresholds)
    below = credibility(limits, problem.levels, problem.weights, thresholds).T
    outranks, outranked = above >= least - 1e-12, below >= least - 1e-12
    k = len(limits)
    # The number of the class is the number of profiles below it.
    pessimistic = np.where(outranks.any(axis=1), k - outranks[:, ::-1].argmax(axis=1), 0)
    beaten = outranked & ~outranks
    optimistic = np.where(beaten.any(axis=1), beaten.argmax(axis=1), k)
    return ElectreTri(
        problem.alternatives,
        tuple(names[i] for i in pessimistic),
        tuple(names[i] for i in optimistic),
        above,
        below,
    )


def read_profiles(matrices: Matrices, profiles: Any) -> np.ndarray:
    """Read the profiles between classes, (k, c), oriented so that more is better."""
    read = read_matrix(profiles, "profiles")
    values: np.ndarray = read.values.astype(np.float64)
    if read.columns is not None and matrices.columns is not None:
        if set(read.columns) != set(matrices.columns):
            raise InputError(f"profiles must have the criteria {list(matrices.columns)}. Got {list(read.columns)}.")
        values = values[:, [list(read.columns).index(label) for label in matrices.columns]]
    if values.ndim != 2 or values.shape[1] != matrices.values.shape[-1]:
        raise InputError(
            f"profiles must have shape (k, {matrices.values.shape[-1]}), one column per criterion. Got {values.shape}."
        )
    limits: np.ndarray = values * matrices.signs
    falls = np.argwhere(np.diff(limits, axis=0) < 0)
    if len(falls):
        row, column = (int(i) for i in falls[0])
        raise InputError(
            f"profiles[{row + 1}] must be at least as good as profiles[{row}] on every criterion. "
            f"Got {values[row + 1, column]:g} after {values[row, column]:g} on {matrices.criterion(column)}."
        )
    return limits


METHOD = Method("electre_tri", "ELECTRE TRI", None, False, "Yu 1992", electre_tri)
