"""Reads whole arrays of floats as the decimals they print as, exactly and with NumPy; the certificate's own code.

A decimal of at most 15 significant digits is the shortest text of the float nearest to it. So if each
figure of an array equals a whole number below 10^15 divided by one power of ten (a division that rounds correctly,
because both are floats), that is its reading. Other figures have 16 or 17 digits: each is scaled without rounding (the
product of two floats is the sum of two floats, Dekker 1971), and the fewest digits that still identify the float are
taken. Figures too close to call are read from their text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.certificate._figures import digits_of, whole_numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solvers.arrays import BoolArray, FloatArray

MOST_DIGITS = 10.0**15
LARGEST_SUM = 2.0**61
BASE = 10**9
SAMPLE = 32  # figures looked at before the rest
SPLITTER = 2.0**27 + 1.0
TENS = np.array([float(10**power) for power in range(23)])  # every one of them exact
CLEAR = 1e-6  # of a digit, or of the width of a float: anything closer is read from the text


@dataclass(frozen=True, slots=True)
class Wholes:
    """An array of whole numbers of any size: the sum of ``parts[i] * BASE**i``, over ten to the power of `places`.

    `parts` has shape (p, ...). A single part may hold any 64-bit number.
    """

    parts: NDArray[np.int64]
    places: int

    def settled(self) -> Wholes:
        """Return the same numbers with every part but the last from 0 up to `BASE`."""
        parts, carry = np.empty_like(self.parts), np.zeros(self.parts.shape[1:], dtype=np.int64)
        for i, part in enumerate(self.parts):
            whole = part + carry
            last = i == len(parts) - 1
            carry = np.zeros_like(carry) if last else whole // BASE
            parts[i] = whole - carry * BASE
        return Wholes(parts, self.places)

    def __add__(self, other: Wholes) -> Wholes:
        """Add numbers over the same power of ten."""
        count = max(len(self.parts), len(other.parts))
        return Wholes(self._padded(count).parts + other._padded(count).parts, self.places)

    def __neg__(self) -> Wholes:
        return Wholes(-self.parts, self.places)

    def rows(self, which: NDArray[Any]) -> Wholes:
        """Return some rows."""
        return Wholes(self.parts[:, which], self.places)

    def over(self, places: int) -> Wholes:
        """Return the same numbers over a higher power of ten, in parts that may be added to others over it."""
        lifted = self._padded(len(self.parts) + 2).settled()
        for done in range(self.places, places, 9):
            lifted = lifted._padded(len(lifted.parts) + 1).settled()
            digits = min(9, places - done)
            lifted = Wholes(lifted.parts * 10**digits, done + digits)
        return lifted

    def _padded(self, count: int) -> Wholes:
        extra = np.zeros((count - len(self.parts), *self.parts.shape[1:]), dtype=np.int64)
        return Wholes(np.concatenate([self.parts, extra]), self.places)

    def negative(self) -> BoolArray:
        """Say which numbers are below zero."""
        below: BoolArray = self.settled().parts[-1] < 0
        return below

    def ints(self) -> NDArray[Any]:
        """Return Python integers, to be divided by ten to the power of `places`."""
        total: NDArray[Any] = self.parts[-1].astype(object)
        for part in self.parts[-2::-1]:
            total = total * BASE + part
        return total

    def floats(self) -> FloatArray:
        """Return the floats nearest to the numbers."""
        if len(self.parts) == 1 and self.places <= 22 and np.abs(self.parts[0]).max(initial=0) < 2**53:
            near: FloatArray = self.parts[0] / TENS[self.places]  # both are floats: the division rounds correctly
            return near
        scale, ints = 10**self.places, self.ints()
        return np.array([number / scale for number in ints.ravel().tolist()], dtype=float).reshape(ints.shape)


def read_together(*arrays: FloatArray) -> list[Wholes]:
    """Return arrays as whole numbers over one common power of ten, whatever their digits.

    Sums of the figures of one array, each times -1, 0 or 1, can be added up part by part in 64 bits.
    """
    places = [_few_places(array) for array in arrays]
    if None not in places:
        most = max((p for p in places if p is not None), default=0)
        if sum(float(np.abs(array).sum()) for array in arrays) * TENS[most] < LARGEST_SUM:
            return [
                Wholes((np.rint(array * TENS[p]).astype(np.int64) * 10 ** (most - p))[None], most)
                for array, p in zip(arrays, places, strict=True)
                if p is not None
            ]
    read = [found for array in arrays if (found := _digits(array.ravel())) is not None]
    if len(read) < len(arrays):
        return _from_texts(arrays)
    most = max(int(powers.max(initial=0)) for _, powers in read)
    parts = [_in_parts(whole, most - powers) for whole, powers in read]
    return [Wholes(part.reshape(len(part), *array.shape), most) for part, array in zip(parts, arrays, strict=True)]


def _few_places(figures: FloatArray) -> int | None:
    """Fewest decimal places with which every figure is written, at most 15 digits each; None if some take more."""
    few = figures.ravel()[:SAMPLE]
    start = 0 if few.size == figures.size else _few_places(few)
    if start is None:
        return None
    for places in range(start, 16):
        scaled = np.rint(figures * TENS[places])
        if np.abs(scaled).max(initial=0.0) >= MOST_DIGITS:
            return None
        if (scaled / TENS[places] == figures).all():
            return places
    return None


def _from_texts(arrays: tuple[FloatArray, ...]) -> list[Wholes]:
    numbers, places = whole_numbers([figure for array in arrays for figure in array.ravel().tolist()])
    largest, split = max(map(abs, numbers), default=0), list[list[int]]()
    while BASE ** len(split) <= largest:
        split.append([number % BASE for number in numbers])
        numbers = [number // BASE for number in numbers]
    split.append(numbers)  # 0, or -1 below zero
    whole, at, parts = np.array(split, dtype=np.int64), 0, []
    for array in arrays:
        parts.append(Wholes(whole[:, at : at + array.size].reshape(len(whole), *array.shape), places))
        at += array.size
    return parts


def _in_parts(whole: NDArray[np.int64], shift: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return whole numbers below 10^18 times ten to the power of `shift` as parts, shape (parts, figures)."""
    shift = np.where(whole == 0, 0, shift)
    blocks, rest = np.divmod(shift, 9)
    factor = 10**rest
    high, low = np.divmod(whole, BASE)
    carry, low = np.divmod(low * factor, BASE)
    high, middle = np.divmod(high * factor + carry, BASE)
    parts = np.zeros((int(blocks.max(initial=0)) + 3, whole.size), dtype=np.int64)
    figure = np.arange(whole.size)
    for i, part in enumerate((low, middle, high)):
        parts[blocks + i, figure] = part
    return parts


