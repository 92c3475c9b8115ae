"""Compiled kernels for stacks of many complete judgement matrices; the NumPy path is their oracle."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

_LANES = 64  # matrices side by side, so that the processor works on several at once
_ENOUGH = 1e-14
_STEPS = 100


@njit(nogil=True, cache=True, error_model="numpy")
def all_are_sound(matrices, tolerance):  # type: ignore[no-untyped-def]
    """Say whether all matrices (m, n, n) are complete, positive, finite, 1 on the diagonal and reciprocal."""
    size = matrices.shape[1]
    for matrix in matrices:
        sound = True
        for i in range(size):
            sound &= matrix[i, i] == 1.0
            for j in range(i):
                sound &= (matrix[i, j] > 0.0) & (matrix[j, i] > 0.0)
                # NaN and infinities fail here as well.
                sound &= abs(matrix[i, j] * matrix[j, i] - 1.0) <= tolerance
                sound &= (matrix[i, j] < math.inf) & (matrix[j, i] < math.inf)
        if not sound:
            return False
    return True


@njit(nogil=True, cache=True, fastmath={"contract", "reassoc", "nsz"}, error_model="numpy")
def means_and_spread(logs, means, spread):  # type: ignore[no-untyped-def]
    """Give the row means (m, n) of logarithms (m, n, n), and the squared residuals around them, both halves."""
    size = logs.shape[1]
    for m in range(len(logs)):
        table, mean = logs[m], means[m]
        for i in range(size):
            total = 0.0
            for j in range(size):
                total += table[i, j]
            mean[i] = total / size
        squares = 0.0
        for i in range(size):
            row, own = table[i], mean[i]
            for j in range(size):
                residual = row[j] - own + mean[j]
                squares += residual * residual
        spread[m] = squares


@njit(nogil=True, cache=True, fastmath={"contract"}, error_model="numpy")
def principal_eigenpairs(matrices, start, vectors, values, settled):  # type: ignore[no-untyped-def]
    """Power iteration on D^-1 A D (m, n, n), D holding `start`, for `_LANES` matrices side by side."""
    count, size = start.shape
    table = np.ones((size, size, _LANES))
    vector, image = np.empty((size, _LANES)), np.empty((size, _LANES))
    total, scale, change = np.empty(_LANES), np.empty(_LANES), np.empty(_LANES)
    for first in range(0, count, _LANES):
        many = min(_LANES, count - first)
        _lay_out(matrices, start, first, many, table)
        vector[:] = 1.0 / size
        for _ in range(_STEPS):
            _multiply(table, vector, image, total, scale, change)
            largest = 0.0
            for lane in range(many):
                largest = max(largest, change[lane])
            if largest <= _ENOUGH:
                break
        _multiply(table, vector, image, total, scale, change)
        for lane in range(many):
            values[first + lane] = total[lane]
            settled[first + lane] = change[lane] <= 1e-13
            whole = 0.0
            for i in range(size):
                vectors[first + lane, i] = vector[i, lane] * start[first + lane, i]
                whole += vectors[first + lane, i]
            for i in range(size):
                vectors[first + lane, i] /= whole


@njit(nogil=True, cache=True, error_model="numpy")
def _lay_out(matrices, start, first, many, table):  # type: ignore[no-untyped-def]
    """Write D^-1 A D of many matrices from the first on, lane by lane."""
    size = start.shape[1]
    for lane in range(many):
        scale = start[first + lane]
        for i in range(size):
            inverse = 1.0 / scale[i]
            for j in range(size):
                table[i, j, lane] = matrices[first + lane, i, j] * scale[j] * inverse


@njit(nogil=True, cache=True, fastmath={"contract", "reassoc", "nsz", "nnan"}, error_model="numpy")
def _multiply(table, vector, image, total, scale, change):  # type: ignore[no-untyped-def]
    """Replace the vectors, which sum to 1, by their images; give the sums of the images and the largest changes."""
    size, lanes = vector.shape  # a constant would be unrolled, and not vectorised
    total[:] = 0.0
    change[:] = 0.0
    for i in range(size):
        row = image[i]
        row[:] = 0.0
        for j in range(size):
            entry, part = table[i, j], vector[j]
            for lane in range(lanes):
                row[lane] += entry[lane] * part[lane]
        for lane in range(lanes):
            total[lane] += row[lane]
    for lane in range(lanes):
        scale[lane] = 1.0 / total[lane]
    for i in range(size):
        row, own = image[i], vector[i]
        for lane in range(lanes):
            following = row[lane] * scale[lane]
            change[lane] = max(change[lane], abs(following - own[lane]))
            own[lane] = following
