"""A partial pre-order: preference, indifference or incomparability for each pair of alternatives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.notebook import ShownAsTable

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PreOrder(ShownAsTable):
    """Which alternatives are preferred to which, which are indifferent, and which cannot be compared.

    Attributes
    ----------
    alternatives : tuple of labels, length a
    preferred : numpy.ndarray of bool, shape (a, a)
        True where the row's alternative is preferred to the column's.
    indifferent : numpy.ndarray of bool, shape (a, a)
        True where the two are on one level; True on the diagonal.
    """

    alternatives: tuple[Hashable, ...]
    preferred: np.ndarray
    indifferent: np.ndarray

    @property
    def incomparable(self) -> np.ndarray:
        """True where neither is preferred and the two are not indifferent."""
        apart: np.ndarray = ~(self.preferred | self.preferred.T | self.indifferent)
        return apart

    def relation(self, first: Hashable, second: Hashable) -> str:
        """Return "preferred", "worse", "indifferent" or "incomparable" for a pair of labels."""
        i, j = self.alternatives.index(first), self.alternatives.index(second)
        return str(self._words()[i, j])

    def _words(self) -> np.ndarray:
        words = np.where(self.preferred, "preferred", np.where(self.preferred.T, "worse", "incomparable"))
        return np.where(self.indifferent, "indifferent", words)

    def to_frame(self) -> pd.DataFrame:
        """Return the relation of each row's alternative to each column's, in words."""
        import pandas as pd

        return pd.DataFrame(self._words(), index=list(self.alternatives), columns=list(self.alternatives))

    def __repr__(self) -> str:
        pairs = len(self.alternatives) * (len(self.alternatives) - 1) // 2
        return (
            f"<PreOrder of {len(self.alternatives)} alternatives: {int(self.preferred.sum())} of {pairs} pairs "
            f"preferred, {int(self.incomparable.sum()) // 2} incomparable>"
        )


def intersection(alternatives: tuple[Hashable, ...], first: np.ndarray, second: np.ndarray) -> PreOrder:
    """Intersect two complete orders given as ranks: 1 is best."""
    ahead = (first[:, None] < first) & (second[:, None] <= second)
    ahead |= (first[:, None] <= first) & (second[:, None] < second)
    level = (first[:, None] == first) & (second[:, None] == second)
    return PreOrder(alternatives, ahead, level)
