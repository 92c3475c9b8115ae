"""ELECTRE I: an outranking relation from concordance and discordance, and its kernel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.notebook import ShownAsTable
from mcda.scoring._parameters import share
from mcda.scoring._recipe import Method
from mcda.scoring._single import Problem, read_single
from mcda.scoring.outranking._relations import Thresholds, concordance, scaled

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd

    from mcda.arrays import Directions, Matrix, NormaliseWeights, Weights


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ElectreI(ShownAsTable):
    """The outranking relation of ELECTRE I and its kernel.

    Attributes
    ----------
    alternatives : tuple of labels, length a
    concordance, discordance : numpy.ndarray, shape (a, a)
        For the statement that the row's alternative outranks the column's; the diagonals are 1 and 0.
    outranks : numpy.ndarray of bool, shape (a, a)
        Where concordance is high enough and discordance low enough; False on the diagonal.
    kernel : tuple of labels
        No member outranks another, and each alternative outside is outranked by a member. Alternatives that outrank one
        another in a cycle count as one.
    """

    alternatives: tuple[Hashable, ...]
    concordance: np.ndarray
    discordance: np.ndarray
    outranks: np.ndarray
    kernel: tuple[Hashable, ...]

    def to_frame(self) -> pd.DataFrame:
        """Return the outranking relation: True where the row's alternative outranks the column's."""
        import pandas as pd

        return pd.DataFrame(self.outranks, index=list(self.alternatives), columns=list(self.alternatives))

    def __repr__(self) -> str:
        pairs = int(self.outranks.sum())
        return f"<ElectreI of {len(self.alternatives)} alternatives, {pairs} outrankings: kernel {list(self.kernel)}>"


def electre_i(
    matrix: Matrix,
    weights: Weights,
    directions: Directions,
    *,
    concordance_threshold: float = 0.65,
    discordance_threshold: float = 0.35,
    scale: str = "sum",
    normalise_weights: NormaliseWeights = False,
) -> ElectreI:
    """Choose by ELECTRE I: outranking, and the kernel of alternatives to keep.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (a, c)
        Performance of a alternatives on c criteria.
    weights : array_like, Series or mapping, shape (c,)
        Non-negative, summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    concordance_threshold : float, default 0.65
        Least concordance of an outranking, from 0 to 1.
    discordance_threshold : float, default 0.35
        Most discordance of an outranking, from 0 to 1.
    scale : {"sum", "vector", "minmax", "none"}, default "sum"
        How levels are brought to one scale for discordance: divided by the sum, the norm or the range of the
        criterion, or left as they are.
    normalise_weights : bool or "keep", default False
        See `mcda.score`.

    Returns
    -------
    ElectreI

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: B. Roy, *Revue française d'informatique et de recherche opérationnelle* 2(8), 1968. Concordance is the
    weight of the criteria on which the first is at least as good (ties count fully); discordance is the largest
    lead of the second on any criterion, divided by the largest range of all criteria, as in L. I. G. Cebrián and A.
    M. Porcar, *Revista de Métodos Cuantitativos para la Economía y la Empresa* 7, 2009. If every criterion is constant,
    discordance is 0. Identical alternatives outrank each other.

    Examples
    --------
    >>> import mcda
    >>> mcda.electre_i([[6, 5, 28], [4, 2, 25], [5, 7, 35]], [0.4, 0.4, 0.2], ["max", "max", "min"])
    <ElectreI of 3 alternatives, 2 outrankings: kernel [0, 2]>
    """
    problem = read_single(matrix, weights, directions, normalise_weights)
    least, most = (
        share(concordance_threshold, "concordance_threshold"),
        share(discordance_threshold, "discordance_threshold"),
    )
    agreed, against = judgements(problem, scale)
    outranks = (agreed >= least - 1e-12) & (against <= most + 1e-12)
    np.fill_diagonal(outranks, False)
    members = tuple(problem.alternatives[i] for i in kernel(outranks))
    return ElectreI(problem.alternatives, agreed, against, outranks, members)


def judgements(problem: Problem, scale: str) -> tuple[np.ndarray, np.ndarray]:
    """Return concordance and discordance of each ordered pair, (a, a) each."""
    levels = problem.levels
    zero = np.zeros(levels.shape[1])
    agreed = concordance(levels, levels, problem.weights, Thresholds(zero, zero, zero))
    values = scaled(problem.matrices, scale)
    largest = np.ptp(values, axis=0).max()
    behind = np.zeros(agreed.shape)
    for j in range(values.shape[1]):
        behind = np.maximum(behind, values[None, :, j] - values[:, None, j])
    return agreed, behind / (largest if largest > 0 else 1.0)


def kernel(outranks: np.ndarray) -> list[int]:
    """Find the kernel, counting a cycle as one: keep what nothing outranks, drop what that outranks."""
    from scipy.sparse.csgraph import connected_components

    count, circle = connected_components(outranks, directed=True, connection="strong")
    between = np.zeros((count, count), dtype=bool)
    rows, columns = np.nonzero(outranks)
    between[circle[rows], circle[columns]] = True
    np.fill_diagonal(between, False)
    open_, kept = np.ones(count, dtype=bool), np.zeros(count, dtype=bool)
    while open_.any():
        first = open_ & ~between[open_].any(axis=0)
        kept |= first
        open_ &= ~(first | between[first].any(axis=0))
    return [int(i) for i in np.flatnonzero(kept[circle])]


METHOD = Method("electre_i", "ELECTRE I", None, False, "Roy 1968", electre_i)
