"""Depth-first search over a tree of dual simplex tableaus, which can stop at any node and go on later."""

from __future__ import annotations

from typing import Any

from solvers.branch_and_bound._bounds import keeps_rows, lagrangian_bound
from solvers.branch_and_bound._compile import compiled
from solvers.branch_and_bound._levels import DELICATE, DEPTH, FOUND, NODES, OVERFLOW, make_room, read_point, tableau
from solvers.branch_and_bound._tableau import (
    CUT,
    FAR,
    INFEASIBLE,
    OPTIMAL,
    drop_column,
    dual_simplex,
    flip,
    leave,
    multipliers,
    penalty,
    ray_multipliers,
    start,
    stepped_multipliers,
)

DONE, PAUSED, TROUBLE = 0, 1, 2
NEW, FIRST, SECOND = 0, 1, 2
WHOLE = 1e-7  # a value this near to 0 or 1 counts as whole; the point is then checked in the rows themselves


@compiled
def offer(levels: Any, value: float, window: float, n: int) -> None:
    """Take ``levels.point`` as a candidate: keep it if it is within the window of the best, drop what no longer is."""
    count = levels.state[FOUND]
    if value > levels.best[0]:
        levels.best[0] = value
        levels.best[1] = value + window
        kept = 0
        for i in range(count):
            if levels.worth[i] >= value + window:
                if kept != i:
                    levels.worth[kept] = levels.worth[i]
                    for j in range(n):
                        levels.found[kept, j] = levels.found[i, j]
                kept += 1
        count = kept
    elif value < levels.best[0] + min(window, 0.0):
        return
    for i in range(count):
        same = True
        for j in range(n):
            if levels.found[i, j] != int(levels.point[j] > 0.5):
                same = False
                break
        if same:
            levels.state[FOUND] = count
            return
    if window > 0.0:
        count = 0
    if count >= levels.worth.size:
        levels.state[OVERFLOW] = 1
        levels.state[FOUND] = count
        return
    levels.worth[count] = value
    for j in range(n):
        levels.found[count, j] = int(levels.point[j] > 0.5)
    levels.state[FOUND] = count + 1


@compiled
def settle(c: Any, A: Any, b: Any, size: Any, levels: Any, k: int, status: int) -> int:
    """Close a node whose tableau has stopped, or fix what its bound fixes: 0 closed, 1 open, 2 trouble."""
    m, n = A.shape
    T, d, nonbasic, basic, fix = tableau(levels, k, m), levels.d[k], levels.nonbasic[k], levels.basic[k], levels.fix[k]
    active, cutoff = levels.active[k], levels.best[1]
    if status == INFEASIBLE:
        r = levels.ray[0]
        ray_multipliers(T, nonbasic, active, n, r, basic[r], levels.ray[1] == 1, levels.y)
        if lagrangian_bound(c, A, b, size, fix, levels.y, levels.reduced, True) < 0.0:
            return 0
        return 2
    multipliers(d, nonbasic, active, n, levels.y)
    bound = lagrangian_bound(c, A, b, size, fix, levels.y, levels.reduced, False)
    if bound < cutoff:
        return 0
    if status != OPTIMAL:
        return 2
    levels.bound[k] = bound
    drop_fixed(levels, k, m, n, bound, cutoff)
    return 1


@compiled
def drop_fixed(levels: Any, k: int, m: int, n: int, bound: float, cutoff: float) -> None:
    """Fix nonbasic variables whose other value cannot reach the cutoff, and forget their columns."""
    T, d, at, nonbasic, fix = tableau(levels, k, m), levels.d[k], levels.at[k], levels.nonbasic[k], levels.fix[k]
    active, q = levels.active[k], 0
    while q < active:
        j = nonbasic[q]
        if j < n and bound - abs(levels.reduced[j]) * 0.999999999999 < cutoff and at[q] == int(levels.reduced[j] > 0.0):
            fix[j] = at[q]
            active = drop_column(T, d, at, nonbasic, active, m, q)
        else:
            q += 1
    levels.active[k] = active


@compiled
def relax(c: Any, A: Any, b: Any, size: Any, levels: Any, k: int, margin: float) -> int:
    """Solve the relaxation of a level anew, from the rows themselves: 0 closed, 1 open, 2 trouble."""
    m, n = A.shape
    T, d, beta, at = make_room(levels, k, m, n), levels.d[k], levels.beta[k], levels.at[k]
    nonbasic, basic, x = levels.nonbasic[k], levels.basic[k], levels.x[k]
    active, z = start(c, A, b, levels.fix[k], T, d, beta, at, nonbasic, basic, x)
    levels.active[k] = active
    answer = 2
    for cut in (levels.best[1] - margin, -FAR):
        status, z = dual_simplex(T, d, beta, at, nonbasic, basic, x, active, m, n, z, cut, levels.ratio, levels.ray)
        levels.z[k] = z
        answer = settle(c, A, b, size, levels, k, status)
        if answer != 2 or status != CUT:
            break  # only where the tableau's own objective was too hopeful is the relaxation solved to its end
    return answer


