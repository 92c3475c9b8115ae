"""The certificate's own reading of figures: as the decimal numbers that were written, exactly.

A float stands for its shortest text (`repr`), and that text is read digit by digit into whole numbers. Nothing here is
shared with anything that solves, and nothing is judged "near enough": a fault in how a solver reads figures cannot
hide here. A problem's figures are worked out once and kept as long as the problem lives.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from solvers.model.problem import Problem

LARGEST_SUM = 2**62
KEPT_ARRAYS, KEPT_CELLS = 64, 1 << 14  # how many arrays, of how many figures at most, are kept from problem to problem


@lru_cache(maxsize=1 << 14)
def written(figure: float) -> Fraction:
    """Return the decimal number that a float prints as, exactly.

    Examples
    --------
    >>> written(0.1) + written(0.2) == written(0.3)
    True
    """
    return Fraction(repr(float(figure)))


def digits_of(figure: float) -> tuple[int, int]:
    """Return the text of a float as a whole number and the power of ten it is divided by (negative: multiplied).

    Examples
    --------
    >>> digits_of(-12.25), digits_of(3e-05), digits_of(7.0), digits_of(2e22)
    ((-1225, 2), (3, 5), (7, 0), (2, -22))
    """
    mantissa, _, exponent = repr(figure).partition("e")
    whole, _, part = mantissa.partition(".")
    part = "" if part == "0" else part
    return int(whole + part), len(part) - (int(exponent) if exponent else 0)


def whole_numbers(figures: Iterable[float]) -> tuple[list[int], int]:
    """Return figures as whole numbers over ten to one common power, and that power.

    Examples
    --------
    >>> whole_numbers([0.5, 3.0, 1.25])
    ([50, 300, 125], 2)
    """
    read = [digits_of(figure) for figure in figures]
    places = max((power for _, power in read), default=0)
    places = max(places, 0)
    return [whole if power == places else whole * 10 ** (places - power) for whole, power in read], places


@dataclass(frozen=True, slots=True)
class Figures:
    """An array of decimal figures, exactly: `whole` divided by `scale`.

    `whole` has 64 bits if every possible sum of it fits, else it holds Python integers.
    """

    whole: NDArray[Any]
    scale: int

    @classmethod
    def of(cls, figures: NDArray[Any]) -> Figures:
        """Return figures as whole numbers, whatever their digits."""
        import numpy as np

        numbers, places = whole_numbers(figures.ravel().tolist())
        fits = sum(map(abs, numbers)) < LARGEST_SUM
        whole = np.empty(len(numbers), dtype=np.int64 if fits else object)
        whole[:] = numbers
        return cls(whole.reshape(figures.shape), 10**places)

    def total(self, rows: list[int]) -> list[Fraction]:
        """Return the sum of some rows: one figure per column, or one figure for a vector."""
        sums = self.whole[rows].sum(axis=0) if rows else 0 * self.whole[:1].sum(axis=0)
        return [Fraction(number, self.scale) for number in _listed(sums)]

    def within(self, rows: list[int], columns: list[int]) -> Fraction:
        """Return the sum over some rows and some columns."""
        if not rows:
            return Fraction(0)
        return Fraction(int(self.whole[rows][:, columns].sum()), self.scale)

    def row(self, at: int) -> list[Fraction]:
        """Return the figures of one row."""
        return [Fraction(number, self.scale) for number in _listed(self.whole[at])]


def _listed(numbers: Any) -> list[Any]:
    listed = numbers.tolist() if hasattr(numbers, "tolist") else numbers
    return listed if isinstance(listed, list) else [listed]


_OF_PROBLEM: WeakKeyDictionary[Problem, tuple[Figures, Figures]] = WeakKeyDictionary()
_OF_CONTENT: OrderedDict[tuple[Any, bytes], Figures] = OrderedDict()


def figures_of(problem: Problem) -> tuple[Figures, Figures]:
    """Return values and usage of a problem as whole numbers; worked out once for each problem."""
    kept = _OF_PROBLEM.get(problem)
    if kept is None:
        kept = _OF_PROBLEM[problem] = (_remembered(problem.values), _remembered(problem.usage))
    return kept


def _remembered(figures: NDArray[Any]) -> Figures:
    """Read an array, or find it among those read recently: problems that differ only in a limit share their figures."""
    if figures.size > KEPT_CELLS:
        return Figures.of(figures)
    key = (figures.shape, figures.tobytes())
    found = _OF_CONTENT.pop(key, None) or Figures.of(figures)
    _OF_CONTENT[key] = found
    if len(_OF_CONTENT) > KEPT_ARRAYS:
        _OF_CONTENT.popitem(last=False)
    return found


def movement_caps(problem: Problem) -> list[Fraction | None]:
    """Return the most that each movement of capacity may take from its source, exactly; None for no limit."""
    caps: list[Fraction | None] = []
    for move in problem.movements:
        limits = [] if move.most == inf else [written(move.most)]
        own = float(problem.capacity[move.source])
        if inf not in (move.share, own):
            limits.append(written(move.share) * max(written(own), Fraction(0)))
        caps.append(min(limits, default=None))
    return caps


def value_on_curve(points: Sequence[tuple[float, float]], spend: Fraction) -> Fraction:
    """Return the value that a piecewise linear curve gives to a spend, exactly; beyond its ends, the value at that end.

    Examples
    --------
    >>> value_on_curve(((0.0, 0.0), (10.0, 5.0)), Fraction(4))
    Fraction(2, 1)
    """
    exact = [(written(a), written(v)) for a, v in points]
    if spend <= exact[0][0]:
        return exact[0][1]
    for (a, v), (b, w) in pairwise(exact):
        if spend <= b:
            return v + (w - v) * (spend - a) / (b - a)
    return exact[-1][1]
