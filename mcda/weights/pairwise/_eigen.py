"""The principal eigenpair of whole stacks of positive matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from types import ModuleType

    from mcda.arrays import FloatArray

_BLOCK = 512  # matrices worked on together: two buffers of them stay in cache
_SQUARINGS = 3
_ENOUGH = 1e-14
_STEPS = 60
_COMPILED_FROM = 4096  # matrices; for fewer, loading numba (once per process) costs more than it saves


def compiled_kernels(matrices: int) -> ModuleType | None:
    """Return the compiled kernels if there is enough work for them and numba is installed."""
    if matrices < _COMPILED_FROM:
        return None
    try:
        from mcda.weights.pairwise import _compiled
    except ImportError:
        return None
    return _compiled


def principal_eigenpair(matrices: FloatArray, start: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the principal right eigenvectors (summing to 1) and eigenvalues of positive matrices.

    Parameters
    ----------
    matrices : (m, n, n)
        Positive matrices.
    start : (m, n)
        Positive vectors near the eigenvectors, such as row geometric means.

    Returns
    -------
    (m, n) eigenvectors and (m,) eigenvalues.

    Notes
    -----
    Power iteration on B = D^-1 A D, where D holds `start`: B is near the matrix of ones wherever A is near
    consistent, so sums neither overflow nor cancel. Squaring B three times makes one step worth eight. The few matrices
    that have not converged after that go to LAPACK.
    """
    vectors = np.empty(matrices.shape[:2])
    values = np.empty(matrices.shape[0])
    kernels = compiled_kernels(len(matrices))
    if kernels is not None:
        settled = np.empty(len(matrices), dtype=np.bool_)
        kernels.principal_eigenpairs(matrices, start, vectors, values, settled)
        if not settled.all():
            vectors[~settled], values[~settled] = _block(matrices[~settled], start[~settled])
        return vectors, values
    for first in range(0, len(matrices), _BLOCK):
        rows = slice(first, first + _BLOCK)
        vectors[rows], values[rows] = _block(matrices[rows], start[rows])
    return vectors, values


def _block(matrices: FloatArray, start: FloatArray) -> tuple[FloatArray, FloatArray]:
    scaled = matrices * (start[:, None, :] / start[:, :, None])
    power = scaled
    for _ in range(_SQUARINGS):
        power = power @ power
        # Powers of a matrix with entries around n grow as n^8; dividing by one entry keeps them in range.
        power *= 1.0 / power[:, :1, :1]
    vector = power.sum(axis=-1)
    vector /= vector.sum(axis=-1, keepdims=True)
    settled = False
    for _ in range(_STEPS):
        following = np.matvec(power, vector) if hasattr(np, "matvec") else np.einsum("mij,mj->mi", power, vector)
        following /= following.sum(axis=-1, keepdims=True)
        settled = bool((np.abs(following - vector) <= _ENOUGH).all())
        vector = following
        if settled:
            break
    image = np.einsum("mij,mj->mi", scaled, vector)
    values = image.sum(axis=-1)
    if not settled:
        slow = (np.abs(image - values[:, None] * vector) > 1e-13 * values[:, None]).any(axis=-1)
        values[slow], vector[slow] = _lapack(scaled[slow])
    weights = vector * start
    return weights / weights.sum(axis=-1, keepdims=True), values


def _lapack(matrices: FloatArray) -> tuple[FloatArray, FloatArray]:
    values, vectors = np.linalg.eig(matrices)
    place = values.real.argmax(axis=-1)
    rows = np.arange(len(matrices))
    chosen = np.abs(vectors[rows, :, place].real)
    return values[rows, place].real, chosen / chosen.sum(axis=-1, keepdims=True)
