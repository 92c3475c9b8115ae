"""Polytopes by their corners: cut by a half-space, measured by simplices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from mcda.uncertainty._sampling import basis

TOLERANCE = 1e-10
"""Slack below which a floating-point corner lies on a cut; corners in exact fractions need none."""


@dataclass(frozen=True, slots=True, eq=False)
class Polytope:
    """The corners of a bounded polytope, and the half-spaces with a boundary through each corner.

    Attributes
    ----------
    corners
        (k, d) floats, or exact fractions in an array of objects.
    tight
        (k, m) whether a corner lies on the boundary of a half-space.
    """

    corners: Any
    tight: np.ndarray

    @property
    def empty(self) -> bool:
        """Whether nothing is left."""
        return len(self.corners) == 0

    @property
    def dimension(self) -> int:
        """Dimension of the smallest flat space that contains it; -1 if it is empty."""
        return -1 if self.empty else basis(np.asarray(self.corners, dtype=float)).shape[0]


def unit_simplex(count: int, number: Any = float) -> Polytope:
    """Return all weights of `count` criteria: non-negative, summing to 1.

    Examples
    --------
    >>> unit_simplex(2).corners
    array([[1., 0.],
           [0., 1.]])
    """
    corners = np.array([[number(int(i == j)) for j in range(count)] for i in range(count)])
    return Polytope(corners, ~np.eye(count, dtype=bool))


def cut(polytope: Polytope, normal: Any, bound: Any, tolerance: float = TOLERANCE) -> Polytope:
    """Return the part where ``corners @ normal <= bound``.

    Parameters
    ----------
    polytope
        What to cut.
    normal, bound
        (d,) and one number, of the same kind (float or Fraction) as the corners.
    tolerance
        0 for exact fractions.

    Returns
    -------
    Polytope
        With one more half-space.

    Notes
    -----
    The double description method: each edge that the cut crosses gives one new corner (Motzkin, Raiffa, Thompson and
    Thrall, 1953); two corners share an edge when no third lies on every half-space that both lie on (Fukuda and
    Prodon, 1996, proposition 7).

    Examples
    --------
    >>> half = cut(unit_simplex(2), np.array([1.0, 0.0]), 0.5)
    >>> sorted(half.corners.tolist())
    [[0.0, 1.0], [0.5, 0.5]]
    """
    corners, tight = polytope.corners, polytope.tight
    slack = bound - corners @ normal
    beyond = slack < -tolerance
    within = slack > tolerance
    column = ~(beyond | within)
    kept = ~beyond
    if kept.all():
        return Polytope(corners, np.column_stack([tight, column]))
    one, two = _edges(tight, np.flatnonzero(within), np.flatnonzero(beyond))
    new = _between(corners, slack, one, two)
    common = tight[one] & tight[two]
    return Polytope(
        np.concatenate([corners[kept], new]) if len(new) else corners[kept],
        np.vstack(
            [
                np.column_stack([tight[kept], column[kept]]),
                np.column_stack([common, np.ones(len(one), dtype=bool)]),
            ]
        ),
    )


def _edges(tight: np.ndarray, within: np.ndarray, beyond: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs of corners, one on each side, that are joined by an edge."""
    ones, twos = [], []
    off = (~tight).astype(np.float32).T
    for i in within:
        common = tight[i] & tight[beyond]
        # How many corners lie on every half-space of the pair: only the two themselves, if it is an edge.
        sharing = (common.astype(np.float32) @ off < 0.5).sum(axis=1)
        joined = beyond[sharing == 2]
        ones += [int(i)] * len(joined)
        twos += joined.tolist()
    return np.array(ones, dtype=np.intp), np.array(twos, dtype=np.intp)


def _between(corners: Any, slack: Any, one: np.ndarray, two: np.ndarray) -> Any:
    gap = slack[one] - slack[two]
    return (corners[two] * slack[one][:, None] - corners[one] * slack[two][:, None]) / gap[:, None]


def measure(polytope: Polytope, directions: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the volume within the flat space that `directions` (d', d) span, and the centroid (d,).

    The polytope is split into simplices: a corner is joined to the simplices of every facet that does not contain it.
    A polytope that is flatter than the space has volume 0 and the mean of its corners as its centroid.

    Examples
    --------
    >>> volume, centroid = measure(unit_simplex(3), basis(unit_simplex(3).corners))
    >>> round(volume, 6), centroid.round(6)
    (0.866025, array([0.333333, 0.333333, 0.333333]))
    """
    from math import factorial

    corners = np.asarray(polytope.corners, dtype=float)
    if polytope.empty:
        return 0.0, np.full(directions.shape[1], np.nan)
    middle = corners.mean(axis=0)
    size = directions.shape[0]
    flat = (corners - middle) @ directions.T
    if size == 0:
        return 1.0, middle
    if len(corners) <= size or basis(flat).shape[0] < size:
        return 0.0, middle
    if size == 1:
        ends = flat[:, 0]
        return float(np.ptp(ends)), middle + 0.5 * (ends.min() + ends.max()) * directions[0]
    everyone = (1 << len(corners)) - 1
    sides = {sum(1 << int(i) for i in np.flatnonzero(column)) for column in polytope.tight.T}
    pieces = np.array([piece for piece in _simplices(everyone, tuple(sides)) if len(piece) == size + 1])
    volumes = np.abs(np.linalg.det(flat[pieces[:, 1:]] - flat[pieces[:, :1]])) / factorial(size)
    total = float(volumes.sum())
    if total == 0.0:
        return 0.0, middle
    centre = (volumes[:, None] * flat[pieces].mean(axis=1)).sum(axis=0) / total
    return total, middle + centre @ directions


def _simplices(face: int, sides: tuple[int, ...]) -> list[list[int]]:
    """Split a face (a set of corners, as bits of a number) into simplices; `sides` are the corners of half-spaces."""
    first = (face & -face).bit_length() - 1
    if face & (face - 1) == 0:
        return [[first]]
    parts = {side & face for side in sides} - {0, face}
    facets = [part for part in parts if not any(part != other and part & other == part for other in parts)]
    found = []
    for facet in facets:
        if not facet >> first & 1:
            found += [[first, *piece] for piece in _simplices(facet, sides)]
    return found
