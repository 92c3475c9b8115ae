"""Figures as the decimal numbers that people wrote, scaled to whole numbers for solvers that need them.

For solvers only: certificates read figures with code of their own.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A float prints a decimal of at most 15 significant digits as it was written; with more digits it may not.
SAFE = 10.0**15
MOST_DECIMALS = 15


def decimals(figures: NDArray[np.float64]) -> int | None:
    """Fewest decimal places that write every figure exactly; None if that takes more than 15 digits.

    Examples
    --------
    >>> decimals(np.array([0.25, 3.0]))
    2
    """
    for places in range(MOST_DECIMALS + 1):
        factor = 10.0**places
        scaled = np.rint(figures * factor)
        if scaled.size and np.abs(scaled).max() >= SAFE:
            return None
        if np.array_equal(scaled / factor, figures):
            return places
    return None


def exact_integers(*arrays: NDArray[np.float64]) -> tuple[int, list[NDArray[np.object_]]]:
    """Return arrays of Python integers over one common power of ten, and that power; works for any figures."""
    written = [[Decimal(repr(x)) for x in array.ravel().tolist()] for array in arrays]
    exponents = [int(d.as_tuple().exponent) for ds in written for d in ds]
    places = max(0, -min(exponents, default=0))
    scaled = []
    for array, ds in zip(arrays, written, strict=True):
        whole = np.empty(len(ds), dtype=object)
        whole[:] = [_shift(d, places) for d in ds]
        scaled.append(whole.reshape(array.shape))
    return places, scaled


def _shift(number: Decimal, places: int) -> int:
    sign, digits, exponent = number.as_tuple()
    whole: int = int("".join(map(str, digits))) * 10 ** (int(exponent) + places)
    return -whole if sign else whole
