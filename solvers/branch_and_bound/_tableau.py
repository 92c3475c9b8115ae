"""A dense simplex tableau with bounds, which shrinks as columns are fixed, and its dual steps.

Variables 0..n-1 are the columns of the model, each from 0 to 1; n..n+m-1 are the slacks of the rows, each at
least 0. For the basic variable of row i and a move of the nonbasic ones by dx, ``basic_i = beta_i - T[i] @ dx``; `d`
are the reduced values, `at` says which nonbasic variables stand at their upper bound. A dual step keeps every
reduced value on its right side, so the objective is an upper bound all the way (Lemke 1954; bound flipping as in
Maros 2003), which is what branch and bound needs: it can stop as soon as the bound is low enough.
"""

from __future__ import annotations

from typing import Any

from solvers.branch_and_bound._compile import compiled, reassociated

SMALL = 1e-9  # entries of a row this small are no pivots
FAR = 1e300
LANES = 4  # numbers that a processor takes at a time
OPTIMAL, CUT, INFEASIBLE, TIRED = 0, 1, 2, 3


@compiled
def width_for(columns: int) -> int:
    """Columns that a tableau is given: whole vectors, so that no row ends in single steps."""
    return (columns + LANES - 1) // LANES * LANES


@compiled
def pivot(T: Any, d: Any, active: int, rows: int, r: int, q: int) -> None:
    """Exchange the basic variable of row r with the nonbasic one of column q."""
    inverse, width = 1.0 / T[r, q], T.shape[1] // LANES * LANES
    for j in range(width):
        T[r, j] *= inverse
    T[r, q] = inverse
    for i in range(rows):
        if i != r:
            factor = T[i, q]
            if factor != 0.0:
                for j in range(width):
                    T[i, j] -= factor * T[r, j]
                T[i, q] = -factor * inverse
    factor = d[q]
    if factor != 0.0:
        for j in range(active):
            d[j] -= factor * T[r, j]
    d[q] = -factor * inverse


@compiled
def drop_column(T: Any, d: Any, at: Any, nonbasic: Any, active: int, rows: int, q: int) -> int:
    """Forget a nonbasic variable that is fixed where it stands; the last column takes its place."""
    last = active - 1
    if q != last:
        for i in range(rows):
            T[i, q] = T[i, last]
        d[q], at[q], nonbasic[q] = d[last], at[last], nonbasic[last]
    return last


@compiled
def ratios(T: Any, d: Any, at: Any, active: int, r: int, up: bool, ratio: Any) -> None:
    """How far the dual step may go before each column's reduced value reaches zero, when row r moves up or down."""
    toward = -1.0 if up else 1.0
    for j in range(active):  # without branches, so that several columns go at a time
        side = 1.0 - 2.0 * at[j]
        a, cost = T[r, j] * (side * toward), -d[j] * side
        cost = cost if cost > 0.0 else 0.0
        value = cost / a
        ratio[j] = value if a > SMALL else FAR


@compiled
def penalty(
    T: Any,
    d: Any,
    at: Any,
    nonbasic: Any,
    active: int,
    n: int,
    r: int,
    up: bool,
    delta: float,
    enough: float,
    ratio: Any,
) -> tuple[float, float]:
    """How much the bound falls at least when the basic variable of row r moves by delta, and the dual step.

    Exact along the ratio test until a slack would enter or `enough` is reached; `FAR` if the move is impossible.
    """
    ratios(T, d, at, active, r, up, ratio)
    fall, step, left = 0.0, 0.0, delta
    while True:
        at_column, least = -1, 1e299
        for j in range(active):
            if ratio[j] < least:
                least, at_column = ratio[j], j
        if at_column < 0:
            return FAR, step
        if fall + (least - step) * left >= enough:
            return fall + (least - step) * left, step + 1.0001 * (enough - fall) / left
        fall += (least - step) * left
        step = least
        if nonbasic[at_column] >= n:
            return fall, step
        left -= abs(T[r, at_column])
        if left <= 1e-12:
            return fall, step
        ratio[at_column] = FAR


