"""Weights that agree with linear information, every one equally likely."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linprog
from scipy.special import ndtri

from mcda.errors import InputError, LabelError
from mcda.scenarios._distributions import combine, in_order
from mcda.scenarios._uniforms import BLOCK, random_block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mcda.scenarios._distributions import FloatArray
    from mcda.scenarios._sources import WeightDraw

_ROOM = 1e-9
"""Less slack than this is no room to draw in."""


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
    for better, worse in itertools.pairwise(asked.ranking):
        rows.append((unit(worse) - unit(better))[None])
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
    """Hit-and-run on the part of the simplex that the information leaves (Smith, 1984).

    Every draw has a chain of its own, from the point furthest from all limits, with (c - 1)^3 steps: the thinning that
    Tervonen, van Valkenhoef, Basturk and Postmus (2013) found enough for weights. Draws are therefore independent.

    Raises
    ------
    InputError
        If no weighting, or only a slice without volume, agrees with the information.
    """

    def __init__(self, leaves: Sequence[str], asked: WeightDraw, seed: int) -> None:
        self._rows, self._limits = information(leaves, asked)
        self._seed = seed
        self._count = len(leaves)
        self._steps = max(1, (self._count - 1) ** 3)
        self._start = _centre(self._rows, self._limits)

    def draw(self, number: int) -> FloatArray:
        """Return (BLOCK, leaves) weights for a block."""
        points = np.repeat(self._start[None, :], BLOCK, axis=0)
        rows = np.ascontiguousarray(self._rows.T)
        slack = self._limits - combine(points, rows)
        width = self._count + 1
        for step in range(self._steps):
            uniform = random_block(self._seed, f"weights step {step}", number, width)
            toward = ndtri(uniform[:, : self._count])
            toward -= (in_order(toward) / self._count)[:, None]
            speed = combine(toward, rows)
            with np.errstate(divide="ignore", invalid="ignore"):
                reach = slack / speed
            most = np.where(speed > 0.0, reach, np.inf).min(axis=1)
            least = np.where(speed < 0.0, reach, -np.inf).max(axis=1)
            along = (least + uniform[:, self._count] * (most - least))[:, None]
            points += along * toward
            slack = np.maximum(slack - along * speed, 0.0)
        points = np.maximum(points, 0.0)
        return np.asarray(points / in_order(points)[:, None])


def _centre(rows: FloatArray, limits: FloatArray) -> FloatArray:
    """Return the point with the greatest slack to the nearest limit, measured inside the simplex."""
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
