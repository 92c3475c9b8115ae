"""SMAA-2 by geometry: shares of the weight polytope, not samples from it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from mcda.arrays import read_directions
from mcda.errors import InputError
from mcda.robustness._polytopes import Polytope, cut, measure, unit_simplex
from mcda.robustness._reading import read_performance
from mcda.robustness._smaa import Smaa
from mcda.uncertainty._sampling import basis

if TYPE_CHECKING:
    from collections.abc import Hashable

    from mcda.arrays import Directions, Table
    from mcda.robustness._weight_sets import WeightSet

MOST_CELLS = 20_000
_FLAT = 1e-12


def smaa_exact(values: Table, weights: WeightSet | None = None, directions: Directions | None = None) -> Smaa:
    """Analyse ranks under weights known in part, exactly, for partial values that are known.

    Each pair of alternatives cuts the weight polytope where the two are equal; within each resulting cell the ranking
    is the same. Acceptabilities are volumes of cells, central weights are centroids.

    Parameters
    ----------
    values : array_like or DataFrame, shape (a, c)
        Partial values: more is better (unless `directions` says otherwise).
    weights : WeightSet, optional
        What is known of the weights; default: nothing.
    directions : sequence of {"max", "min", 1, -1}, shape (c,), optional
        "min" turns the sign of a partial value.

    Returns
    -------
    Smaa
        With `draws` 0: there is no sampling error.

    Raises
    ------
    InputError
        As in `mcda.smaa`; or the alternatives cut the weights into more than 20,000 cells (use `mcda.smaa`).

    Notes
    -----
    Definitions: Lahdelma and Salminen, *Operations Research* 49(3), 2001. Volumes by triangulation, in double
    precision.

    Examples
    --------
    >>> import mcda
    >>> mcda.smaa_exact([[1, 0, 0], [0, 1, 0], [0, 0, 1]]).central_weights.round(4)
    array([[0.6111, 0.1944, 0.1944],
           [0.1944, 0.6111, 0.1944],
           [0.1944, 0.1944, 0.6111]])
    """
    tables, alternatives, criteria = read_performance(values)
    if len(tables) != 1:
        raise InputError(f"smaa_exact needs one table of values, shape (a, c). Got {len(tables)}; use mcda.smaa.")
    table = tables[0]
    if directions is not None:
        table = table * read_directions(directions, criteria, len(criteria))
    whole = unit_simplex(len(criteria)) if weights is None else _of_set(weights, criteria)
    directions_of = basis(whole.corners)
    total, _ = measure(whole, directions_of)
    size = len(alternatives)
    ranks, wins = np.zeros((size, size)), np.zeros((size, size))
    sums, firsts = np.zeros((size, len(criteria))), np.zeros(size)
    for cell in _cells(whole, table):
        volume, centroid = measure(cell, directions_of)
        if volume <= _FLAT * total:
            continue
        share = volume / total
        scores = table @ centroid
        order = np.argsort(-scores, kind="stable")
        groups = _level(scores[order])
        for start, stop in groups:
            for which in order[start:stop]:
                ranks[which, start:stop] += share / (stop - start)
        lead = order[slice(*groups[0])]
        firsts[lead] += share / len(lead)
        sums[lead] += share / len(lead) * centroid
        wins += share * (scores[:, None] - scores[None, :] > 1e-12 * (1 + np.abs(scores).max()))
    central = sums / np.where(firsts > 0, firsts, np.nan)[:, None]
    return Smaa(alternatives, criteria, ranks, central, (firsts > 0).astype(float), wins, 0)


def _cells(whole: Polytope, table: np.ndarray) -> list[Polytope]:
    cells = [whole]
    for one in range(len(table)):
        for two in range(one):
            normal = table[one] - table[two]
            if not normal.any():
                continue
            normal = normal / np.abs(normal).max()
            halves = []
            for cell in cells:
                gap = cell.corners @ normal
                if gap.max() <= 1e-10 or gap.min() >= -1e-10:
                    halves.append(cell)
                else:
                    halves += [cut(cell, normal, 0.0), cut(cell, -normal, 0.0)]
            cells = halves
            if len(cells) > MOST_CELLS:
                raise InputError(
                    f"These alternatives cut the weights into more than {MOST_CELLS:,} cells. Use mcda.smaa, which "
                    "samples, or leave alternatives out."
                )
    return cells


def _level(ranked: np.ndarray) -> list[tuple[int, int]]:
    """Return runs of equal scores, as (start, stop), in falling scores."""
    edge = 1e-12 * (1.0 + float(np.abs(ranked).max()))
    starts = [0, *(np.flatnonzero(ranked[:-1] - ranked[1:] > edge) + 1).tolist(), len(ranked)]
    return list(itertools.pairwise(starts))


def _of_set(weights: WeightSet, criteria: tuple[Hashable, ...]) -> Polytope:
    if len(weights.criteria) != len(criteria):
        raise InputError(f"The weights are of {len(weights.criteria)} criteria, the values of {len(criteria)}.")
    corners = weights.polytope.corners.astype(np.float64)
    if set(weights.criteria) == set(criteria):
        corners = corners[:, [weights.criteria.index(label) for label in criteria]]
    return Polytope(corners, weights.polytope.tight)
