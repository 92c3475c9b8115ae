"""Linear programming in exact arithmetic, for the few numbers of a portfolio that need not be whole.

The simplex method on a table of whole numbers with one common denominator: after each pivot every entry divides
by the previous pivot exactly (Edmonds 1967; Bareiss 1968), so no fraction is ever rounded or reduced.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.errors import SolversError

if TYPE_CHECKING:
    from collections.abc import Sequence

GREEDY_PIVOTS = 200  # largest coefficient first; after this many pivots Bland's rule, which cannot cycle


def maximise(
    objectives: Sequence[Sequence[Fraction]], rows: Sequence[Sequence[Fraction]], limits: Sequence[Fraction]
) -> list[Fraction] | None:
    """Maximise objectives in order of priority over ``rows @ y <= limits`` and ``y >= 0``; None if infeasible.

    Examples
    --------
    >>> one, two, three = Fraction(1), Fraction(2), Fraction(3)
    >>> maximise([[one, one]], [[three, one], [one, two]], [two, two])
    [Fraction(2, 5), Fraction(4, 5)]
    """
    count = len(objectives[0])
    table = _Table(objectives, rows, limits, count)
    if not table.feasible():
        return None
    for which in range(len(objectives)):
        table.improve(which)
    return table.point()


class _Table:
    """Rows ``D * basic + T @ others = T[:, 0]`` with whole T and D; objectives first, then constraints."""

    def __init__(self, objectives: Any, rows: Any, limits: Any, count: int) -> None:
        self.aims, self.count = len(objectives), count
        self.denominator = 1
        self.basic = list(range(count, count + len(rows)))
        self.others = list(range(count))
        lines = [[Fraction(0), *(-c for c in objective)] for objective in objectives]
        lines += [[limit, *row] for row, limit in zip(rows, limits, strict=True)]
        self.table = np.empty((len(lines), count + 1), dtype=object)
        for i, line in enumerate(lines):
            common = lcm(*(Fraction(figure).denominator for figure in line))
            self.table[i] = [int(figure * common) for figure in line]

    def pivot(self, row: int, column: int) -> None:
        table, old = self.table, self.denominator
        pivot = table[row, column]
        line, side = table[row].copy(), table[:, column].copy()
        fresh = (table * pivot - np.outer(side, line)) // old
        fresh[row] = line
        fresh[:, column] = -side
        fresh[row, column] = old
        self.table, self.denominator = (fresh, pivot) if pivot > 0 else (-fresh, -pivot)
        at, into = row - self.aims, column - 1
        self.basic[at], self.others[into] = self.others[into], self.basic[at]

    def improve(self, which: int) -> None:
        """Maximise one objective without giving up those before it."""
        for turn in range(1_000_000):
            gains = self.table[which, 1:]
            free = [
                j
                for j in range(len(self.others))
                if gains[j] < 0 and all(self.table[earlier, j + 1] == 0 for earlier in range(which))
            ]
            if not free:
                return
            if turn < GREEDY_PIVOTS:
                column = min(free, key=lambda j: (gains[j], self.others[j])) + 1
            else:
                column = min(free, key=lambda j: self.others[j]) + 1
            row = self._leaving(column)
            if row is None:
                raise SolversError("An exact linear program has no finite optimum.")
            self.pivot(row, column)

    def _leaving(self, column: int) -> int | None:
        best: tuple[Fraction, int] | None = None
        chosen = None
        for i in range(self.aims, len(self.table)):
            if self.table[i, column] > 0:
                rank = (Fraction(self.table[i, 0], self.table[i, column]), self.basic[i - self.aims])
                if best is None or rank < best:
                    best, chosen = rank, i
        return chosen

    def feasible(self) -> bool:
        """Find a first feasible basis with one artificial number (phase one)."""
        sides = self.table[self.aims :, 0]
        if not len(sides) or min(sides) >= 0:
            return True
        artificial = self.count + len(self.basic)
        column = np.array([0] * self.aims + [-1] * len(sides), dtype=object)
        aim = np.zeros(self.table.shape[1] + 1, dtype=object)
        aim[-1] = 1
        self.table = np.vstack([aim, np.column_stack([self.table, column])])
        self.aims += 1
        self.others.append(artificial)
        self.pivot(self.aims + int(np.argmin(sides)), len(self.others))
        self.improve(0)
        if artificial in self.basic:
            row = self.aims + self.basic.index(artificial)
            if self.table[row, 0] != 0:
                return False
            usable = [j for j in range(1, self.table.shape[1]) if self.table[row, j] != 0]
            if usable:
                self.pivot(row, usable[0])
            else:  # the row says 0 = 0
                self.table = np.delete(self.table, row, axis=0)
                self.basic.remove(artificial)
                return self._without_objective()
        drop = self.others.index(artificial)
        self.others.pop(drop)
        self.table = np.delete(self.table, drop + 1, axis=1)
        return self._without_objective()

    def _without_objective(self) -> bool:
        self.table = self.table[1:]
        self.aims -= 1
        return True

    def point(self) -> list[Fraction]:
        values = [Fraction(0)] * self.count
        for i, variable in enumerate(self.basic):
            if variable < self.count:
                values[variable] = Fraction(self.table[self.aims + i, 0], self.denominator)
        return values
