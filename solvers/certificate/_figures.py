"""A problem's figures as whole numbers over a power of ten, kept with the problem as long as it lives."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from solvers.decimals import as_integers, decimals, exact_integers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solvers.model.problem import Problem

LARGEST_SUM = 2.0**62


@dataclass(frozen=True, slots=True)
class Figures:
    """An array of decimal figures, exactly: `whole` divided by `scale`.

    `whole` has 64 bits where every possible sum of it fits, else Python's own whole numbers.
    """

    whole: NDArray[Any]
    scale: int

    @classmethod
    def of(cls, figures: NDArray[np.float64]) -> Figures:
        """Return figures as whole numbers, whatever their digits."""
        places = decimals(figures)
        if places is not None:
            largest = float(np.abs(figures).max(initial=0.0)) * 10.0**places
            if largest * figures.size < LARGEST_SUM:
                return cls(as_integers(figures, places), 10**places)
        places, (whole,) = exact_integers(figures)
        return cls(whole, 10**places)

    def total(self, rows: list[int]) -> list[Fraction]:
        """Return the sum of some rows: one figure per column, or one figure for a vector."""
        sums = self.whole[rows].sum(axis=0) if rows else np.zeros(self.whole.shape[1:], dtype=np.int64)
        return [Fraction(number, self.scale) for number in np.atleast_1d(sums).tolist()]

    def within(self, rows: list[int], columns: list[int]) -> Fraction:
        """Return the sum over some rows and some columns."""
        return Fraction(int(self.whole[np.ix_(rows, columns)].sum()), self.scale) if rows else Fraction(0)

    def row(self, at: int) -> list[Fraction]:
        """Return the figures of one row."""
        return [Fraction(number, self.scale) for number in np.atleast_1d(self.whole[at]).tolist()]


_KEPT: WeakKeyDictionary[Problem, tuple[Figures, Figures]] = WeakKeyDictionary()


def figures_of(problem: Problem) -> tuple[Figures, Figures]:
    """Return values and usage of a problem as whole numbers; worked out once for each problem."""
    kept = _KEPT.get(problem)
    if kept is None:
        kept = _KEPT[problem] = (Figures.of(problem.values), Figures.of(problem.usage))
    return kept
