"""Incomplete judgement matrices: eigenvector-optimal completion, and Harker's method."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.errors import NoAnswerError
from mcda.weights.pairwise._graph import log_judgements, logarithmic_least_squares, normalised

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mcda.arrays import FloatArray

_STEPS = 100
_ENOUGH = 1e-13


def eigenvector_completion(matrix: FloatArray) -> tuple[FloatArray, FloatArray, float]:
    """Fill the gaps so that the largest eigenvalue is as small as possible.

    Parameters
    ----------
    matrix : (n, n)
        Reciprocal, NaN where not answered; its answers connect everything.

    Returns
    -------
    The completed matrix, its principal eigenvector (summing to 1) and its eigenvalue.

    Notes
    -----
    Bozóki, Fülöp and Rónyai (2010): in the logarithms of the missing entries the largest eigenvalue is strictly
    convex where the comparison graph is connected, so the minimum is unique. Solved by Newton's method with the exact
    gradient y'(dA)x / y'x and the Hessian of perturbation theory, starting from the logarithmic least squares
    completion.
    """
    answered = ~np.isnan(matrix)
    x = logarithmic_least_squares(log_judgements(matrix), answered.astype(np.float64))
    rows, columns = np.nonzero(np.triu(~answered))
    unknown = x[rows] - x[columns]
    weights, value, gradient, hessian = _derivatives(_filled(matrix, rows, columns, unknown), rows, columns)
    for _ in range(_STEPS):
        if np.abs(gradient).max() <= _ENOUGH * value:
            break
        step = np.linalg.solve(hessian, gradient)
        share, decrease = 1.0, float(gradient @ step)
        while True:
            candidate = unknown - share * step
            found = _derivatives(_filled(matrix, rows, columns, candidate), rows, columns)
            # Near the minimum the decrease is lost in rounding; there the full Newton step is right.
            if found[1] <= value - 1e-4 * share * decrease + 1e-14 * value:
                break
            share *= 0.5
        unknown = candidate
        weights, value, gradient, hessian = found
    else:
        raise NoAnswerError(
            f"The completion of this matrix did not converge in {_STEPS} steps (its gradient is still "
            f"{np.abs(gradient).max():.2g}). Use method='logarithmic_least_squares', which has a closed form."
        )
    return _filled(matrix, rows, columns, unknown), weights, value


def _filled(matrix: FloatArray, rows: NDArray[np.intp], columns: NDArray[np.intp], logs: FloatArray) -> FloatArray:
    full = matrix.copy()
    full[rows, columns] = np.exp(logs)
    full[columns, rows] = np.exp(-logs)
    return full


def _derivatives(
    full: FloatArray, rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> tuple[FloatArray, float, FloatArray, FloatArray]:
    """Eigenvector, eigenvalue, and the eigenvalue's gradient and Hessian in the logarithms of the entries."""
    right, value = perron(full)
    left, _ = perron(full.T)
    left = left / (left @ right)
    up = full[rows, columns] * left[rows] * right[columns]
    down = full[columns, rows] * left[columns] * right[rows]
    size, count = len(full), len(rows)
    projector = np.outer(right, left)
    resolvent = np.linalg.inv(value * np.eye(size) - full + projector) - projector
    each = np.arange(count)
    from_left = np.zeros((count, size))
    from_left[each, columns] = left[rows] * full[rows, columns]
    from_left[each, rows] = -left[columns] * full[columns, rows]
    to_right = np.zeros((size, count))
    to_right[rows, each] = full[rows, columns] * right[columns]
    to_right[columns, each] = -full[columns, rows] * right[rows]
    mixed = from_left @ resolvent @ to_right
    return right, value, up - down, mixed + mixed.T + np.diag(up + down)


def perron(matrix: FloatArray) -> tuple[FloatArray, float]:
    """Return the principal eigenvector (summing to 1) and eigenvalue of one non-negative primitive matrix."""
    values, vectors = np.linalg.eig(matrix)
    place = int(values.real.argmax())
    vector = np.abs(vectors[:, place].real)
    return vector / vector.sum(), float(values[place].real)


def harker(matrix: FloatArray) -> tuple[FloatArray, float]:
    """Return weights and eigenvalue by Harker's method for one matrix (n, n).

    Notes
    -----
    Harker (1987): a missing judgement is replaced by w_i / w_j, which makes the eigenvalue problem linear: zero where
    not answered, and 1 plus the number of gaps of the row on the diagonal.
    """
    gaps = np.isnan(matrix)
    filled = np.where(gaps, 0.0, matrix) + np.diag(gaps.sum(axis=-1).astype(np.float64))
    # A similarity by the least squares weights brings the entries near 1, for accuracy.
    scale = normalised(logarithmic_least_squares(log_judgements(matrix), (~gaps).astype(np.float64)))
    vector, value = perron(filled * scale / scale[:, None])
    weights = vector * scale
    return weights / weights.sum(), value
