"""One tree for many scenarios at once: each leaves a node as soon as a bound closes the node for it.

Scenarios differ in their values only. The tableau follows one vector of values, the middle of the group; its row
multipliers bound every scenario (weak duality holds for any values), each against the best portfolio known for it.
So a node costs one linear program for the whole group, and one pass over the columns for each scenario still in it.
Whatever is left at the end (a limit on nodes, trouble) is searched for on its own.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from solvers.branch_and_bound._block import OPTIMAL, UNSETTLED, best_known, keep, quick_dot
from solvers.branch_and_bound._bounds import UNIT, keeps_rows, propagate
from solvers.branch_and_bound._compile import borrowed, compiled, entry, reassociated
from solvers.branch_and_bound._levels import DEPTH, FOUND, NODES, borrowed_levels, read_point, tableau
from solvers.branch_and_bound._search import DONE, FIRST, NEW, SECOND, begin, choose, descend
from solvers.branch_and_bound._solve import NONE, maximise, shrink
from solvers.branch_and_bound._tableau import drop_column, multipliers

EJECTED = 4


@reassociated
def inner_bound(c: Any, ya: Any, low: Any, high: Any) -> float:
    """Best sum of reduced values, each variable between `low` and `high`."""
    total = 0.0
    for j in range(c.size):
        reduced = c[j] - ya[j]
        total += max(low[j] * reduced, high[j] * reduced)
    return total


@reassociated
def widen(c: Any, spare: float, least: Any, most: Any) -> None:
    """Keep the least ``c - spare`` and the most ``c + spare`` of the scenarios that are open."""
    for j in range(c.size):
        least[j] = min(least[j], c[j] - spare)
        most[j] = max(most[j], c[j] + spare)


@compiled
def leave_node(
    C: Any,
    A: Any,
    b: Any,
    size: Any,
    y: Any,
    fix: Any,
    members: Any,
    count: int,
    status: Any,
    cutoff: Any,
    scale: Any,
    ya: Any,
    bound: Any,
    least: Any,
    most: Any,
) -> int:
    """Drop the scenarios for which the multipliers close the node; return how many stay.

    ``bound[s]`` is set for those that stay, and `least` and `most` over them: free variable j may be fixed to 1 where
    ``least[j] > ya[j]``, to 0 where ``most[j] < ya[j]``, for all of them. Every sum is rounded upwards by a margin.
    """
    m, n = A.shape
    low, high = np.empty(n), np.empty(n)
    constant, spread, used = 0.0, 0.0, 0
    for j in range(n):
        ya[j], least[j], most[j] = 0.0, 1e300, -1e300
        low[j] = 1.0 if fix[j] == 1 else 0.0
        high[j] = 0.0 if fix[j] == 0 else 1.0
    for i in range(m):
        if y[i] > 0.0:
            used += 1
            constant += y[i] * b[i]
            spread += y[i] * (abs(b[i]) + size[i])
            for j in range(n):
                ya[j] += y[i] * A[i, j]
    kept, rounding = 0, (used + n + 4) * UNIT
    for at in range(count):
        s = members[at]
        if status[s] == EJECTED:
            continue
        reach = scale[s] + spread
        one = constant + inner_bound(C[s], ya, low, high) + reach * rounding
        if one < cutoff[s]:
            continue
        bound[s] = one
        widen(C[s], one - cutoff[s] + 1e-14 * reach, least, most)
        members[kept] = s
        kept += 1
    return kept


@compiled
def drop_for_all(levels: Any, k: int, m: int, n: int, ya: Any, least: Any, most: Any) -> None:
    """Fix nonbasic variables whose other value reaches no open scenario's cutoff, and forget their columns."""
    T, d, at, nonbasic, fix = tableau(levels, k, m), levels.d[k], levels.at[k], levels.nonbasic[k], levels.fix[k]
    active, q = levels.active[k], 0
    while q < active:
        j = nonbasic[q]
        if j < n and ((at[q] == 1 and least[j] > ya[j]) or (at[q] == 0 and most[j] < ya[j])):
            fix[j] = at[q]
            active = drop_column(T, d, at, nonbasic, active, m, q)
        else:
            q += 1
    levels.active[k] = active


@compiled
def alone_for(c: Any, levels: Any, k: int, n: int, ya: Any, unit: Any, spare: float) -> bool:
    """Whether the whole point of a node is the only one there that reaches a scenario's cutoff (see `stands_alone`)."""
    for q in range(levels.active[k]):
        j = levels.nonbasic[k, q]
        if j < n:
            at_most = c[j] - ya[j]
            loss = at_most if levels.at[k, q] == 1 else -at_most
        else:
            loss = levels.y[j - n] * unit[j - n]
        if loss * 0.999999999999 <= spare:
            return False
    return True


