"""A good portfolio before the search: round what the relaxation says, fill up greedily, exchange while it pays."""

from __future__ import annotations

from typing import Any

import numpy as np

from solvers.branch_and_bound._compile import compiled


@compiled
def fits(A: Any, b: Any, use: Any, j: int, out: int) -> bool:
    """Whether column j may come in (and column `out`, if any, go) at the present use of the rows."""
    for i in range(b.size):
        after = use[i] + A[i, j]
        if out >= 0:
            after -= A[i, out]
        if after > b[i]:
            return False
    return True


@compiled
def put(A: Any, use: Any, x: Any, j: int, value: float) -> None:
    """Set one column and bring the use of the rows up to date."""
    move = value - x[j]
    x[j] = value
    for i in range(use.size):
        use[i] += move * A[i, j]


@compiled
def fill(c: Any, A: Any, b: Any, order: Any, fix: Any, use: Any, x: Any) -> None:
    """Take columns in order wherever they fit, until none does."""
    changed = True
    while changed:
        changed = False
        for at in range(order.size):
            j = order[at]
            if x[j] < 0.5 and fix[j] != 0 and c[j] >= 0.0 and fits(A, b, use, j, -1):
                put(A, use, x, j, 1.0)
                changed = changed or c[j] > 0.0


@compiled
def exchange_while_better(c: Any, A: Any, b: Any, order: Any, fix: Any, use: Any, x: Any, most: int) -> None:
    """Swap one column in for one out while that raises the value, then fill up again."""
    n = c.size
    for _ in range(most):
        gain, into, out = 1e-9, -1, -1
        for o in range(n):
            if x[o] < 0.5 or fix[o] == 1:
                continue
            for j in range(n):
                if x[j] < 0.5 and fix[j] != 0 and c[j] - c[o] > gain and fits(A, b, use, j, o):
                    gain, into, out = c[j] - c[o], j, o
        if into < 0:
            return
        put(A, use, x, out, 0.0)
        put(A, use, x, into, 1.0)
        fill(c, A, b, order, fix, use, x)


@compiled
def construct(c: Any, A: Any, b: Any, fix: Any, relaxed: Any, reduced: Any, swaps: int, x: Any) -> bool:
    """Build a portfolio from a relaxed point and its reduced values; False if none was found."""
    m, n = A.shape
    use = np.zeros(m)
    x[:n] = 0.0
    for j in range(n):
        if fix[j] == 1 or (fix[j] < 0 and relaxed[j] > 1.0 - 1e-6):
            put(A, use, x, j, 1.0)
    for i in range(m):
        if use[i] > b[i]:
            return False
    score = np.empty(n)
    for j in range(n):
        score[j] = -(reduced[j] + (1e-6 + relaxed[j]) * 1e-3 * abs(c[j]))
    order = np.argsort(score)
    fill(c, A, b, order, fix, use, x)
    exchange_while_better(c, A, b, order, fix, use, x, swaps)
    return True
