"""The memory of a search: one tableau and one set of fixings for each level of the tree."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from solvers.branch_and_bound._compile import borrowed, compiled
from solvers.branch_and_bound._tableau import LANES, width_for


class Levels(NamedTuple):
    """One tableau and one set of fixings per level of the tree, and the state of the search."""

    T: Any  # (levels, m * width), each level's tableau in rows of its own `width`
    width: Any  # (levels,)
    d: Any  # (levels, n)
    beta: Any  # (levels, m)
    at: Any  # (levels, n)
    nonbasic: Any  # (levels, n)
    basic: Any  # (levels, m)
    x: Any  # (levels, n)
    fix: Any  # (levels, n): -1 free, else 0 or 1
    z: Any  # (levels,) objective of the level's tableau
    bound: Any  # (levels,) safe bound of the level's node
    active: Any  # (levels,) columns left
    stage: Any  # (levels,)
    branch: Any  # (levels, 4): variable, its row or -1, its column or -1, value of the first child
    worse: Any  # (levels,) penalty of the second child
    y: Any  # (m,)
    reduced: Any  # (n,)
    ratio: Any  # (n,)
    ray: Any  # (2,)
    point: Any  # (n,)
    state: Any  # (5,): depth, nodes, candidates, overflow, delicate
    found: Any  # (most, n): candidates within the tolerance of the best
    worth: Any  # (most,)
    best: Any  # (3,): value of the best candidate, cutoff, above 0 to make the search stop


DEPTH, NODES, FOUND, OVERFLOW, DELICATE = 0, 1, 2, 3, 4


def allocate(m: int, n: int, candidates: int, levels: int = 0) -> Levels:
    """Memory for problems of up to m rows and n columns."""
    depth = levels or n + 2
    return Levels(
        np.zeros((depth, m * -(-n // LANES) * LANES)),
        np.zeros(depth, np.int64),
        np.empty((depth, n)),
        np.empty((depth, m)),
        np.empty((depth, n), np.int8),
        np.empty((depth, n), np.int32),
        np.empty((depth, m), np.int32),
        np.empty((depth, n)),
        np.empty((depth, n), np.int8),
        np.empty(depth),
        np.empty(depth),
        np.empty(depth, np.int64),
        np.empty(depth, np.int64),
        np.empty((depth, 4), np.int64),
        np.empty(depth),
        np.empty(m),
        np.empty(n),
        np.empty(n),
        np.empty(2, np.int64),
        np.empty(n),
        np.zeros(5, np.int64),
        np.empty((candidates, n), np.int8),
        np.empty(candidates),
        np.zeros(3),
    )


@compiled
def borrowed_levels(levels: Any) -> Any:
    """Return the same memory without counts of references (see `borrowed`)."""
    return Levels(
        borrowed(levels.T),
        borrowed(levels.width),
        borrowed(levels.d),
        borrowed(levels.beta),
        borrowed(levels.at),
        borrowed(levels.nonbasic),
        borrowed(levels.basic),
        borrowed(levels.x),
        borrowed(levels.fix),
        borrowed(levels.z),
        borrowed(levels.bound),
        borrowed(levels.active),
        borrowed(levels.stage),
        borrowed(levels.branch),
        borrowed(levels.worse),
        borrowed(levels.y),
        borrowed(levels.reduced),
        borrowed(levels.ratio),
        borrowed(levels.ray),
        borrowed(levels.point),
        borrowed(levels.state),
        borrowed(levels.found),
        borrowed(levels.worth),
        borrowed(levels.best),
    )


@compiled
def tableau(levels: Any, k: int, m: int) -> Any:
    """Rows of the tableau of a level; columns beyond the active ones are zero or left over."""
    width = levels.width[k]
    return levels.T[k, : m * width].reshape((m, width))


@compiled
def make_room(levels: Any, k: int, m: int, columns: int) -> Any:
    """Rows for a tableau of some columns, to be filled."""
    levels.width[k] = width_for(columns)
    return tableau(levels, k, m)


@compiled
def read_point(levels: Any, k: int, m: int, n: int) -> None:
    """Round the point of a level."""
    for j in range(n):
        levels.point[j] = 1.0 if levels.x[k, j] > 0.5 else 0.0
    for i in range(m):
        if levels.basic[k, i] < n:
            levels.point[levels.basic[k, i]] = 1.0 if levels.beta[k, i] > 0.5 else 0.0