@compiled
def begin(c: Any, A: Any, b: Any, size: Any, fix: Any, levels: Any, margin: float) -> int:
    """Solve the root; ``levels.best`` holds the cutoff. Returns 0 closed, 1 open, 2 trouble."""
    for j in range(c.size):
        levels.fix[0, j] = fix[j]
    levels.state[DEPTH], levels.state[NODES] = 0, 1
    answer = relax(c, A, b, size, levels, 0, margin)
    levels.stage[0] = NEW
    if answer != 1:
        levels.state[DEPTH] = -1
    return answer


@compiled
def descend(c: Any, A: Any, b: Any, size: Any, levels: Any, k: int, value: int, margin: float) -> int:
    """Make the child of level k where the branching variable has a value: 0 closed, 1 open, 2 trouble."""
    m, n = A.shape
    child, active = k + 1, levels.active[k]
    above, T = tableau(levels, k, m), make_room(levels, k + 1, m, active)
    for i in range(m):
        for j in range(active):
            T[i, j] = above[i, j]
        for j in range(active, T.shape[1]):
            T[i, j] = 0.0
        levels.beta[child, i], levels.basic[child, i] = levels.beta[k, i], levels.basic[k, i]
    for q in range(active):
        levels.d[child, q], levels.at[child, q] = levels.d[k, q], levels.at[k, q]
        levels.nonbasic[child, q] = levels.nonbasic[k, q]
    for j in range(n):
        levels.x[child, j], levels.fix[child, j] = levels.x[k, j], levels.fix[k, j]
    d, beta, at = levels.d[child], levels.beta[child], levels.at[child]
    nonbasic, basic, x = levels.nonbasic[child], levels.basic[child], levels.x[child]
    variable, row, column = levels.branch[k, 0], levels.branch[k, 1], levels.branch[k, 2]
    levels.fix[child, variable] = value
    z, status = levels.z[k], OPTIMAL
    if row >= 0:
        status, z, active = leave(
            T, d, beta, at, nonbasic, basic, x, active, m, n, z, row, float(value), levels.ratio, levels.ray
        )
    else:
        if at[column] != value:
            z = flip(T, d, beta, at, nonbasic, x, m, column, z)
        active = drop_column(T, d, at, nonbasic, active, m, column)
    levels.active[child] = active
    answer = 2
    for cut in (levels.best[1] - margin, -FAR):
        if status != INFEASIBLE:
            status = CUT
            if z > cut:
                status, z = dual_simplex(
                    T, d, beta, at, nonbasic, basic, x, active, m, n, z, cut, levels.ratio, levels.ray
                )
        levels.z[child] = z
        answer = settle(c, A, b, size, levels, child, status)
        if answer != 2 or status != CUT:
            break
    if answer == 2:  # rounding has piled up on the way down
        answer = relax(c, A, b, size, levels, child, margin)
    return answer


@compiled
def closed_by_penalty(c: Any, A: Any, b: Any, size: Any, levels: Any, k: int, value: int) -> bool:
    """Whether one dual step, its multipliers checked, closes a child without making it."""
    m, n = A.shape
    variable, row = levels.branch[k, 0], levels.branch[k, 1]
    up = value == 1
    T, d, at, nonbasic, fix = tableau(levels, k, m), levels.d[k], levels.at[k], levels.nonbasic[k], levels.fix[k]
    delta = 1.0 - levels.beta[k, row] if up else levels.beta[k, row]
    spare = levels.z[k] - levels.best[1]
    enough = spare + 1e-9 * abs(levels.z[k])
    fall, step = penalty(T, d, at, nonbasic, levels.active[k], n, row, up, delta, enough, levels.ratio)
    if fall < spare:
        return False
    farkas = fall >= FAR
    if farkas:
        ray_multipliers(T, nonbasic, levels.active[k], n, row, levels.basic[k, row], up, levels.y)
    else:
        stepped_multipliers(T, d, nonbasic, levels.active[k], n, m, row, levels.basic[k, row], up, step, levels.y)
    before = fix[variable]
    fix[variable] = value
    bound = lagrangian_bound(c, A, b, size, fix, levels.y, levels.reduced, farkas)
    fix[variable] = before
    return bound < (0.0 if farkas else levels.best[1])


@compiled
def choose(levels: Any, k: int, m: int, n: int) -> bool:
    """Choose the variable whose two children lose most (dual penalties); False if every value is whole."""
    T, d, at, nonbasic, basic = tableau(levels, k, m), levels.d[k], levels.at[k], levels.nonbasic[k], levels.basic[k]
    active, found, best = levels.active[k], False, -1.0
    spare = levels.z[k] - levels.best[1] + 1e-9 * abs(levels.z[k])
    for i in range(m):
        value = levels.beta[k, i]
        if basic[i] >= n or value < WHOLE or value > 1.0 - WHOLE or levels.fix[k, basic[i]] >= 0:
            continue
        down, _ = penalty(T, d, at, nonbasic, active, n, i, False, value, spare, levels.ratio)
        up, _ = penalty(T, d, at, nonbasic, active, n, i, True, 1.0 - value, spare, levels.ratio)
        least = 1e-9 * spare
        score = FAR
        if down < spare and up < spare:
            score = max(down, least) * max(up, least)
        if score > best:
            best, found = score, True
            levels.branch[k, 0], levels.branch[k, 1], levels.branch[k, 2] = basic[i], i, -1
            levels.branch[k, 3] = 0 if down <= up else 1
            levels.worse[k] = max(down, up)
        if score == FAR:
            break
    return found