@reassociated
def squared_length(row: Any, active: int) -> float:
    """Squared length of a row: only a measure of which row to mend first."""
    length = 0.0
    for j in range(active):
        length += row[j] * row[j]
    return length


@compiled
def worst_row(T: Any, beta: Any, basic: Any, active: int, rows: int, n: int) -> tuple[int, bool, float, float]:
    """Row that breaks its bounds most for its length (dual steepest edge, measured exactly): row, up, target, delta."""
    row, best, up, target, delta = -1, 0.0, False, 0.0, 0.0
    for i in range(rows):
        value = beta[i]
        if value < -SMALL:
            excess, rises, bound = -value, True, 0.0
        elif basic[i] < n and value > 1.0 + SMALL:
            excess, rises, bound = value - 1.0, False, 1.0
        else:
            continue
        score = excess * excess / (1e-12 + squared_length(T[i], active))
        if score > best:
            row, best, up, target, delta = i, score, rises, bound, excess
    return row, up, target, delta


@compiled
def entering(
    T: Any,
    d: Any,
    beta: Any,
    at: Any,
    nonbasic: Any,
    x: Any,
    active: int,
    rows: int,
    n: int,
    r: int,
    delta: float,
    z: float,
    ratio: Any,
) -> tuple[int, float]:
    """Column that enters for row r (-1: the row cannot be mended) and the objective; columns passed are flipped."""
    left = delta
    while True:
        q, least = -1, 1e299
        for j in range(active):
            if ratio[j] < least or (ratio[j] == least and q >= 0 and abs(T[r, j]) > abs(T[r, q])):
                least, q = ratio[j], j
        if q < 0:
            return -1, z
        if nonbasic[q] >= n or left - abs(T[r, q]) <= 1e-12:
            return q, z
        left -= abs(T[r, q])
        z = flip(T, d, beta, at, nonbasic, x, rows, q, z)
        ratio[q] = FAR


@compiled
def flip(T: Any, d: Any, beta: Any, at: Any, nonbasic: Any, x: Any, rows: int, q: int, z: float) -> float:
    """Move a nonbasic column to its other bound; return the objective."""
    move = 1.0 if at[q] == 0 else -1.0
    for i in range(rows):
        beta[i] -= T[i, q] * move
    at[q] = 1 - at[q]
    x[nonbasic[q]] += move
    return z + d[q] * move


@compiled
def exchange(
    T: Any,
    d: Any,
    beta: Any,
    at: Any,
    nonbasic: Any,
    basic: Any,
    x: Any,
    active: int,
    rows: int,
    n: int,
    r: int,
    q: int,
    target: float,
    z: float,
) -> float:
    """Let column q enter and the variable of row r leave at its target; return the objective."""
    step = (beta[r] - target) / T[r, q]
    entered, left = nonbasic[q], basic[r]
    stood = x[entered] if entered < n else 0.0
    for i in range(rows):
        beta[i] -= T[i, q] * step
    z += d[q] * step
    beta[r] = stood + step
    pivot(T, d, active, rows, r, q)
    basic[r], nonbasic[q] = entered, left
    at[q] = 0
    if left < n:
        x[left] = target
        if target > 0.5:
            at[q] = 1
    return z


@compiled
def dual_simplex(
    T: Any,
    d: Any,
    beta: Any,
    at: Any,
    nonbasic: Any,
    basic: Any,
    x: Any,
    active: int,
    rows: int,
    n: int,
    z: float,
    cut: float,
    ratio: Any,
    ray: Any,
) -> tuple[int, float]:
    """Take dual steps until the point is feasible, or the bound is at or below `cut`; return status and objective.

    Where no step can mend a row, ``ray[0]`` is that row, and ``ray[1]`` 1 if it should have moved up.
    """
    for _ in range(50 * (rows + active) + 100):
        r, up, target, delta = worst_row(T, beta, basic, active, rows, n)
        if r < 0:
            return OPTIMAL, z
        ratios(T, d, at, active, r, up, ratio)
        q, z = entering(T, d, beta, at, nonbasic, x, active, rows, n, r, delta, z, ratio)
        if q < 0:
            ray[0], ray[1] = r, int(up)
            return INFEASIBLE, z
        z = exchange(T, d, beta, at, nonbasic, basic, x, active, rows, n, r, q, target, z)
        if z <= cut:
            return CUT, z
    return TIRED, z