@compiled
def free_variable(levels: Any, k: int, m: int, n: int) -> bool:
    """Branch on any variable that is still free at a whole point, its other value first; False if there is none."""
    for i in range(m):
        j = levels.basic[k, i]
        if j < n and levels.fix[k, j] < 0:
            levels.branch[k, 0], levels.branch[k, 1], levels.branch[k, 2] = j, i, -1
            levels.branch[k, 3] = 0 if levels.beta[k, i] > 0.5 else 1
            return True
    for q in range(levels.active[k]):
        j = levels.nonbasic[k, q]
        if j < n:
            levels.branch[k, 0], levels.branch[k, 1], levels.branch[k, 2] = j, -1, q
            levels.branch[k, 3] = 1 - levels.at[k, q]
            return True
    return False


@compiled
def raise_cutoffs(C: Any, point: Any, window: Any, best: Any, cutoff: Any) -> None:
    """Make a portfolio the best of every scenario for which it is."""
    for s in range(best.size):
        value = quick_dot(C[s], point)
        if value > best[s]:
            cutoff[s] += value - best[s] if best[s] > NONE else value - window[s] - cutoff[s]
            best[s] = value


@compiled
def eject(members: Any, count: int, status: Any) -> None:
    """Leave scenarios to a search of their own."""
    for at in range(count):
        status[members[at]] = EJECTED


@compiled
def search_group(
    C: Any,
    C2: Any,
    middle: Any,
    A: Any,
    b: Any,
    size: Any,
    unit: Any,
    columns: Any,
    whole: Any,
    levels: Any,
    margin: float,
    most_nodes: int,
    window: Any,
    best: Any,
    cutoff: Any,
    scale: Any,
    status: Any,
    members: Any,
    counts: Any,
    pool: Any,
    held: int,
) -> int:
    """Close the tree for all scenarios; return how many portfolios the pool holds. The pool takes what is found.

    `A`, `b` and `C2` are without what is fixed, `whole` (n,) is 1 where a column is fixed in; `cutoff` is of C2.
    """
    m, n = A.shape
    ya, least, most = np.empty(n), np.empty(n), np.empty(n)
    bound, point = np.empty(best.size), np.empty(whole.size)
    bits = np.empty(whole.size, np.int8)
    while levels.state[DEPTH] >= 0:
        k = levels.state[DEPTH]
        stage = levels.stage[k]
        if stage == NEW:
            levels.state[NODES] += 1
            if levels.state[NODES] > most_nodes or levels.best[2] > 0.0:
                for level in range(k + 1):
                    eject(members[level], counts[level], status)
                return held
            multipliers(levels.d[k], levels.nonbasic[k], levels.active[k], n, levels.y)
            count = leave_node(
                C2,
                A,
                b,
                size,
                levels.y,
                levels.fix[k],
                members[k],
                counts[k],
                status,
                cutoff,
                scale,
                ya,
                bound,
                least,
                most,
            )
            if count == 0:
                levels.state[DEPTH] = k - 1
                continue
            drop_for_all(levels, k, m, n, ya, least, most)
            spare = 0.0
            for at in range(count):
                spare = max(spare, bound[members[k, at]] - cutoff[members[k, at]])
            levels.best[1] = levels.z[k] - spare
            fractional = choose(levels, k, m, n)
            levels.best[1] = NONE
            if not fractional:
                read_point(levels, k, m, n)
                keeps = keeps_rows(A, b, levels.point, unit)
                if keeps == 2:
                    eject(members[k], count, status)
                    count = 0
                if keeps == 1:
                    point[:] = whole
                    for t in range(n):
                        point[columns[t]] = levels.point[t]
                    for j in range(whole.size):
                        bits[j] = int(point[j] > 0.5)
                    before = held
                    held = keep(pool, held, bits)
                    if held == pool.shape[0]:  # it may not have been kept
                        eject(members[k], count, status)
                        count = 0
                    elif held > before:
                        raise_cutoffs(C, point, window, best, cutoff)
                    kept = 0
                    for at in range(count):
                        s = members[k, at]
                        spare = bound[s] - cutoff[s]
                        if spare >= 0.0 and not alone_for(C2[s], levels, k, n, ya, unit, spare + 1e-14 * scale[s]):
                            members[k, kept] = s
                            kept += 1
                    count = kept
                if count == 0 or not free_variable(levels, k, m, n):
                    levels.state[DEPTH] = k - 1
                    continue
            counts[k] = count
            levels.stage[k] = FIRST
            continue
        if stage > SECOND:
            levels.state[DEPTH] = k - 1
            continue
        levels.stage[k] = stage + 1
        value = levels.branch[k, 3] if stage == FIRST else 1 - levels.branch[k, 3]
        answer = descend(middle, A, b, size, levels, k, value, margin)
        if answer == 2:
            eject(members[k], counts[k], status)
            levels.state[DEPTH] = k - 1
        elif answer == 1:
            members[k + 1, : counts[k]] = members[k, : counts[k]]
            counts[k + 1] = counts[k]
            levels.stage[k + 1] = NEW
            levels.state[DEPTH] = k + 1
    return held