@compiled
def close_neighbours(c: Any, A: Any, b: Any, size: Any, levels: Any, k: int) -> bool:
    """Fix free variables at a whole point where the other value is closed; False if none stays free.

    Else the variable to branch on is set, and its other value comes first.
    """
    m, n = A.shape
    for i in range(m):
        j = levels.basic[k, i]
        if j < n and levels.fix[k, j] < 0:
            here = 1 if levels.beta[k, i] > 0.5 else 0
            levels.branch[k, 0], levels.branch[k, 1], levels.branch[k, 2] = j, i, -1
            levels.branch[k, 3], levels.worse[k] = 1 - here, 0.0
            if not closed_by_penalty(c, A, b, size, levels, k, 1 - here):
                return True
            levels.fix[k, j] = here
    for q in range(levels.active[k]):
        j = levels.nonbasic[k, q]
        if j < n:
            levels.branch[k, 0], levels.branch[k, 1], levels.branch[k, 2] = j, -1, q
            levels.branch[k, 3], levels.worse[k] = 1 - levels.at[k, q], 0.0
            return True
    return False


@compiled
def stands_alone(c: Any, A: Any, b: Any, size: Any, unit: Any, levels: Any, k: int) -> bool:
    """Whether the whole point of a node is the only one there that reaches the cutoff.

    Another point has to move a nonbasic variable. Those of the model are fixed where their reduced value is large;
    a slack of a row in whole numbers moves by at least its `unit`, which costs its multiplier.
    """
    m, n = A.shape
    multipliers(levels.d[k], levels.nonbasic[k], levels.active[k], n, levels.y)
    bound = lagrangian_bound(c, A, b, size, levels.fix[k], levels.y, levels.reduced, False)
    drop_fixed(levels, k, m, n, bound, levels.best[1])
    for q in range(levels.active[k]):
        j = levels.nonbasic[k, q]
        if j < n or bound - levels.y[j - n] * unit[j - n] * 0.999999999999 >= levels.best[1]:
            return False
    return True


@compiled
def search(
    c: Any, A: Any, b: Any, size: Any, unit: Any, levels: Any, window: float, margin: float, most_nodes: int
) -> int:
    """Go on until the tree is closed (DONE) or `most_nodes` have been looked at (PAUSED).

    `window` is added to the best value to get the cutoff: below 0 every candidate that near to the best is found,
    above 0 only a better one. `margin` is how far below the cutoff the tableau's own objective has to be before its
    bound is computed safely.
    """
    m, n = A.shape
    while levels.state[DEPTH] >= 0:
        k = levels.state[DEPTH]
        stage = levels.stage[k]
        if stage == NEW:
            if levels.state[NODES] >= most_nodes or levels.best[2] > 0.0:
                return PAUSED
            levels.state[NODES] += 1
            if levels.bound[k] < levels.best[1] or levels.state[OVERFLOW] == 1:
                levels.state[DEPTH] = k - 1
                continue
            if not choose(levels, k, m, n):
                read_point(levels, k, m, n)
                keeps = keeps_rows(A, b, levels.point, unit)
                if keeps == 2:
                    levels.state[DELICATE] = 1
                if keeps == 1:
                    value = 0.0
                    for j in range(n):
                        value += c[j] * levels.point[j]
                    offer(levels, value, window, n)
                alone = keeps == 1 and stands_alone(c, A, b, size, unit, levels, k)
                if alone or levels.bound[k] < levels.best[1] or not close_neighbours(c, A, b, size, levels, k):
                    levels.state[DEPTH] = k - 1
                    continue
            levels.stage[k] = FIRST
            continue
        if stage > SECOND or levels.bound[k] < levels.best[1]:
            levels.state[DEPTH] = k - 1
            continue
        levels.stage[k] = stage + 1
        value = levels.branch[k, 3] if stage == FIRST else 1 - levels.branch[k, 3]
        if (
            levels.branch[k, 1] >= 0
            and levels.worse[k] >= levels.z[k] - levels.best[1]
            and stage == SECOND
            and closed_by_penalty(c, A, b, size, levels, k, value)
        ):
            continue
        answer = descend(c, A, b, size, levels, k, value, margin)
        if answer == 2:
            return TROUBLE
        if answer == 1:
            levels.stage[k + 1] = NEW
            levels.state[DEPTH] = k + 1
    return DONE


@compiled
def open_bound_of(levels: Any) -> float:
    """Upper bound of whatever the search has not looked at yet; -1e300 if that is nothing."""
    bound = -FAR
    for k in range(levels.state[DEPTH] + 1):
        if levels.stage[k] <= SECOND:
            bound = max(bound, levels.bound[k])
    return bound
