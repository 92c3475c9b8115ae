"""Many scenarios in one compiled call: the best known portfolio first, then the proof."""

from __future__ import annotations

from typing import Any

from solvers.branch_and_bound._bounds import keeps_row
from solvers.branch_and_bound._compile import borrowed, compiled, entry, reassociated
from solvers.branch_and_bound._levels import DELICATE, FOUND, OVERFLOW, borrowed_levels
from solvers.branch_and_bound._search import DONE, PAUSED
from solvers.branch_and_bound._solve import maximise

OPTIMAL, INFEASIBLE, UNSETTLED, LIMIT = 0, 1, 2, 3


@reassociated
def quick_dot(c: Any, x: Any) -> float:
    """Value of a point of the pool, good enough to compare."""
    value = 0.0
    for j in range(c.size):
        value += c[j] * x[j]
    return value


@compiled
def best_known(c: Any, A: Any, b: Any, unit: Any, fix: Any, pool: Any, count: int) -> int:
    """Portfolio of the pool that is worth most among those that keep rows and fixings; -1 if none does."""
    best, at, tight = -1e300, -1, -1  # the row that was broken last is looked at first
    for p in range(count):
        value = quick_dot(c, pool[p])
        if value <= best or (tight >= 0 and quick_dot(A[tight], pool[p]) > b[tight] + 1e-6 * abs(b[tight])):
            continue
        fits = True
        for j in range(c.size):
            if fix[j] >= 0 and int(pool[p, j] > 0.5) != fix[j]:
                fits = False
                break
        if not fits:
            continue
        for i in range(b.size):
            if keeps_row(A, b, pool[p], unit, i) != 1:
                fits, tight = False, i
                break
        if fits:
            best, at = value, p
    return at


@compiled
def keep(pool: Any, count: int, point: Any) -> int:
    """Put a portfolio into the pool unless it is there; return how many it holds."""
    for p in range(count):
        same = True
        for j in range(point.size):
            if int(pool[p, j] > 0.5) != point[j]:
                same = False
                break
        if same:
            return count
    if count < pool.shape[0]:
        for j in range(point.size):
            pool[count, j] = point[j]
        return count + 1
    return count


@compiled
def settle_scenario(c: Any, root: Any, answer: Any, others: Any, k: int) -> int:
    """Write down the candidates of one scenario; return OPTIMAL, INFEASIBLE or UNSETTLED."""
    found = root.state[FOUND]
    if root.state[DELICATE] == 1 or root.state[OVERFLOW] == 1 or found > others.shape[1] + 1:
        return UNSETTLED
    if found == 0:
        return INFEASIBLE
    first = 0
    for i in range(found):
        if root.worth[i] > root.worth[first]:
            first = i
    place = 0
    for i in range(found):
        if i == first:
            for j in range(c.size):
                answer[k, j] = root.found[i, j]
        else:
            for j in range(c.size):
                others[k, place, j] = root.found[i, j]
            place += 1
    return OPTIMAL


@entry
def solve_block(
    C: Any,
    A: Any,
    B: Any,
    size: Any,
    unit: Any,
    fix: Any,
    margins: Any,
    swaps: int,
    most_nodes: int,
    pool: Any,
    count: int,
    root: Any,
    levels: Any,
    answer: Any,
    others: Any,
    more: Any,
    status: Any,
    nodes: Any,
    bounds: Any,
) -> int:
    """Solve scenarios one after the other; return how many portfolios the pool holds.

    C (s, n), B (s, m), A (s, m, n), size and unit (s, m) and fix (s, n) may have one row for all. `answer` (s, n) is
    filled with the best portfolio, `others` (s, e, n) with further ones of nearly the same value, `more` (s,) with
    their number, `status` (s,) with what became of it, `nodes` (s,) with the nodes searched, `bounds` (s,) with what
    no portfolio that was not looked at exceeds (where a limit ended the search; `more` is -1 if nothing was found).
    `margins` holds the window of ties and the margin of the cutoff, relative to the sum of absolute values.
    """
    scenarios = status.size
    C, A, B, pool = borrowed(C), borrowed(A), borrowed(B), borrowed(pool)
    root, levels = borrowed_levels(root), borrowed_levels(levels)
    for k in range(scenarios):
        c, b = C[k if C.shape[0] > 1 else 0], B[k if B.shape[0] > 1 else 0]
        of = k if A.shape[0] > 1 else 0
        free = fix[k if fix.shape[0] > 1 else 0].copy()
        scale = 1e-290
        for j in range(c.size):
            scale += abs(c[j])
        at = best_known(c, A[of], b, unit[of], free, pool, count)
        for j in range(c.size):
            root.ratio[j] = pool[at, j] if at >= 0 else 0.0
        known = root.ratio[: c.size].copy()
        window, margin = -margins[0] * scale, margins[1] * scale
        status[k] = UNSETTLED
        stopped, looked = maximise(
            c,
            A[of],
            b,
            size[of],
            unit[of],
            free,
            known,
            at >= 0,
            window,
            margin,
            -1 if at >= 0 else swaps,
            most_nodes,
            root,
            levels,
        )
        if stopped == DONE:
            status[k] = settle_scenario(c, root, answer, others, k)
            more[k] = root.state[FOUND] - 1
        nodes[k] = looked
        if stopped == PAUSED:
            status[k] = LIMIT
            found_any = root.state[FOUND] > 0 and settle_scenario(c, root, answer, others, k) == OPTIMAL
            more[k] = 0 if found_any else -1
        bounds[k] = root.bound[0]
        if status[k] == OPTIMAL:
            count = keep(pool, count, answer[k])
    return count
