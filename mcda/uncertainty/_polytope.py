"""Weights that agree with linear information, all equally likely."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from mcda.errors import InputError, LabelError
from mcda.uncertainty._distributions import combine, in_order
from mcda.uncertainty._special import special
from mcda.uncertainty._uniforms import BLOCK, random_block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mcda.arrays import FloatArray
    from mcda.uncertainty._sources import WeightDraw

_ROOM = 1e-9
"""With less slack than this, there is no room to draw in."""


def information(leaves: Sequence[str], asked: WeightDraw) -> tuple[FloatArray, FloatArray]:
    """Return the linear information as ``rows @ weights <= limits``, non-negativity included.

    Raises
    ------
    LabelError
        If a leaf is unknown.
    """
    place = {leaf: column for column, leaf in enumerate(leaves)}

    def unit(leaf: str) -> FloatArray:
        if leaf not in place:
            raise LabelError(f"The information on weights names '{leaf}'. The leaves are {', '.join(leaves)}.")
        row: FloatArray = np.eye(len(leaves))[place[leaf]]
        return row

    rows = [-np.eye(len(leaves))]
    limits = [np.zeros(len(leaves))]
    ranked = [unit(leaf) for leaf in asked.ranking]
    for better, worse in itertools.pairwise(ranked):
        rows.append((worse - better)[None])
        limits.append(np.zeros(1))
    for leaf, bound in asked.at_least:
        rows.append(-unit(leaf)[None])
        limits.append(np.array([-bound]))
    for leaf, bound in asked.at_most:
        rows.append(unit(leaf)[None])
        limits.append(np.array([bound]))
    for a, b, factor in asked.ratios:
        rows.append((factor * unit(b) - unit(a))[None])
        limits.append(np.zeros(1))
    return np.vstack(rows), np.concatenate(limits)


class HitAndRun:
    """Hit-and-run (Smith, 1984) on the part of the simplex that the information leaves.

    A pilot, the same for each run with this seed, takes 4 (c - 1)^3 steps from the point furthest from all limits
    (Tervonen, van Valkenhoef, Basturk and Postmus, 2013, found a thinning of (c - 1)^3 sufficient), with directions
    matched to the shape found halfway. Each draw then has a chain of its own from one of the 256 points of the pilot,
    with at least 2 (c - 1)^2 further steps, so that draws are nearly independent.

    Raises
    ------
    InputError
        If no weights, or only a slice without volume, agree with the information.
    """

    def __init__(self, leaves: Sequence[str], asked: WeightDraw, seed: int) -> None:
        rows, self._limits = information(leaves, asked)
        self._rows = np.ascontiguousarray(rows.T)
        self._seed = seed
        self._count = len(leaves)
        self._shape = np.eye(self._count)
        self._steps = max(40, 2 * (self._count - 1) ** 2)
        points = np.repeat(_centre(rows, self._limits)[None, :], BLOCK, axis=0)
        half = max(100, 2 * (self._count - 1) ** 3)
        points = self._walk(points, "first half", 0, half)
        self._shape = _root(points)
        self._pilot = self._walk(points, "second half", 0, half)
        self._shape = _root(self._pilot)

    def draw(self, number: int) -> FloatArray:
        """Return (BLOCK, leaves) weights for a block."""
        points = np.maximum(self._walk(self._pilot, "draws", number, self._steps), 0.0)
        return np.asarray(points / in_order(points)[:, None])

    def _walk(self, points: FloatArray, phase: str, number: int, steps: int) -> FloatArray:
        points = points.copy()
        slack = np.maximum(self._limits - combine(points, self._rows), 0.0)
        for step in range(steps):
            uniform = random_block(self._seed, f"weights {phase} {step}", number, self._count + 1)
            toward = combine(special.ndtri(uniform[:, : self._count]), self._shape)
            toward -= (in_order(toward) / self._count)[:, None]
            speed = combine(toward, self._rows)
            with np.errstate(divide="ignore", invalid="ignore"):
                reach = slack / speed
            most = np.where(speed > 0.0, reach, np.inf).min(axis=1)
            least = np.where(speed < 0.0, reach, -np.inf).max(axis=1)
            along = (least + uniform[:, self._count] * (most - least))[:, None]
            points += along * toward
            slack = np.maximum(slack - along * speed, 0.0)
        return points


def _root(points: FloatArray) -> FloatArray:
    """Return the symmetric square root of the covariance of points: directions of that shape cross a long body fast."""
    values, vectors = np.linalg.eigh(np.cov(points.T))
    return np.ascontiguousarray((vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T)


def _centre(rows: FloatArray, limits: FloatArray) -> FloatArray:
    """Return the point with the greatest slack to the nearest limit, measured inside the simplex."""
    from scipy.optimize import linprog

    count = rows.shape[1]
    inside = rows - rows.mean(axis=1, keepdims=True)
    length = np.linalg.norm(inside, axis=1)
    found = linprog(
        c=np.append(np.zeros(count), -1.0),
        A_ub=np.column_stack([rows, length]),
        b_ub=limits,
        A_eq=np.append(np.ones(count), 0.0)[None],
        b_eq=[1.0],
        bounds=[(None, None)] * (count + 1),
        method="highs",
    )
    point = found.x
    if point is None or point[-1] < -_ROOM:
        raise InputError(
            "No weighting agrees with the information on weights. Drop or loosen a ranking, bound or ratio."
        )
    if point[-1] < _ROOM:
        raise InputError(
            "The information on weights leaves a slice without room to draw in. Loosen a bound or a ratio, so that "
            "each weight can vary."
        )
    return np.asarray(point[:-1])
