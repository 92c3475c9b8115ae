"""What the compiled kernels share: sums of products over criteria, and powers that a processor does four at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

_SUMS = {"contract", "reassoc", "nsz"}


@intrinsic  # type: ignore[untyped-decorator]
def _bits_of(context: Any, value: Any) -> Any:
    del context, value
    return types.int64(types.float64), lambda _context, builder, _signature, given: builder.bitcast(
        given[0], ir.IntType(64)
    )


@intrinsic  # type: ignore[untyped-decorator]
def _number_of(context: Any, value: Any) -> Any:
    del context, value
    return types.float64(types.int64), lambda _context, builder, _signature, given: builder.bitcast(
        given[0], ir.DoubleType()
    )


# The trick below adds and takes away a large number, so no sum may be reordered here.
@njit(nogil=True, cache=True, fastmath={"contract"}, error_model="numpy")
def exponential(x):  # type: ignore[no-untyped-def]
    """Give exp(x) for x not above 0, to the last digit or two; 0 below -708 and for minus infinity."""
    shifted = x * 1.4426950408889634 + 6755399441055744.0  # the whole part sits in the last bits
    whole = shifted - 6755399441055744.0
    rest = x - whole * 0.6931471803691238
    rest = rest - whole * 1.9082149292705877e-10
    # The polynomial of degree 11 through exp at the Chebyshev points of half a binary step either side of 0, in pairs
    # of pairs: short chains keep the processor busy.
    second = rest * rest
    fourth = second * second
    low = (1.0 + rest) + second * (0.5000000000000019 + rest * 0.1666666666666668)
    middle = (0.0416666666664881 + rest * 0.008333333333319601) + second * (
        0.0013888888952314775 + rest * 0.00019841269890047113
    )
    high = (2.4801485482328494e-05 + rest * 2.755724091857897e-06) + second * (
        2.763263963904103e-07 + rest * 2.5110037605963777e-08
    )
    series = low + fourth * (middle + fourth * high)
    power = _number_of((_bits_of(shifted) + 1023) << 52)
    return series * power if x > -708.0 else 0.0


@njit(nogil=True, cache=True, fastmath={"contract"}, error_model="numpy")
def cube_root(x):  # type: ignore[no-untyped-def]
    """Give the cube root of x, not negative, to the last digit or two: a third of the exponent, then Halley's steps."""
    small = x < 1e-200
    scaled = x * 2.0**300 if small else x
    high = np.int32(_bits_of(scaled) >> 32)
    third = np.int32(float(high) * (1.0 / 3.0) + 715094163.0)
    root = _number_of(np.int64(third) << 32)
    for _ in range(3):
        cube = root * root * root
        root = root * ((cube + 2.0 * scaled) / (2.0 * cube + scaled))
    root = root * 2.0**-100 if small else root
    return root if x > 0.0 else 0.0


@njit(nogil=True, cache=True, fastmath=_SUMS, error_model="numpy")
def add_products(weights, rows, start, total):  # type: ignore[no-untyped-def]
    """Give the weighted sum of rows (c, a) from column `start` on in `total`; five rows at a time."""
    criteria = len(rows)
    count = len(total)
    j = criteria % 5
    if j == 0:
        total[:] = 0.0
    else:
        row = rows[0, start : start + count]
        for i in range(count):
            total[i] = weights[0] * row[i]
        for extra in range(1, j):
            row = rows[extra, start : start + count]
            for i in range(count):
                total[i] += weights[extra] * row[i]
    while j < criteria:
        w0, w1, w2, w3, w4 = weights[j], weights[j + 1], weights[j + 2], weights[j + 3], weights[j + 4]
        r0, r1 = rows[j, start : start + count], rows[j + 1, start : start + count]
        r2, r3 = rows[j + 2, start : start + count], rows[j + 3, start : start + count]
        r4 = rows[j + 4, start : start + count]
        for i in range(count):
            total[i] += (w0 * r0[i] + w1 * r1[i]) + (w2 * r2[i] + w3 * r3[i]) + w4 * r4[i]
        j += 5


@njit(nogil=True, cache=True, fastmath=_SUMS, error_model="numpy")
def add_five(weights, k, other, rows, head, start, count, total):  # type: ignore[no-untyped-def]
    """Give (head 0) or add the weighted sum of five rows from `head` on, under two weightings, in `total` (2, a)."""
    first, second = total[0], total[1]
    r0, r1 = rows[head, start : start + count], rows[head + 1, start : start + count]
    r2, r3 = rows[head + 2, start : start + count], rows[head + 3, start : start + count]
    r4 = rows[head + 4, start : start + count]
    v = weights[k, head:]
    w = weights[other, head:]
    v0, v1, v2, v3, v4 = v[0], v[1], v[2], v[3], v[4]
    w0, w1, w2, w3, w4 = w[0], w[1], w[2], w[3], w[4]
    if head == 0:
        for i in range(count):
            first[i] = (v0 * r0[i] + v1 * r1[i]) + (v2 * r2[i] + v3 * r3[i]) + v4 * r4[i]
            second[i] = (w0 * r0[i] + w1 * r1[i]) + (w2 * r2[i] + w3 * r3[i]) + w4 * r4[i]
    else:
        for i in range(count):
            first[i] += (v0 * r0[i] + v1 * r1[i]) + (v2 * r2[i] + v3 * r3[i]) + v4 * r4[i]
            second[i] += (w0 * r0[i] + w1 * r1[i]) + (w2 * r2[i] + w3 * r3[i]) + w4 * r4[i]


@njit(nogil=True, cache=True, fastmath=_SUMS, error_model="numpy")
def hold_largest(weights, rows, most):  # type: ignore[no-untyped-def]
    """Give the largest weighted value over rows (c, a), none negative, in `most`."""
    criteria, count = rows.shape
    most[:count] = 0.0
    j = 0
    while j + 1 < criteria:
        w0, w1 = weights[j], weights[j + 1]
        r0, r1 = rows[j], rows[j + 1]
        for i in range(count):
            most[i] = max(most[i], w0 * r0[i], w1 * r1[i])
        j += 2
    if j < criteria:
        for i in range(count):
            most[i] = max(most[i], weights[j] * rows[j, i])


@njit(nogil=True, cache=True, fastmath=_SUMS, error_model="numpy")
def add_squares(levels, goals, total):  # type: ignore[no-untyped-def]
    """Give the sum over criteria of (level - goal)² for goals (c, a) in `total`."""
    criteria, count = goals.shape
    total[:] = 0.0
    j = 0
    while j + 4 < criteria:
        v0, v1, v2, v3, v4 = levels[j], levels[j + 1], levels[j + 2], levels[j + 3], levels[j + 4]
        g0, g1, g2, g3, g4 = goals[j], goals[j + 1], goals[j + 2], goals[j + 3], goals[j + 4]
        for i in range(count):
            d0, d1, d2, d3, d4 = v0 - g0[i], v1 - g1[i], v2 - g2[i], v3 - g3[i], v4 - g4[i]
            total[i] += d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3 + d4 * d4
        j += 5
    while j < criteria:
        for i in range(count):
            difference = levels[j] - goals[j, i]
            total[i] += difference * difference
        j += 1