@compiled
def write_candidates(
    C: Any, pool: Any, held: int, best: Any, window: Any, status: Any, answer: Any, others: Any, more: Any
) -> None:
    """Write down the best portfolio of each scenario that was not ejected, and those within its window."""
    for s in range(best.size):
        if status[s] == EJECTED:
            continue
        status[s], more[s], first, top = OPTIMAL, 0, -1, NONE
        for p in range(held):
            value = quick_dot(C[s], pool[p])
            if value < best[s] - window[s]:
                continue
            if first >= 0 and more[s] >= others.shape[1]:
                status[s] = UNSETTLED
                break
            into = pool[p]
            if first < 0:
                first, top = p, value
                for j in range(into.size):
                    answer[s, j] = int(into[j] > 0.5)
                continue
            better = value > top
            for j in range(into.size):
                bit = int(into[j] > 0.5)
                others[s, more[s], j] = answer[s, j] if better else bit
                if better:
                    answer[s, j] = bit
            top = max(top, value)
            more[s] += 1


@entry
def solve_group(
    C: Any,
    middle: Any,
    A: Any,
    b: Any,
    size: Any,
    unit: Any,
    fix: Any,
    margins: Any,
    swaps: int,
    most_nodes: int,
    pool: Any,
    held: int,
    root: Any,
    levels: Any,
    answer: Any,
    others: Any,
    more: Any,
    status: Any,
) -> int:
    """Solve scenarios that differ in their values, C (s, n), in one tree; return how many portfolios the pool holds.

    Those that the tree does not settle have `status` EJECTED. The pool must hold portfolios of this A, b and fix only.
    """
    C, A, pool = borrowed(C), borrowed(A), borrowed(pool)
    root, levels = borrowed_levels(root), borrowed_levels(levels)
    s, n = C.shape
    scale, window, best, cutoff = np.empty(s), np.empty(s), np.full(s, NONE), np.full(s, NONE)
    extent = 1e-290
    for j in range(n):
        extent += abs(middle[j])
    for k in range(s):
        scale[k] = 1e-290
        for j in range(n):
            scale[k] += abs(C[k, j])
        window[k] = margins[0] * scale[k]
        status[k] = EJECTED
    at = best_known(middle, A, b, unit, fix, pool, held)
    known = np.zeros(n)
    for j in range(n):
        known[j] = pool[at, j] if at >= 0 else 0.0
    free = fix.copy()
    stopped, _ = maximise(
        middle,
        A,
        b,
        size,
        unit,
        free,
        known,
        at >= 0,
        -margins[0] * extent,
        margins[1] * extent,
        -1 if at >= 0 else swaps,
        most_nodes,
        root,
        levels,
    )
    if stopped != DONE or root.state[FOUND] == 0 or root.state[4] == 1 or held + 1 >= pool.shape[0]:
        return held
    held = keep(pool, held, root.found[0])
    for p in range(held):
        raise_cutoffs(C, pool[p], window, best, cutoff)
    for k in range(s):
        cutoff[k] = best[k] - window[k]
    root.best[0], root.best[1], free = NONE, NONE, fix.copy()
    if not propagate(A, b, free) or begin(middle, A, b, size, free, root, 0.0) != 1:
        return held
    members, counts = np.empty((n + 2, s), np.int32), np.zeros(n + 2, np.int64)
    for k in range(s):
        status[k], members[0, k] = OPTIMAL, k
    ya, least, most, bound = np.empty(n), np.empty(n), np.empty(n), np.empty(s)
    multipliers(root.d[0], root.nonbasic[0], root.active[0], n, root.y)
    counts[0] = leave_node(
        C, A, b, size, root.y, root.fix[0], members[0], s, status, cutoff, scale, ya, bound, least, most
    )
    if counts[0] > 0:
        drop_for_all(root, 0, b.size, n, ya, least, most)
        middle2, A2, b2, unit2, columns, size2, _ = shrink(middle, A, b, unit, root, levels)
        C2, whole = np.empty((s, columns.size)), np.zeros(n)
        for j in range(n):
            whole[j] = 1.0 if root.fix[0, j] == 1 else 0.0
        for k in range(s):
            for t in range(columns.size):
                C2[k, t] = C[k, columns[t]]
            cutoff[k] -= quick_dot(C[k], whole) + 1e-14 * scale[k]
        levels.best[1] = NONE
        held = search_group(
            C,
            C2,
            middle2,
            A2,
            b2,
            size2,
            unit2,
            columns,
            whole,
            levels,
            0.0,
            most_nodes,
            window,
            best,
            cutoff,
            scale,
            status,
            members,
            counts,
            pool,
            held,
        )
    write_candidates(C, pool, held, best, window, status, answer, others, more)
    return held
