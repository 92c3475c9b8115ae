"""A portfolio under construction: what adding or dropping an option would change, kept up to date by hand.

For the methods that search without proof. Figures are floats with a small tolerance; what comes out is certified in
exact arithmetic like every other answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from solvers.linear import linearise
from solvers.scaling import scaled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solvers.linear import LinearModel
    from solvers.problem import Problem

MOST_CELLS = 20_000_000
FloatArray = NDArray[np.float64]


def too_much(problem: Problem, name: str) -> str | None:
    """Say why a problem is none for a search by moves; None if it is."""
    if problem.continuous:
        return f"{name} chooses options only, and this problem has amounts. Remedy: solver='highs'."
    rows = len(problem.resources) + sum(
        len(rules) for rules in (problem.requires, problem.excludes, problem.choices, problem.counts)
    )
    cells = rows * len(problem.names)
    if cells > MOST_CELLS:
        return (
            f"{name} keeps a full table of options by rules, and {cells:,} cells are too many. Remedy: solver='highs'."
        )
    return None


class Moves:
    """A set of options with the use of every row of the linear model."""

    def __init__(self, problem: Problem, model: LinearModel | None = None) -> None:
        model = model or scaled(linearise(problem)).model
        self.problem, self.model = problem, model
        n = self.count = len(problem.names)
        kept = [row for row, (kind, _) in enumerate(model.owners) if kind != "synergy"]
        self.table = np.zeros((len(kept), model.objective.size))
        for i, row in enumerate(kept):
            span = slice(model.starts[row], model.starts[row + 1])
            self.table[i, model.indices[span]] = model.coefficients[span]
        size = np.maximum(1.0, np.abs(self.table).max(axis=1, initial=0.0))
        self.table /= size[:, None]
        self.low, self.high = model.row_lower[kept] / size - 1e-9, model.row_upper[kept] / size + 1e-9
        self.values = model.objective
        self.free = model.lower[:n] < model.upper[:n]
        self.members = [problem.positions(synergy.members) for synergy in problem.synergies]
        self.part_of: list[list[int]] = [[] for _ in range(n)]
        for k, members in enumerate(self.members):
            for i in members.tolist():
                self.part_of[i].append(k)
        self.put(model.lower[:n] > 0.5)

    def put(self, inside: NDArray[np.bool_]) -> None:
        """Start again from a set of options."""
        self.inside = inside.copy()
        self.missing = [int((~inside[members]).sum()) for members in self.members]
        point = np.concatenate([inside, [missing == 0 for missing in self.missing]]).astype(float)
        self.use, self.value = self.table @ point, float(self.values @ point)

    def change(self, options: Iterable[int]) -> tuple[float, FloatArray]:
        """Return what turning options over would change: value, and use of every row."""
        turned: dict[int, int] = {}
        value, use = 0.0, np.zeros(self.use.size)
        for i in options:
            sign = -1 if self.inside[i] else 1
            value += sign * self.values[i]
            use += sign * self.table[:, i]
            for k in self.part_of[i]:
                turned[k] = turned.get(k, 0) - sign
        for k, step in turned.items():
            before, after = self.missing[k] == 0, self.missing[k] + step == 0
            if before != after:
                sign = 1 if after else -1
                value += sign * self.values[self.count + k]
                use += sign * self.table[:, self.count + k]
        return value, use

    def excess(self, use: FloatArray) -> float:
        """How far rows are beyond their limits, added up."""
        return float(np.maximum(use - self.high, 0.0).sum() + np.maximum(self.low - use, 0.0).sum())

    def turn(self, options: Iterable[int]) -> None:
        """Turn options over: in becomes out, out becomes in."""
        options = list(options)
        value, use = self.change(options)
        self.value += value
        self.use += use
        for i in options:
            step = 1 if self.inside[i] else -1
            for k in self.part_of[i]:
                self.missing[k] += step
            self.inside[i] = not self.inside[i]

    def fitting(self, room_made_by: int | None = None) -> NDArray[np.intp]:
        """Options that are out and can come in by the rows alone, if another goes out first."""
        use = self.use if room_made_by is None else self.use + self.change([room_made_by])[1]
        out = np.flatnonzero(self.free & ~self.inside)
        after = use[:, None] + self.table[:, out]
        fits: NDArray[np.bool_] = ((after <= self.high[:, None]) & (after >= self.low[:, None])).all(axis=0)
        return out[fits]

    def mend(self, most: int = 300) -> bool:
        """Turn options over one by one while that brings broken rows nearer to their limits."""
        excess = self.excess(self.use)
        for _ in range(most):
            if excess == 0.0:
                return True
            tried = np.flatnonzero(self.free)
            signs = np.where(self.inside[tried], -1.0, 1.0)
            after = self.use[:, None] + self.table[:, tried] * signs
            beyond = np.maximum(after - self.high[:, None], 0.0) + np.maximum(self.low[:, None] - after, 0.0)
            total = beyond.sum(axis=0)
            if not total.size or total.min() >= excess:
                return False
            worth = signs * self.values[tried] / max(1e-12, float(np.abs(self.values).max()))
            best = int(np.lexsort((-worth, total))[0])
            self.turn([int(tried[best])])
            excess = self.excess(self.use)
        return excess == 0.0


def money(problem: Problem) -> FloatArray:
    """What an option costs, in one figure: its share of each limited resource, added up; shape (n,).

    With one budget this is the cost itself, but for a factor.
    """
    limited = np.isfinite(problem.capacity) & (problem.capacity > 0)
    shares: Any = np.maximum(problem.usage[:, limited], 0.0) / problem.capacity[limited]
    cost: FloatArray = shares.sum(axis=1)
    return cost