@compiled
def leave(
    T: Any,
    d: Any,
    beta: Any,
    at: Any,
    nonbasic: Any,
    basic: Any,
    x: Any,
    active: int,
    rows: int,
    n: int,
    z: float,
    r: int,
    target: float,
    ratio: Any,
    ray: Any,
) -> tuple[int, float, int]:
    """Fix the basic variable of row r at its target and forget its column; return status, objective, columns left."""
    gap = beta[r] - target
    if abs(gap) < SMALL:
        q, least = -1, FAR
        for j in range(active):
            if abs(T[r, j]) > SMALL:
                one = abs(d[j] / T[r, j])
                if one < least or (one == least and abs(T[r, j]) > abs(T[r, q])):
                    q, least = j, one
        if q < 0:
            return OPTIMAL, z, active  # the row is empty: the variable cannot move anyway
    else:
        up = gap < 0.0
        ratios(T, d, at, active, r, up, ratio)
        q, z = entering(T, d, beta, at, nonbasic, x, active, rows, n, r, abs(gap), z, ratio)
        if q < 0:
            ray[0], ray[1] = r, int(up)
            return INFEASIBLE, z, active
    z = exchange(T, d, beta, at, nonbasic, basic, x, active, rows, n, r, q, target, z)
    return OPTIMAL, z, drop_column(T, d, at, nonbasic, active, rows, q)


@compiled
def start(
    c: Any, A: Any, b: Any, fix: Any, T: Any, d: Any, beta: Any, at: Any, nonbasic: Any, basic: Any, x: Any
) -> tuple[int, float]:
    """Fill the tableau, slacks basic and free columns at their better bounds; return columns and objective."""
    m, n = A.shape
    active, z = 0, 0.0
    T[:, :] = 0.0
    for i in range(m):
        beta[i] = b[i]
        basic[i] = n + i
    for j in range(n):
        inside = fix[j] == 1 or (fix[j] < 0 and c[j] > 0)
        x[j] = 1.0 if inside else 0.0
        if inside:
            z += c[j]
            for i in range(m):
                beta[i] -= A[i, j]
        if fix[j] < 0:
            for i in range(m):
                T[i, active] = A[i, j]
            d[active], nonbasic[active] = c[j], j
            at[active] = 1 if inside else 0
            active += 1
    return active, z


@compiled
def multipliers(d: Any, nonbasic: Any, active: int, n: int, y: Any) -> None:
    """Row multipliers that the reduced values stand for: never negative, so that any of them gives a bound."""
    y[:] = 0.0
    for j in range(active):
        if nonbasic[j] >= n and d[j] < 0.0:
            y[nonbasic[j] - n] = -d[j]


@compiled
def stepped_multipliers(
    T: Any, d: Any, nonbasic: Any, active: int, n: int, m: int, r: int, basic: int, up: bool, step: float, y: Any
) -> None:
    """Row multipliers after a dual step on row r."""
    y[:] = 0.0
    for j in range(active):
        if nonbasic[j] >= n:
            value = d[j] - step * T[r, j] if up else d[j] + step * T[r, j]
            if value < 0.0:
                y[nonbasic[j] - n] = -value


@compiled
def ray_multipliers(T: Any, nonbasic: Any, active: int, n: int, r: int, basic: int, up: bool, y: Any) -> None:
    """Row multipliers that show that row r cannot be mended."""
    y[:] = 0.0
    for j in range(active):
        if nonbasic[j] >= n:
            value = -T[r, j] if up else T[r, j]
            if value < 0.0:
                y[nonbasic[j] - n] = -value
    if basic >= n:
        y[basic - n] = 1.0
