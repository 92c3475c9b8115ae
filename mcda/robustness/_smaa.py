"""SMAA-2: how likely each alternative is to have each rank, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from mcda.errors import InputError
from mcda.notebook import ShownAsTable
from mcda.robustness._reading import blocks, read_performance, read_weightings
from mcda.wording import percent

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    import pandas as pd

    from mcda.arrays import Directions, FloatArray, Table, Weights
    from mcda.robustness._weight_sets import WeightMixes, WeightSet


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Smaa(ShownAsTable):
    """Acceptability of ranks, and the weights that favour each alternative.

    Attributes
    ----------
    alternatives, criteria
        Labels, or numbers from 0.
    rank_acceptability
        (a, a) share of the draws in which each alternative (row) has each rank (column; the first is the best).
        Tied alternatives share their places equally. Rows and columns sum to 1.
    central_weights
        (a, c) mean of the weights that put an alternative first: its typical supporter. NaN in the row of an
        alternative that no weights put first: it has no supporter.
    confidence_factors
        (a,) share of the draws of performance in which an alternative is first under its central weights; 0 if it
        has none.
    pairwise_winning
        (a, a) share of the draws in which the row scores strictly more than the column.
    draws
        How many draws this rests on; 0 if it was found by geometry, without sampling error.
    """

    shown_digits: ClassVar[int | None] = 3

    alternatives: tuple[Hashable, ...]
    criteria: tuple[Hashable, ...]
    rank_acceptability: FloatArray
    central_weights: FloatArray
    confidence_factors: FloatArray
    pairwise_winning: FloatArray
    draws: int

    @property
    def first_place(self) -> np.ndarray:
        """(a,) share of the draws in which each alternative is first."""
        return self.rank_acceptability[:, 0]

    @property
    def standard_error(self) -> np.ndarray:
        """(a, a) standard error of each rank acceptability: √(p(1 - p) / draws); 0 if it is exact."""
        share = np.clip(self.rank_acceptability, 0.0, 1.0)
        return np.asarray(np.sqrt(share * (1.0 - share) / self.draws)) if self.draws else np.zeros_like(share)

    def holistic(self, meta_weights: Sequence[float] | None = None) -> np.ndarray:
        """(a,) weighted sum of rank acceptabilities; by default rank-order-centroid weights of the ranks."""
        count = len(self.alternatives)
        if meta_weights is None:
            meta = np.cumsum((1.0 / np.arange(1, count + 1))[::-1])[::-1] / count
        else:
            meta = np.asarray(meta_weights, dtype=np.float64)
            if meta.shape != (count,) or not np.isfinite(meta).all():
                raise InputError(f"meta_weights must be one finite number per rank ({count}). Got {meta_weights!r}.")
        return np.asarray(self.rank_acceptability @ meta)

    def ranks_frame(self) -> pd.DataFrame:
        """Alternatives by ranks: acceptabilities."""
        import pandas as pd

        ranks = pd.RangeIndex(1, len(self.alternatives) + 1, name="rank")
        return pd.DataFrame(self.rank_acceptability, index=self._index(), columns=ranks)

    def weights_frame(self) -> pd.DataFrame:
        """Alternatives by criteria: central weights of those alternatives that have any."""
        import pandas as pd

        return pd.DataFrame(self.central_weights, index=self._index(), columns=list(self.criteria)).dropna()

    def pairs_frame(self) -> pd.DataFrame:
        """Alternatives by alternatives: pairwise winning indices."""
        import pandas as pd

        return pd.DataFrame(self.pairwise_winning, index=self._index(), columns=list(self.alternatives))

    def to_frame(self) -> pd.DataFrame:
        """One row per alternative: share of first and of last places, expected rank, confidence factor."""
        import pandas as pd

        count = len(self.alternatives)
        columns = {
            "first": self.first_place,
            "last": self.rank_acceptability[:, -1],
            "expected_rank": self.rank_acceptability @ np.arange(1.0, count + 1),
            "confidence": self.confidence_factors,
        }
        return pd.DataFrame(columns, index=self._index())

    def _index(self) -> pd.Index:
        import pandas as pd

        return pd.Index(list(self.alternatives), name="alternative")

    def __repr__(self) -> str:
        best = int(self.first_place.argmax())
        share = float(self.first_place[best])
        return f"<Smaa of {len(self.alternatives)} alternatives: {self.alternatives[best]} first in {percent(share)}>"


def smaa(
    performance: Table,
    weights: WeightSet | WeightMixes | Weights | None = None,
    directions: Directions | None = None,
    *,
    method: str | None = None,
    draws: int = 10_000,
    rng: np.random.Generator | int = 0,
    parameters: Mapping[str, object] | None = None,
) -> Smaa:
    """Analyse ranks under uncertain weights and performance (SMAA-2).

    Parameters
    ----------
    performance : array_like or DataFrame, shape (a, c) or (draws, a, c)
        One table, or one per draw (see `mcda.triangular_draws` and `mcda.normal_draws`). Without a `method` these are
        partial values: more is better.
    weights : WeightSet, WeightMixes, array_like or DataFrame, optional
        What is known about the weights (`mcda.weight_set`), mixes of views (`mcda.weight_mixes`), drawn weights of
        shape (draws, c) with draw i for table i, or one weighting (c,). Default: nothing is known; weights are uniform
        on the simplex.
    directions : sequence of {"max", "min", 1, -1}, shape (c,), optional
        Needed with a `method`; without one, "min" turns the sign of a partial value.
    method : str, optional
        Name of a scoring method of `mcda.methods()`. Default: the weighted sum of the partial values.
    draws : int
        How many, if neither weights nor performance come as draws.
    rng : numpy.random.Generator or int
        The generator of the weights, or its seed.
    parameters : mapping, optional
        Parameters of the method.

    Returns
    -------
    Smaa
        Rank acceptabilities, central weights, confidence factors, pairwise winning indices.

    Raises
    ------
    InputError, LabelError
        As in every scoring method; numbers of draws that differ; a method that gives no scores.

    Notes
    -----
    Lahdelma and Salminen, *Operations Research* 49(3), 2001. Monte Carlo: a share p is known to about
    ±2 √(p(1 - p) / draws); for partial values that are known, `mcda.smaa_exact` gives it by geometry.

    Examples
    --------
    >>> import mcda
    >>> found = mcda.smaa([[0.9, 0.2, 0.5], [0.4, 0.8, 0.6], [0.6, 0.5, 0.9], [0.62, 0.6, 0.62]])
    >>> found.first_place.round(1)
    array([0.2, 0.3, 0.5, 0. ])
    """
    tables, alternatives, criteria = read_performance(performance)
    weightings = read_weightings(weights, criteria, tables, draws, rng)
    count = max(len(tables), len(weightings))
    if len({len(tables), len(weightings), count, 1}) > 2:
        raise InputError(
            f"Draws of performance and of weights go in pairs. Got {len(tables)} tables and {len(weightings)} "
            "weightings: give the same number of each, or one."
        )
    scorer = _Scorer(method, directions, dict(parameters or {}), criteria)
    tables = scorer.oriented(tables)
    size = len(alternatives)
    tally = _Tally(size, weightings.shape[1])
    for block in blocks(count, size):
        here = (block.stop - block.start, weightings.shape[1])
        of_weights = weightings[block] if len(weightings) > 1 else np.broadcast_to(weightings, here)
        scores = scorer.scores(tables[block] if len(tables) > 1 else tables, of_weights)
        tally.add(scores, of_weights)
    central = tally.central()
    return Smaa(
        alternatives,
        criteria,
        tally.ranks / count,
        central,
        _confidence(scorer, tables, central),
        tally.wins / count,
        count,
    )


class _Tally:
    """Sums over draws, block by block."""

    def __init__(self, alternatives: int, criteria: int) -> None:
        self.ranks = np.zeros((alternatives, alternatives))
        self.wins = np.zeros((alternatives, alternatives))
        self.weights = np.zeros((alternatives, criteria))
        self.firsts = np.zeros(alternatives)

    def add(self, scores: np.ndarray, weights: np.ndarray) -> None:
        """Count the ranks and wins of scores (n, a); more is better."""
        ahead, level = _places(scores)
        plain = level == 1
        rows = np.broadcast_to(np.arange(scores.shape[1]), scores.shape)
        np.add.at(self.ranks, (rows[plain], ahead[plain]), 1.0)
        for draw, which in np.argwhere(~plain):
            shared = level[draw, which]
            self.ranks[which, ahead[draw, which] : ahead[draw, which] + shared] += 1.0 / shared
        first = (ahead == 0) / level
        self.firsts += first.sum(axis=0)
        self.weights += first.T @ weights
        for one in range(scores.shape[1]):
            self.wins[one] += (scores[:, one, None] > scores).sum(axis=0)

    def central(self) -> np.ndarray:
        """(a, c) mean weights of first places; NaN if there are none."""
        count = np.where(self.firsts > 0, self.firsts, np.nan)[:, None]
        return np.asarray(self.weights / count)


def _places(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return how many are ahead of each, and how many (itself included) are equal to it: (n, a) each."""
    order = np.argsort(-scores, axis=1, kind="stable")
    ranked = np.take_along_axis(scores, order, axis=1)
    place = np.arange(scores.shape[1])
    starts = np.ones(scores.shape, dtype=bool)
    starts[:, 1:] = ranked[:, 1:] != ranked[:, :-1]
    ahead_in_order = np.maximum.accumulate(np.where(starts, place, 0), axis=1)
    ends = np.ones(scores.shape, dtype=bool)
    ends[:, :-1] = starts[:, 1:]
    last = np.minimum.accumulate(np.where(ends, place, len(place))[:, ::-1], axis=1)[:, ::-1]
    ahead, level = np.empty_like(order), np.empty_like(order)
    np.put_along_axis(ahead, order, ahead_in_order, axis=1)
    np.put_along_axis(level, order, last - ahead_in_order + 1, axis=1)
    return ahead, level


