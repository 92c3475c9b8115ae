"""ELECTRE II: a ranking from a strong and a weak outranking relation."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.errors import InputError
from mcda.notebook import ShownAsTable
from mcda.scoring._parameters import share
from mcda.scoring._ranks import ranks
from mcda.scoring._recipe import Method
from mcda.scoring._single import read_single
from mcda.scoring.methods._electre_i import judgements

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import pandas as pd

    from mcda.arrays import Directions, Matrix, NormaliseWeights, Weights


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ElectreII(ShownAsTable):
    """The ranking of ELECTRE II and the two relations behind it.

    Attributes
    ----------
    alternatives : tuple of labels, length a
    concordance, discordance : numpy.ndarray, shape (a, a)
    strong, weak : numpy.ndarray of bool, shape (a, a)
        Strong outranking, and weak outranking where there is no strong one.
    direct, inverse : numpy.ndarray of int, shape (a,)
        Ranks from the top down and from the bottom up; 1 is best.
    mean_order : numpy.ndarray, shape (a,)
        Mean of the two.
    ranking : numpy.ndarray of int, shape (a,)
        Dense ranks of the mean; 1 is best.
    """

    alternatives: tuple[Hashable, ...]
    concordance: np.ndarray
    discordance: np.ndarray
    strong: np.ndarray
    weak: np.ndarray
    direct: np.ndarray
    inverse: np.ndarray
    mean_order: np.ndarray
    ranking: np.ndarray

    def to_frame(self) -> pd.DataFrame:
        """Return one row per alternative: direct, inverse and mean order, and the rank."""
        import pandas as pd

        columns = {
            "direct": self.direct,
            "inverse": self.inverse,
            "mean_order": self.mean_order,
            "rank": self.ranking,
        }
        return pd.DataFrame(columns, index=list(self.alternatives))

    def __repr__(self) -> str:
        first = [str(self.alternatives[i]) for i in np.flatnonzero(self.ranking == 1)]
        return f"<ElectreII of {len(self.alternatives)} alternatives: {', '.join(first)} first>"


def electre_ii(
    matrix: Matrix,
    weights: Weights,
    directions: Directions,
    *,
    concordance_thresholds: Sequence[float] = (0.65, 0.5, 0.35),
    discordance_thresholds: Sequence[float] = (0.65, 0.35),
    scale: str = "sum",
    normalise_weights: NormaliseWeights = False,
) -> ElectreII:
    """Rank by ELECTRE II: what is outranked strongly or weakly comes after what is not.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (a, c)
        Performance of a alternatives on c criteria.
    weights : array_like, Series or mapping, shape (c,)
        Non-negative, summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    concordance_thresholds : three falling numbers, default (0.65, 0.5, 0.35)
        High, medium and low concordance.
    discordance_thresholds : two falling numbers, default (0.65, 0.35)
        High and low discordance.
    scale : {"sum", "vector", "minmax", "none"}, default "sum"
        How levels are brought to one scale for discordance: see `mcda.electre_i`.
    normalise_weights : bool or "keep", default False
        See `mcda.score`.

    Returns
    -------
    ElectreII

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: B. Roy and P. Bertier, *La méthode ELECTRE II*, 1971, as stated by L. F. A. M. Gomes, M. C. G. Araya and
    C. Carignano, *Tomada de decisões em cenários complexos*, 2004. An alternative outranks another strongly if its
    concordance exceeds the reverse one and either concordance is high and discordance at most high, or concordance is
    medium and discordance at most low; weakly if concordance is low and discordance at most high. The direct ranking
    repeatedly takes those that no remaining alternative outranks; the inverse ranking does so from the bottom.
    Alternatives left in a cycle share a rank.

    Examples
    --------
    >>> import mcda
    >>> result = mcda.electre_ii([[6, 5, 28], [4, 2, 25], [5, 7, 35]], [0.4, 0.4, 0.2], ["max", "max", "min"])
    >>> result.ranking
    array([1, 3, 2])
    """
    problem = read_single(matrix, weights, directions, normalise_weights)
    high, medium, low = _falling(concordance_thresholds, "concordance_thresholds", 3)
    most, least = _falling(discordance_thresholds, "discordance_thresholds", 2)
    agreed, against = judgements(problem, scale)
    slack = 1e-12
    ahead = agreed > agreed.T + slack
    within_most, within_least = against <= most + slack, against <= least + slack
    strong = ahead & (((agreed >= high - slack) & within_most) | ((agreed >= medium - slack) & within_least))
    weak = ahead & (agreed >= low - slack) & within_most & ~strong
    outranks = strong | weak
    direct = _from_the_top(outranks)
    upwards = _from_the_top(outranks.T)
    inverse = upwards.max() + 1 - upwards
    mean = (direct + inverse) / 2
    ranking = ranks(mean, higher_is_better=False, ties="dense")
    return ElectreII(problem.alternatives, agreed, against, strong, weak, direct, inverse, mean, ranking)


def _falling(given: Sequence[float], name: str, count: int) -> list[float]:
    numbers = [share(number, name) for number in given]
    if len(numbers) != count or any(a < b for a, b in itertools.pairwise(numbers)):
        raise InputError(f"{name} must be {count} numbers from 0 to 1, none above the one before. Got {list(given)}.")
    return numbers


def _from_the_top(outranks: np.ndarray) -> np.ndarray:
    """Rank by repeatedly removing the alternatives that no remaining one outranks."""
    placed = np.zeros(len(outranks), dtype=np.int64)
    place = 1
    while (placed == 0).any():
        left = placed == 0
        free = left & ~outranks[left].any(axis=0)
        placed[free if free.any() else left] = place
        place += 1
    return placed


METHOD = Method("electre_ii", "ELECTRE II", None, False, "Roy & Bertier 1971", electre_ii)
