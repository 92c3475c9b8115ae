"""Combinations that several methods share; each takes prepared arrays and weights (b, k, c), and returns (b, k, a)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from mcda.arrays import Array
    from mcda.scoring._recipe import Prepared


def weighted_sum(xp: ModuleType, prepared: Prepared, weights: Array) -> Array:
    """Weighted sums of one prepared array (b, c, a)."""
    del xp
    return weights @ prepared[0]


def logarithms(xp: ModuleType, value: Array) -> Prepared:
    """Prepare non-negative (b, a, c) values for `weighted_product`: logarithms, and where the zeros are, if any."""
    zero = value <= 0
    logs = xp.matrix_transpose(xp.log(xp.where(zero, 1.0, value)))
    if not bool(xp.any(zero)):
        return (logs,)
    return logs, xp.matrix_transpose(xp.where(zero, xp.ones_like(value), 0.0))


def weighted_product(xp: ModuleType, prepared: Prepared, weights: Array) -> Array:
    """Return Π value^weight, with 0^0 = 1 and 0^w = 0."""
    product = xp.exp(weights @ prepared[0])
    if len(prepared) == 1:
        return product
    zeros_that_count = xp.astype(weights > 0, weights.dtype) @ prepared[1]
    return xp.where(zeros_that_count > 0, 0.0, product)


def closeness(xp: ModuleType, prepared: Prepared, weights: Array) -> Array:
    """Return D⁻ / (D⁺ + D⁻) from squared gaps to the ideal and from the worst (b, c, a), in units of the spread.

    Multiplying a weighting by a number changes nothing, so the largest weighted spread is scaled to 1: then the two
    squared distances sum to at least 1/2, and no square underflows or overflows. If no criterion with a weight has a
    spread, both distances are 0 and closeness is 1/2.
    """
    to_ideal, from_worst, spread = prepared
    weighted = weights * spread
    largest = xp.max(weighted, axis=-1, keepdims=True)
    flat = largest <= 0
    squares = (weighted / xp.where(flat, 1.0, largest)) ** 2
    below = squares @ from_worst
    # One root instead of two: B / (B + sqrt(A B)) for the squared distances A to the ideal and B from the worst.
    total = xp.sqrt((squares @ to_ideal) * below)
    total += below
    limits = xp.finfo(total.dtype)
    total += limits.smallest_normal / limits.eps  # on the anti-ideal 0/0 is 0
    below /= total
    return xp.where(flat, 0.5, below) if bool(xp.any(flat)) else below
