"""One problem from start to end: fix, relax, shrink, search."""

from __future__ import annotations

from typing import Any

import numpy as np

from solvers.branch_and_bound._bounds import keeps_rows, propagate, row_can_bind
from solvers.branch_and_bound._compile import compiled
from solvers.branch_and_bound._heuristics import construct
from solvers.branch_and_bound._levels import FOUND, OVERFLOW, make_room, tableau
from solvers.branch_and_bound._search import DONE, TROUBLE, begin, drop_fixed, offer, open_bound_of, search

NONE = -1e300  # value of the best candidate while there is none
READY, CLOSED = 3, 0


@compiled
def worth_of(c: Any, x: Any) -> float:
    """Value of a point, added up in the order of the columns."""
    value = 0.0
    for j in range(c.size):
        if x[j] > 0.5:
            value += c[j]
    return value


@compiled
def row_sizes(A: Any) -> Any:
    """Sum of absolute coefficients of each row."""
    size = np.zeros(A.shape[0])
    for i in range(A.shape[0]):
        for j in range(A.shape[1]):
            size[i] += abs(A[i, j])
    return size


@compiled
def open_root(
    c: Any,
    A: Any,
    b: Any,
    size: Any,
    unit: Any,
    fix: Any,
    known: Any,
    use_known: bool,
    window: float,
    margin: float,
    swaps: int,
    root: Any,
) -> int:
    """Propagate, relax and look for a first portfolio: CLOSED, READY or TROUBLE. `root` has one level.

    On return ``root.found`` holds the candidates so far, ``root.fix[0]`` what is fixed.
    """
    n = c.size
    root.state[:] = 0
    root.best[0], root.best[1] = NONE, NONE
    if use_known:
        root.point[:n] = known
        offer(root, worth_of(c, root.point[:n]), window, n)
    if not propagate(A, b, fix):
        return CLOSED
    answer = begin(c, A, b, size, fix, root, margin)
    if answer == 2:
        return TROUBLE
    if answer == 0:
        return CLOSED
    for j in range(n):
        root.ratio[j] = root.x[0, j]
    for i in range(b.size):
        if root.basic[0, i] < n:
            root.ratio[root.basic[0, i]] = root.beta[0, i]
    made = swaps >= 0 and construct(c, A, b, fix, root.ratio, root.reduced, swaps, root.point)
    if made and keeps_rows(A, b, root.point, unit) == 1:
        offer(root, worth_of(c, root.point[:n]), window, n)
        if root.bound[0] < root.best[1]:
            return CLOSED
        drop_fixed(root, 0, b.size, n, root.bound[0], root.best[1])
    return READY


@compiled
def shrink(c: Any, A: Any, b: Any, unit: Any, root: Any, levels: Any) -> tuple[Any, Any, Any, Any, Any, Any, float]:
    """Leave out fixed columns and rows that cannot bind, and hand the root's tableau to the search.

    Returns the smaller c, A, b, unit, the columns kept, the size of the rows and the value already fixed.
    """
    m, n = A.shape
    fix = root.fix[0]
    place = np.full(n, -1)
    columns = np.empty(n, np.int64)
    free, offset = 0, 0.0
    for j in range(n):
        if fix[j] < 0:
            columns[free], place[j] = j, free
            free += 1
        elif fix[j] == 1:
            offset += c[j]
    inside = np.zeros(m, np.bool_)  # rows whose slack is nonbasic have to stay
    for q in range(root.active[0]):
        if root.nonbasic[0, q] >= n:
            inside[root.nonbasic[0, q] - n] = True
    rows = np.empty(m, np.int64)
    at_row = np.full(m, -1)
    kept = 0
    for i in range(m):
        if inside[i] or row_can_bind(A, b, fix, i):
            rows[kept], at_row[i] = i, kept
            kept += 1
    c2, A2, b2 = np.empty(free), np.empty((kept, free)), np.empty(kept)
    unit2 = np.empty(kept)
    for t in range(free):
        c2[t] = c[columns[t]]
    for s in range(kept):
        i = rows[s]
        b2[s], unit2[s] = b[i], unit[i]
        for j in range(n):
            if fix[j] == 1:
                b2[s] -= A[i, j]
        for t in range(free):
            A2[s, t] = A[i, columns[t]]
    active, row = root.active[0], 0
    above, T = tableau(root, 0, m), make_room(levels, 0, kept, active)
    for i in range(m):
        v = root.basic[0, i]
        if v >= n and at_row[v - n] < 0:
            continue
        for q in range(T.shape[1]):
            T[row, q] = above[i, q] if q < active else 0.0
        levels.beta[0, row] = root.beta[0, i]
        levels.basic[0, row] = place[v] if v < n else free + at_row[v - n]
        row += 1
    for q in range(active):
        v = root.nonbasic[0, q]
        levels.nonbasic[0, q] = place[v] if v < n else free + at_row[v - n]
        levels.d[0, q], levels.at[0, q] = root.d[0, q], root.at[0, q]
    for t in range(free):
        levels.x[0, t], levels.fix[0, t] = root.x[0, columns[t]], -1
    levels.active[0], levels.stage[0] = active, 0
    levels.z[0], levels.bound[0] = (
        root.z[0] - offset,
        root.bound[0] - offset + 1e-15 * (abs(root.bound[0]) + abs(offset)),
    )
    levels.state[:] = 0
    levels.best[0], levels.best[1] = root.best[0], root.best[1]
    if root.best[0] > NONE:
        levels.best[0] -= offset
        levels.best[1] -= offset
    return c2, A2, b2, unit2, columns[:free].copy(), row_sizes(A2), offset


@compiled
def collect(c: Any, root: Any, levels: Any, columns: Any, offset: float, window: float, fix: Any) -> None:
    """Bring the candidates of the search back to all columns, into ``root``."""
    n = c.size
    root.state[OVERFLOW] = max(root.state[OVERFLOW], levels.state[OVERFLOW])
    for at in range(levels.state[FOUND]):
        for j in range(n):
            root.point[j] = 1.0 if fix[j] == 1 else 0.0
        for t in range(columns.size):
            root.point[columns[t]] = levels.found[at, t]
        offer(root, worth_of(c, root.point[:n]), window, n)


@compiled
def maximise(
    c: Any,
    A: Any,
    b: Any,
    size: Any,
    unit: Any,
    fix: Any,
    known: Any,
    use_known: bool,
    window: float,
    margin: float,
    swaps: int,
    most_nodes: int,
    root: Any,
    levels: Any,
) -> tuple[int, int]:
    """Solve one problem: status (DONE, PAUSED, TROUBLE) and nodes.

    The candidates are in `root`, and ``root.bound[0]`` bounds every portfolio that was not looked at.
    """
    answer = open_root(c, A, b, size, unit, fix, known, use_known, window, margin, swaps, root)
    if answer == CLOSED:
        return DONE, 1
    if answer == TROUBLE:
        return TROUBLE, 1
    c2, A2, b2, unit2, columns, size2, offset = shrink(c, A, b, unit, root, levels)
    status = search(c2, A2, b2, size2, unit2, levels, window, margin, most_nodes)
    delicate = levels.state[4]
    open_bound = offset + open_bound_of(levels)
    root.bound[0] = min(root.bound[0], open_bound + 1e-15 * (abs(open_bound) + abs(offset)))
    collect(c, root, levels, columns, offset, window, root.fix[0])
    root.state[4] = delicate
    return status, levels.state[1]
