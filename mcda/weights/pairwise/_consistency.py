"""How consistent judgements are, by the published indices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.notebook import ShownAsTable
from mcda.weights.pairwise._ahp import ahp
from mcda.weights.pairwise._comparisons import RECIPROCITY_TOLERANCE
from mcda.weights.pairwise._priorities import CONSISTENCY_LIMIT

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    import pandas as pd

    from mcda.arrays import FloatArray
    from mcda.weights.pairwise._comparisons import Judgements

_GCI_AT_10_PER_CENT = {3: 0.31, 4: 0.35}
_GCI_ABOVE_FOUR = 0.37
_HARMONIC_RANDOM_INDEX = {
    3: 0.550, 4: 0.859, 5: 1.061, 6: 1.205, 7: 1.310, 8: 1.381, 9: 1.437, 10: 1.484, 15: 1.599, 20: 1.650, 25: 1.675,
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Consistency(ShownAsTable):
    """Consistency of judgements; each index is 0 for consistent ones. Floats, or arrays (...) for a stack.

    Attributes
    ----------
    consistency_ratio
        (lambda_max - n) / (n - 1) over the random index (Saaty, 1980); at most 0.10 is usually accepted.
    geometric_consistency_index
        Variance of the answers around the row geometric mean weights (Aguarón and Moreno-Jiménez, 2003).
    geometric_threshold
        The value of that index that corresponds to a consistency ratio of 0.10.
    harmonic_consistency_index, harmonic_consistency_ratio
        Stein and Mizzi (2007), from column sums; NaN where judgements are missing.
    koczkodaj
        The worst triad's distance from consistent, 0 to 1 (Koczkodaj, 1993; Duszak and Koczkodaj, 1994); over
        answered triads, NaN if there are none.
    worst_triad
        That triad, for a single matrix; None if there is none.
    random_index
        Source of the random index.
    """

    consistency_ratio: float | FloatArray
    geometric_consistency_index: float | FloatArray
    geometric_threshold: float
    harmonic_consistency_index: float | FloatArray
    harmonic_consistency_ratio: float | FloatArray
    koczkodaj: float | FloatArray
    worst_triad: tuple[Hashable, Hashable, Hashable] | None
    random_index: str

    def __repr__(self) -> str:
        if np.ndim(self.consistency_ratio):
            return f"Consistency(stack of {np.shape(self.consistency_ratio)})"
        verdict = "acceptable" if self.consistency_ratio <= CONSISTENCY_LIMIT else "above 0.10"
        return f"Consistency(ratio {self.consistency_ratio:.3f}, {verdict}; random index: {self.random_index})"

    def to_frame(self) -> pd.DataFrame:
        """Return one row per index (a single matrix), or one row per matrix (a stack)."""
        import pandas as pd

        names = (
            "consistency_ratio", "geometric_consistency_index", "harmonic_consistency_index",
            "harmonic_consistency_ratio", "koczkodaj",
        )  # fmt: skip
        columns = {name: np.ravel(getattr(self, name)) for name in names}
        if np.ndim(self.consistency_ratio):
            return pd.DataFrame(columns)
        limits = [CONSISTENCY_LIMIT, self.geometric_threshold, np.nan, CONSISTENCY_LIMIT, np.nan]
        return pd.DataFrame(
            {"value": [column[0] for column in columns.values()], "limit": limits}, index=pd.Index(names, name="index")
        )


def consistency(
    pairwise: Judgements,
    *,
    random_index: str | Mapping[int, float] = "saaty",
    labels: Sequence[Hashable] | None = None,
    reciprocity_tolerance: float = RECIPROCITY_TOLERANCE,
) -> Consistency:
    """Return the consistency indices of judgements.

    Parameters
    ----------
    pairwise : array_like or DataFrame, shape (..., n, n)
        Positive and reciprocal; NaN or None where not asked.
    random_index, labels, reciprocity_tolerance
        As in `mcda.ahp`.

    Returns
    -------
    Consistency
        The indices, the threshold of the geometric index, and the worst triad.

    Raises
    ------
    InputError, LabelError
        As in `mcda.ahp`.

    Examples
    --------
    >>> import mcda
    >>> mcda.consistency([[1, 9, 1 / 9], [1 / 9, 1, 1 / 9], [9, 9, 1]])
    Consistency(ratio 0.539, above 0.10; random index: saaty_2005)
    """
    found = ahp(pairwise, random_index=random_index, labels=labels, reciprocity_tolerance=reciprocity_tolerance)
    size = found.judgements.shape[-1]
    harmonic = _harmonic(found.judgements)
    triads, worst = _koczkodaj(found.judgements)
    names = found.labels if found.labels is not None else tuple(range(size))
    single = found.judgements.ndim == 2
    return Consistency(
        consistency_ratio=found.consistency_ratio,
        geometric_consistency_index=found.geometric_consistency_index,
        geometric_threshold=geometric_consistency_threshold(size),
        harmonic_consistency_index=_plain(harmonic),
        harmonic_consistency_ratio=_plain(harmonic / harmonic_random_index(size) if size > 2 else 0.0 * harmonic),
        koczkodaj=_plain(triads),
        worst_triad=(names[worst[0]], names[worst[1]], names[worst[2]]) if single and worst is not None else None,
        random_index=found.random_index,
    )


def geometric_consistency_threshold(size: int) -> float:
    """Return the geometric consistency index that corresponds to a consistency ratio of 0.10.

    Notes
    -----
    Aguarón and Moreno-Jiménez (2003): 0.31 at n = 3, 0.35 at n = 4, 0.37 above. At n = 1 and 2, where the index is
    always 0, the threshold is 0.

    Examples
    --------
    >>> from mcda.weights import geometric_consistency_threshold
    >>> [geometric_consistency_threshold(n) for n in (3, 4, 9)]
    [0.31, 0.35, 0.37]
    """
    return _GCI_AT_10_PER_CENT.get(size, _GCI_ABOVE_FOUR) if size > 2 else 0.0


def harmonic_random_index(size: int) -> float:
    """Return the mean harmonic consistency index of random judgements.

    Notes
    -----
    Stein and Mizzi (2007), table for n = 3 to 10, 15, 20 and 25; linear in 1/n between and beyond these sizes, as the
    table nearly is.
    """
    if size in _HARMONIC_RANDOM_INDEX:
        return _HARMONIC_RANDOM_INDEX[size]
    sizes = sorted(_HARMONIC_RANDOM_INDEX)
    upper = next((known for known in sizes if known > size), sizes[-1])
    lower = sizes[sizes.index(upper) - 1]
    share = (1 / lower - 1 / size) / (1 / lower - 1 / upper)
    low, high = _HARMONIC_RANDOM_INDEX[lower], _HARMONIC_RANDOM_INDEX[upper]
    return low + share * (high - low)


def _harmonic(values: FloatArray) -> FloatArray:
    size = values.shape[-1]
    if size == 1:
        return np.zeros(values.shape[:-2])
    mean = size / (1.0 / values.sum(axis=-2)).sum(axis=-1)
    index: FloatArray = np.maximum(mean - size, 0.0) * (size + 1) / (size * (size - 1))
    return index


def _koczkodaj(values: FloatArray) -> tuple[FloatArray, tuple[int, int, int] | None]:
    size = values.shape[-1]
    if size < 3:
        return np.zeros(values.shape[:-2]), None
    places = np.array([(i, j, k) for i in range(size) for j in range(i + 1, size) for k in range(j + 1, size)]).T
    i, j, k = places
    # min(|1 - x|, |1 - 1/x|) of the product x around a triad is 1 - exp(-|ln x|).
    around = np.abs(np.log(values[..., i, j] * values[..., j, k] / values[..., i, k]))
    answered = ~np.isnan(around)
    filled = np.where(answered, around, -1.0)
    # Rounding of a consistent triad is not an inconsistency.
    largest = np.where(filled.max(axis=-1) > 1e-14, filled.max(axis=-1), 0.0)
    index = np.where(answered.any(axis=-1), -np.expm1(-largest), np.nan)
    if values.ndim > 2 or not answered.any():
        return index, None
    row, column, third = (int(part) for part in places[:, int(filled.argmax())])
    return index, (row, column, third)


def _plain(values: FloatArray) -> float | FloatArray:
    return float(values) if np.ndim(values) == 0 else values
