"""Bounds that hold whatever the multipliers are, with a margin for every rounding on the way.

For y >= 0 and any x in the box with ``A x <= b``: ``c @ x <= y @ b + (c - y @ A) @ x`` (weak duality), so the right
side at its best x is an upper bound; a variable whose other value would bring it below the cutoff is fixed. With
``c = 0`` a bound below 0 shows that no x exists at all (Farkas 1902).
"""

from __future__ import annotations

from typing import Any

from solvers.branch_and_bound._compile import compiled

UNIT = 2.220446049250313e-16


@compiled
def lagrangian_bound(c: Any, A: Any, b: Any, size: Any, fix: Any, y: Any, reduced: Any, farkas: bool) -> float:
    """Upper bound from multipliers, rounded upwards; fills in the reduced values.

    `size` holds the sum of absolute coefficients of each row. With `farkas` the values count as 0.
    """
    m, n = A.shape
    total, scale, used = 0.0, 0.0, 0
    for j in range(n):
        reduced[j] = 0.0 if farkas else c[j]
        scale += abs(reduced[j])
    for i in range(m):
        if y[i] > 0.0:
            used += 1
            total += y[i] * b[i]
            scale += y[i] * (abs(b[i]) + size[i])
            for j in range(n):
                reduced[j] -= y[i] * A[i, j]
    for j in range(n):
        if fix[j] == 1 or (fix[j] < 0 and reduced[j] > 0.0):
            total += reduced[j]
    return total + scale * (used + n + 4) * UNIT


@compiled
def propagate(A: Any, b: Any, fix: Any) -> bool:
    """Fix what the rows leave no choice about, until nothing changes; False if some row cannot be kept at all.

    This is where prerequisites, exclusions and group rules act at once, whatever a linear program would say.
    """
    m, n = A.shape
    changed = True
    while changed:
        changed = False
        for i in range(m):
            least, room, size = 0.0, 0.0, abs(b[i])
            for j in range(n):
                a = A[i, j]
                if a != 0.0:
                    size += abs(a)
                    if fix[j] == 1 or (fix[j] < 0 and a < 0.0):
                        least += a
            margin = size * (n + 4) * UNIT
            room = b[i] - least
            if room < -margin:
                return False
            for j in range(n):
                if fix[j] < 0 and abs(A[i, j]) > room + margin:
                    fix[j] = 0 if A[i, j] > 0.0 else 1
                    changed = True
    return True


@compiled
def row_can_bind(A: Any, b: Any, fix: Any, i: int) -> bool:
    """Whether some choice of the free variables could break row i."""
    most, size = 0.0, abs(b[i])
    for j in range(A.shape[1]):
        a = A[i, j]
        size += abs(a)
        if fix[j] == 1 or (fix[j] < 0 and a > 0.0):
            most += a
    return most > b[i] - size * (A.shape[1] + 4) * UNIT


@compiled
def keeps_row(A: Any, b: Any, x: Any, unit: Any, i: int) -> int:
    """1 if x keeps row i, 0 if it breaks it, 2 if the row is not in whole numbers and too close to say.

    `unit` is what the use of a row is a whole multiple of; 0 for rows whose figures are not written exactly.
    """
    total, size = 0.0, abs(b[i])
    for j in range(A.shape[1]):
        if x[j] > 0.5:
            total += A[i, j]
            size += abs(A[i, j])
    margin = size * (A.shape[1] + 4) * UNIT if unit[i] == 0.0 else 0.0
    if total > b[i] + margin:
        return 0
    return 2 if unit[i] == 0.0 and total > b[i] - margin else 1


@compiled
def keeps_rows(A: Any, b: Any, x: Any, unit: Any) -> int:
    """1 if x keeps every row, 0 if it breaks one, else 2 if one is too close to say."""
    answer = 1
    for i in range(A.shape[0]):
        kept = keeps_row(A, b, x, unit, i)
        if kept == 0:
            return 0
        answer = max(answer, kept)
    return answer