def _digits(figures: FloatArray) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Return the shortest texts of floats as whole numbers and powers of ten; None if some exceed 64 bits."""
    whole, powers = np.zeros(figures.size, dtype=np.int64), np.zeros(figures.size, dtype=np.int64)
    size = np.abs(figures)
    usual = (size >= 1e-4) & (size < 1e15)
    x = np.where(usual, size, 1.5)
    before = np.floor(np.log10(x)).astype(np.int64) + 1
    half, odd = np.spacing(x) / 2, ~usual & (figures != 0)
    odd |= np.frexp(x)[0] == 0.5  # the gap below a power of two is narrower
    left = usual & ~odd
    for digits in (15, 16, 17):
        power = np.clip(digits - before, 0, 22)  # a logarithm rounded up is found out below
        near, off = _scaled(x, power)
        width = half * TENS[power]
        wrong = (near < 10 ** (digits - 1)) | (near >= 10**digits)
        inside, edge = np.abs(off) < width, np.abs(np.abs(off) - width) <= CLEAR * width + 1e-12
        middle = np.abs(np.abs(off) - 0.5) <= CLEAR
        unsure = left & (wrong | middle | (edge if digits < 17 else False))
        odd |= unsure
        take = left & ~unsure & (inside | (digits == 17))
        whole[take], powers[take] = near[take], power[take]
        left &= ~unsure & ~take
    whole = np.where(figures < 0, -whole, whole)
    for at in np.flatnonzero(odd).tolist():
        number, places = digits_of(float(figures[at]))
        if abs(number) >= 10**17 or not 0 <= places <= 400:
            if places >= 0 or abs(number) * 10**-places >= 10**17:
                return None
            number, places = number * 10**-places, 0
        whole[at], powers[at] = number, places
    return whole, powers


def _scaled(x: FloatArray, power: NDArray[np.int64]) -> tuple[NDArray[np.int64], FloatArray]:
    """Return the whole number nearest to x times ten to `power` (at most 22), and how far the product is from it."""
    factor = TENS[power]
    product = x * factor
    a, b = _halves(x), _halves(factor)
    error = ((a[0] * b[0] - product) + a[0] * b[1] + a[1] * b[0]) + a[1] * b[1]
    first = np.rint(product)
    rest = (product - first) + error
    second = np.rint(rest)
    return first.astype(np.int64) + second.astype(np.int64), rest - second


def _halves(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Split floats into two of half as many bits (Veltkamp 1968)."""
    wide = SPLITTER * x
    high = wide - (wide - x)
    return high, x - high
