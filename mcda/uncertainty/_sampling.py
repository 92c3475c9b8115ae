"""Random weights: uniform on the simplex, on mixes and on any polytope within the simplex."""

from __future__ import annotations

from typing import Any

import numpy as np

from mcda.arrays import read_rng
from mcda.errors import InputError

_PILOT = 4096
_ACCEPTANCE_AT_LEAST = 0.02  # below this share, throwing points away costs more than walking
_CHAINS = 512
_WARM_UP = 20  # steps per squared dimension before the first draw, from the centre of the whitened polytope
_BETWEEN = 3  # steps per squared dimension between draws of one chain


def read_draws(draws: int) -> int:
    """Raise an error unless the number of draws is a positive whole number."""
    given: Any = draws
    if isinstance(given, bool) or not isinstance(given, int | np.integer) or given < 1:
        raise InputError(f"draws must be a whole number of at least 1. Got {draws!r}.")
    return int(draws)


def draw_mixes(count: int, draws: int, rng: np.random.Generator | int) -> np.ndarray:
    """Draw shares (draws, count) uniformly from the simplex: Dirichlet(1, ..., 1).

    Independent uniform numbers divided by their sum are *not* uniform on the simplex: they cluster at its centre.

    Examples
    --------
    >>> draw_mixes(3, 1000, 0).mean(axis=0).round(1)
    array([0.3, 0.3, 0.3])
    """
    drawn = read_rng(rng).standard_exponential((draws, count))
    return np.asarray(drawn / drawn.sum(axis=1, keepdims=True))


def draw_polytope(
    corners: np.ndarray, normals: np.ndarray, bounds: np.ndarray, draws: int, rng: np.random.Generator | int
) -> np.ndarray:
    """Draw points (draws, c) uniformly from a polytope within the simplex.

    Parameters
    ----------
    corners
        (t, c) its extreme points.
    normals, bounds
        (m, c) and (m,): it is the part of the simplex where ``normals @ point <= bounds``.
    draws
        How many.
    rng
        The generator or its seed.

    Returns
    -------
    numpy.ndarray
        (draws, c).

    Examples
    --------
    >>> drawn = draw_polytope(np.array([[1.0, 0], [0.5, 0.5]]), np.array([[-1.0, 1.0]]), np.zeros(1), 2000, 0)
    >>> drawn.mean(axis=0).round(2)
    array([0.75, 0.25])
    """
    generator = read_rng(rng)
    count = corners.shape[1]
    if len(normals) == 0:
        return draw_mixes(count, draws, generator)
    directions = basis(corners)
    if len(directions) == count - 1:
        pilot = draw_mixes(count, _PILOT, generator)
        share = float((pilot @ normals.T <= bounds).all(axis=1).mean())
        if share >= _ACCEPTANCE_AT_LEAST:
            return _rejected(count, normals, bounds, draws, share, generator)
    if len(directions) == 0:
        return np.repeat(corners[:1], draws, axis=0)
    if len(corners) == len(directions) + 1:
        return np.asarray(
            draw_mixes(len(corners), draws, generator) @ corners
        )  # mixes of the corners are uniform on a simplex
    return _hit_and_run(corners, directions, normals, bounds, draws, generator)


def basis(points: np.ndarray) -> np.ndarray:
    """Return orthonormal directions (d', d) that span the differences of points (k, d).

    Examples
    --------
    >>> basis(np.array([[0.0, 0.0], [2.0, 0.0], [5.0, 0.0]])).round(6).__abs__()
    array([[1., 0.]])
    """
    apart = points - points.mean(axis=0)
    _, size, directions = np.linalg.svd(apart, full_matrices=False)
    found: np.ndarray = directions[size > 1e-9 * max(1.0, float(size[0]) if len(size) else 0.0)]
    return found


def _rejected(
    count: int, normals: np.ndarray, bounds: np.ndarray, draws: int, share: float, generator: np.random.Generator
) -> np.ndarray:
    parts, left = [], draws
    while left > 0:
        tried = draw_mixes(count, min(int(1.1 * left / share) + 64, 1 << 18), generator)
        fitting = tried[(tried @ normals.T <= bounds).all(axis=1)][:left]
        parts.append(fitting)
        left -= len(fitting)
    return np.concatenate(parts)


def _hit_and_run(
    corners: np.ndarray,
    directions: np.ndarray,
    normals: np.ndarray,
    bounds: np.ndarray,
    draws: int,
    generator: np.random.Generator,
) -> np.ndarray:
    """Walk many chains side by side: a random direction, then a random point of the chord (Smith, 1984).

    The polytope is first rescaled to be about equally wide in every direction (by the spread of its corners), so that
    the walk mixes within some multiple of the squared dimension. Each chain starts at a random mix of all corners.
    """
    count, size = corners.shape[1], len(directions)
    middle = corners.mean(axis=0)
    flat = (corners - middle) @ directions.T
    stretch = np.linalg.cholesky(flat.T @ flat / len(flat))
    back = stretch.T @ directions  # a whitened point z stands for the weights middle + z @ back
    rows = np.vstack([normals, -np.eye(count)])
    right = np.concatenate([bounds, np.zeros(count)]) - rows @ middle
    left = rows @ back.T
    moving = np.abs(left).max(axis=1) > 1e-12
    left, right = left[moving], right[moving]
    chains = min(draws, _CHAINS)
    whitened = np.linalg.solve(stretch, flat.T).T
    at = draw_mixes(len(corners), chains, generator) @ whitened
    found = []
    rounds = -(-draws // chains)
    for turn in range(rounds):
        for _ in range(size * size * (_WARM_UP if turn == 0 else _BETWEEN)):
            heading = generator.standard_normal((chains, size))
            along, room = heading @ left.T, np.maximum(right - at @ left.T, 0.0)
            with np.errstate(divide="ignore", invalid="ignore"):
                ratio = room / along
            ahead = np.where(along > 0, ratio, np.inf).min(axis=1)
            behind = np.where(along < 0, ratio, -np.inf).max(axis=1)
            at = at + (behind + generator.random(chains) * (ahead - behind))[:, None] * heading
        found.append(at)
    points = middle + np.concatenate(found)[:draws] @ back
    points = np.maximum(points, 0.0)
    return np.asarray(points / points.sum(axis=1, keepdims=True))
