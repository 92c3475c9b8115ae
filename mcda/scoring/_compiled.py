"""Compiled kernels: the same sums as the `combine` of a method, in one pass, where that is measurably faster.

Each takes what the method prepared (leading dimension b), weights (1 or b, k, c) and the array for the scores
(b, k, a). The NumPy `combine` of the method stays the oracle: the tests hold the two together. Loaded only for large
work, and only where numba is installed (the extra ``fast``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from mcda.scoring._compiled_functions import add_five, add_products, add_squares, cube_root, exponential, hold_largest

if TYPE_CHECKING:
    from mcda.arrays import Array

_SUMS = {"contract", "reassoc", "nsz"}  # sums may be taken in any order; infinities keep their meaning
_EXTREMES = {*_SUMS, "nnan"}  # the same for largest and least: there is no NaN, the input was checked
_TILE = 1024  # alternatives at a time: what is prepared for them stays near the processor
_SORTED_AT_ONCE = 1 << 14  # distances


@njit(nogil=True, cache=True, fastmath=_SUMS, error_model="numpy")
def weighted_sum(values, weights, out):  # type: ignore[no-untyped-def]
    """Do as `mcda.scoring._combine.weighted_sum` does."""
    blocks, given, alternatives = values.shape
    criteria = -(-given // 5) * 5  # five rows are met together, two weightings at a time; filled up with zeros
    padded, rows = np.zeros((weights.shape[1], criteria)), np.zeros((criteria, alternatives))
    total = np.zeros((2, _TILE))
    for b in range(blocks):
        rows[:given] = values[b]
        padded[:, :given] = weights[b if weights.shape[0] > 1 else 0]
        for start in range(0, alternatives, _TILE):
            count = min(_TILE, alternatives - start)
            for k in range(0, weights.shape[1], 2):
                other = min(k + 1, weights.shape[1] - 1)
                for head in range(0, criteria, 5):
                    add_five(padded, k, other, rows, head, start, count, total)
                out[b, k, start : start + count] = total[0, :count]
                out[b, other, start : start + count] = total[1, :count]


@njit(nogil=True, cache=True, fastmath=_SUMS, error_model="numpy")
def closeness(to_ideal, from_worst, spread, weights, out):  # type: ignore[no-untyped-def]
    """Do as `mcda.scoring._combine.closeness` does."""
    blocks, alternatives = to_ideal.shape[0], to_ideal.shape[2]
    given = spread.shape[2]
    criteria = -(-given // 5) * 5  # five rows are met together, two weightings at a time; filled up with zeros
    squares, flat = np.zeros((weights.shape[1], criteria)), np.empty(weights.shape[1], np.bool_)
    above, below = np.zeros((2, _TILE)), np.zeros((2, _TILE))
    for b in range(blocks):
        ideal, worst = to_ideal[b], from_worst[b]
        if given < criteria:
            ideal, worst = (
                np.zeros((criteria, alternatives), ideal.dtype),
                np.zeros((criteria, alternatives), worst.dtype),
            )
            ideal[:given], worst[:given] = to_ideal[b], from_worst[b]
        _scaled_squares(weights[b if weights.shape[0] > 1 else 0], spread[b, 0], squares, flat)
        for start in range(0, alternatives, _TILE):
            count = min(_TILE, alternatives - start)
            for k in range(0, weights.shape[1], 2):
                other = min(k + 1, weights.shape[1] - 1)  # the last of an odd number is done twice
                for head in range(0, criteria - 5, 5):
                    add_five(squares, k, other, ideal, head, start, count, above)
                    add_five(squares, k, other, worst, head, start, count, below)
                _close(squares, k, other, ideal, worst, start, count, above, below, out[b])
        for k in range(weights.shape[1]):
            if flat[k]:
                out[b, k] = 0.5


@njit(nogil=True, cache=True, fastmath=_SUMS, error_model="numpy")
def _scaled_squares(weights, spread, squares, flat):  # type: ignore[no-untyped-def]
    """Give the squares of the weighted spreads, the largest made 1, and where all are 0."""
    for k in range(weights.shape[0]):
        largest = 0.0
        for j in range(len(spread)):
            squares[k, j] = weights[k, j] * spread[j]
            largest = max(largest, squares[k, j])
        flat[k] = largest <= 0.0
        for j in range(len(spread)):
            scaled = squares[k, j] / (1.0 if flat[k] else largest)
            squares[k, j] = scaled * scaled


@njit(nogil=True, cache=True, fastmath=_SUMS, error_model="numpy")
def _close(squares, k, other, ideal, worst, start, count, above, below, out):  # type: ignore[no-untyped-def]
    """Add the last five criteria and write closeness: roots and division run while the next rows are read."""
    first, second = out[k, start : start + count], out[other, start : start + count]
    last = ideal.shape[0] - 5
    tiny = 1e-292
    a0, b0 = ideal[last, start : start + count], worst[last, start : start + count]
    a1, b1 = ideal[last + 1, start : start + count], worst[last + 1, start : start + count]
    a2, b2 = ideal[last + 2, start : start + count], worst[last + 2, start : start + count]
    a3, b3 = ideal[last + 3, start : start + count], worst[last + 3, start : start + count]
    a4, b4 = ideal[last + 4, start : start + count], worst[last + 4, start : start + count]
    v = squares[k, last:]
    w = squares[other, last:]
    v0, v1, v2, v3, v4 = v[0], v[1], v[2], v[3], v[4]
    w0, w1, w2, w3, w4 = w[0], w[1], w[2], w[3], w[4]
    above0, above1, below0, below1 = above[0], above[1], below[0], below[1]
    for i in range(count):
        to = above0[i] + (v0 * a0[i] + v1 * a1[i]) + (v2 * a2[i] + v3 * a3[i]) + v4 * a4[i]
        off = below0[i] + (v0 * b0[i] + v1 * b1[i]) + (v2 * b2[i] + v3 * b3[i]) + v4 * b4[i]
        first[i] = off / (off + np.sqrt(to * off) + tiny)
        to = above1[i] + (w0 * a0[i] + w1 * a1[i]) + (w2 * a2[i] + w3 * a3[i]) + w4 * a4[i]
        off = below1[i] + (w0 * b0[i] + w1 * b1[i]) + (w2 * b2[i] + w3 * b3[i]) + w4 * b4[i]
        second[i] = off / (off + np.sqrt(to * off) + tiny)


@njit(nogil=True, cache=True, fastmath=_EXTREMES, error_model="numpy")
def vikor(share, regret, weights, out):  # type: ignore[no-untyped-def]
    """Do as `mcda.scoring.methods._vikor` does."""
    blocks, criteria, alternatives = regret.shape
    epsilon = 2.220446049250313e-16
    v = float(share[0])
    scaled = np.empty(criteria)
    utility, most = np.empty(alternatives), np.empty(alternatives)
    for b in range(blocks):
        for k in range(weights.shape[1]):
            given = weights[b if weights.shape[0] > 1 else 0, k]
            largest = given.max()
            for j in range(criteria):
                scaled[j] = given[j] / largest
            add_products(scaled, regret[b], 0, utility)
            hold_largest(scaled, regret[b], most)
            least_u, least_m, top_u, top_m = utility[0], most[0], utility[0], most[0]
            for i in range(alternatives):
                least_u, top_u = min(least_u, utility[i]), max(top_u, utility[i])
                least_m, top_m = min(least_m, most[i]), max(top_m, most[i])
            of_u = v / (top_u - least_u) if top_u - least_u > 4 * criteria * epsilon * top_u else 0.0
            of_m = (1.0 - v) / (top_m - least_m) if top_m - least_m > 8 * epsilon * top_m else 0.0
            for i in range(alternatives):
                out[b, k, i] = (utility[i] - least_u) * of_u + (most[i] - least_m) * of_m


def codas(tau: Array, gap: Array, squared: Array, weights: Array, out: Array) -> None:
    """Do as `mcda.scoring.methods._codas` does; NumPy sorts many weightings at a time, faster than a kernel could."""
    alternatives = gap.shape[2]
    low = np.int64((1 << max(alternatives - 1, 1).bit_length()) - 1)
    step = max(1, _SORTED_AT_ONCE // alternatives)
    for first in range(0, weights.shape[1], step):
        some = slice(first, min(first + step, weights.shape[1]))
        euclidean, taxicab = np.empty((2, gap.shape[0], some.stop - first, alternatives))
        # A distance is not negative, so its bits are ordered as it is; its last ones make room for the position.
        keys = np.empty(euclidean.shape, np.int64)
        _distances(gap, squared, weights[:, some], euclidean, taxicab)
        np.bitwise_and(euclidean.view(np.int64), ~low, out=keys)
        keys |= np.arange(alternatives)
        keys.sort(axis=-1)
        keys &= low
        _assess(float(tau[0]), keys, euclidean, taxicab, out[:, some])


@njit(nogil=True, cache=True, fastmath=_SUMS, error_model="numpy")
def _distances(gap, squared, weights, euclidean, taxicab):  # type: ignore[no-untyped-def]
    blocks, criteria, alternatives = gap.shape
    squares = np.empty(criteria)
    for b in range(blocks):
        for k in range(weights.shape[1]):
            given = weights[b if weights.shape[0] > 1 else 0, k]
            for j in range(criteria):
                squares[j] = float(given[j]) * float(given[j])
            of_squares = euclidean[b, k]
            add_products(squares, squared[b], 0, of_squares)
            add_products(given, gap[b], 0, taxicab[b, k])
            for i in range(alternatives):
                of_squares[i] = np.sqrt(of_squares[i])


@njit(nogil=True, cache=True, fastmath={"contract"}, error_model="numpy")
def _assess(tau, orders, euclidean, taxicab, out):  # type: ignore[no-untyped-def]
    """Sum over the others: two pointers run along the sorted distances."""
    blocks, weightings, alternatives = euclidean.shape
    in_order, sums = np.empty(alternatives), np.zeros(alternatives + 1)
    for b in range(blocks):
        for k in range(weightings):
            order, own = orders[b, k], taxicab[b, k]
            for place in range(alternatives):
                # The last bits may have told two near ones apart the wrong way round.
                back, moved = place, order[place]
                here = euclidean[b, k, moved]
                while back > 0 and in_order[back - 1] > here:
                    in_order[back], order[back] = in_order[back - 1], order[back - 1]
                    back -= 1
                in_order[back], order[back] = here, moved
            total = 0.0
            for place in range(alternatives):
                sums[place + 1] = sums[place] + own[order[place]]
                total += in_order[place]
            below, above = 0, 0
            for place in range(alternatives):
                here = in_order[place]
                while below < alternatives and in_order[below] <= here - tau:
                    below += 1
                while above < alternatives and in_order[above] < here + tau:
                    above += 1
                if tau <= 0.0:
                    above = below
                far = sums[below] + (sums[alternatives] - sums[above])
                counted = below + (alternatives - above)
                out[b, k, order[place]] = alternatives * here - total + (counted * own[order[place]] - far)


@njit(nogil=True, cache=True, fastmath={"contract"}, error_model="numpy")
def cocoso(share, value, weights, out):  # type: ignore[no-untyped-def]
    """Do as `mcda.scoring.methods._cocoso` does: powers of levels from 0 to 1 by logarithms taken once."""
    blocks, criteria, alternatives = value.shape
    proportion = float(share[0])
    edge = 1e-100
    logs = np.empty((criteria, alternatives))
    sums, powers = np.empty(alternatives), np.empty(alternatives)
    for b in range(blocks):
        for j in range(criteria):
            for i in range(alternatives):
                level = float(value[b, j, i])
                # Below any exponent that matters: 0 to any positive power is 0.
                logs[j, i] = np.log(level) if level > 0.0 else -np.inf
        for k in range(weights.shape[1]):
            given = weights[b if weights.shape[0] > 1 else 0, k]
            add_products(given, value[b], 0, sums)
            powers[:] = 0.0
            for j in range(criteria):
                weight, row = float(given[j]), logs[j]
                if weight == 0.0:
                    for i in range(alternatives):
                        powers[i] += 1.0
                else:
                    for i in range(alternatives):
                        powers[i] += exponential(weight * row[i])
            _appraise(sums, powers, proportion, edge, out[b, k])


@njit(nogil=True, cache=True, fastmath=_EXTREMES, error_model="numpy")
def _appraise(sums, powers, proportion, edge, target):  # type: ignore[no-untyped-def]
    alternatives = len(sums)
    both, top_s, top_p = 0.0, 0.0, 0.0
    for i in range(alternatives):
        both += sums[i] + powers[i]
        top_s, top_p = max(top_s, sums[i]), max(top_p, powers[i])
    least_s, least_p = top_s, top_p
    for i in range(alternatives):
        least_s = min(least_s, sums[i] if sums[i] > top_s * edge else top_s)
        least_p = min(least_p, powers[i] if powers[i] > top_p * edge else top_p)
    of_s, of_p = (1.0 / least_s if least_s > 0.0 else 1.0), (1.0 / least_p if least_p > 0.0 else 1.0)
    most = proportion * top_s + (1.0 - proportion) * top_p
    of_both, of_most = 1.0 / both, (1.0 / most if most > 0.0 else 1.0)
    for i in range(alternatives):
        first = (sums[i] + powers[i]) * of_both
        second = sums[i] * of_s + powers[i] * of_p
        third = (proportion * sums[i] + (1.0 - proportion) * powers[i]) * of_most
        target[i] = cube_root(first * second * third) + (first + second + third) / 3.0


@njit(nogil=True, cache=True, fastmath=_SUMS, error_model="numpy")
def probid(value, ideals, from_average, spread, near, far, weights, out):  # type: ignore[no-untyped-def]
    """Do as `mcda.scoring.methods._probid` does."""
    blocks, criteria, alternatives = value.shape
    scaled, squares = np.empty(criteria), np.empty(criteria)
    levels, goals = np.empty((criteria, alternatives)), np.empty((criteria, alternatives))
    distances = np.empty(alternatives)
    for b in range(blocks):
        for k in range(weights.shape[1]):
            given = weights[b if weights.shape[0] > 1 else 0, k]
            largest = 0.0
            for j in range(criteria):
                scaled[j] = given[j] * spread[b, 0, j]
                largest = max(largest, scaled[j])
            for j in range(criteria):
                scaled[j] /= largest if largest > 0.0 else 1.0
                squares[j] = scaled[j] * scaled[j]
                for i in range(alternatives):
                    levels[j, i], goals[j, i] = scaled[j] * value[b, j, i], scaled[j] * ideals[b, j, i]
            target = out[b, k]
            add_products(squares, from_average[b], 0, distances)
            for i in range(alternatives):
                target[i] = np.sqrt(distances[i]) * largest
            for i in range(alternatives):
                add_squares(levels[:, i], goals, distances)
                positive, negative = 0.0, 0.0
                for place in range(alternatives):
                    distance = np.sqrt(distances[place])
                    positive += distance * near[b, place]
                    negative += distance * far[b, place]
                both = positive * positive + negative * negative
                target[i] += negative * negative / both if both > 0.0 else 0.5


@njit(nogil=True, cache=True, fastmath=_SUMS, error_model="numpy")
def multimoora(share, regret, logs, weights, out):  # type: ignore[no-untyped-def]
    """Do as `mcda.scoring.methods._multimoora` does."""
    blocks, criteria, alternatives = share.shape
    judged = np.empty((3, alternatives))
    margins = np.empty(3)
    given = np.empty(criteria)
    for b in range(blocks):
        for k in range(weights.shape[1]):
            for j in range(criteria):
                given[j] = weights[b if weights.shape[0] > 1 else 0, k, j]
            add_products(given, share[b], 0, judged[0])
            hold_largest(given, regret[b], judged[1])
            add_products(given, logs[b], 0, judged[2])
            for part in range(3):
                margins[part] = 1e-12 * np.abs(judged[part]).max()
            for i in range(alternatives):
                judged[1, i] = -judged[1, i]
            ratio, reference, product = judged[0], judged[1], judged[2]
            for i in range(alternatives):
                balance = np.int64(0)
                for other in range(alternatives):
                    first = ratio[i] - ratio[other]
                    second = reference[i] - reference[other]
                    third = product[i] - product[other]
                    won = np.int64(first > margins[0]) + np.int64(second > margins[1]) + np.int64(third > margins[2])
                    lost = (
                        np.int64(first < -margins[0]) + np.int64(second < -margins[1]) + np.int64(third < -margins[2])
                    )
                    balance += np.int64(won > lost) - np.int64(won < lost)
                out[b, k, i] = balance