class _Scorer:
    """Scores (more is better) by the weighted sum or by a scoring method."""

    def __init__(
        self,
        method: str | None,
        directions: Directions | None,
        parameters: Mapping[str, object],
        criteria: tuple[Hashable, ...],
    ) -> None:
        from mcda.arrays import read_directions
        from mcda.scoring._registry import methods

        self.method, self.parameters, self.higher = method, parameters, True
        self.directions: Any = None
        if directions is not None:
            self.directions = read_directions(directions, criteria, len(criteria))
        if method is None:
            if parameters:
                raise InputError(f"parameters need a method. Got {sorted(parameters)} without one.")
            return
        if self.directions is None:
            raise InputError(f"The method '{method}' needs directions: 'max' or 'min' for each criterion.")
        if methods()[method].higher_is_better is None:
            raise InputError(f"{methods()[method].title} gives a relation or classes, not scores.")
        self.higher = bool(methods()[method].higher_is_better)

    def oriented(self, tables: np.ndarray) -> np.ndarray:
        """Turn partial values so that more is better; levels of a method stay as they are."""
        return tables * self.directions if self.method is None and self.directions is not None else tables

    def scores(self, tables: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """(n, a) scores of one table or n tables under n weightings."""
        if self.method is None:
            one = len(tables) == 1
            return np.asarray(weights @ tables[0].T if one else np.matmul(tables, weights[:, :, None])[:, :, 0])
        from mcda.scoring._dispatch import score

        found = score(
            self.method, tables[0] if len(tables) == 1 else tables, weights, self.directions, **self.parameters
        )
        return np.asarray(found if self.higher else -found)


def _confidence(scorer: _Scorer, tables: np.ndarray, central: np.ndarray) -> np.ndarray:
    factors = np.zeros(len(central))
    for which in np.flatnonzero(~np.isnan(central[:, 0])):
        weights = central[which] / central[which].sum()
        for block in blocks(len(tables), tables.shape[1]):
            some = tables[block]
            scores = scorer.scores(some, np.broadcast_to(weights, (len(some), len(weights))))
            factors[which] += float((scores.max(axis=1) <= scores[:, which]).sum())
    return factors / len(tables)
