"""A portfolio under construction: what adding or dropping an option would change, kept up to date step by step.

For the methods that search without proof. Figures are floats with a small tolerance; the result is certified in exact
arithmetic like every other answer. Flipping an option costs work in proportion to the rules and synergies that it
belongs to, not to the size of the problem (incremental evaluation: Hoos & Stützle 2005, section 1.5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.linear.cliques import strong_model
from solvers.linear.scaling import scaled
from solvers.methods._incremental import SparseRows, SynergyCounts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from solvers.arrays import FloatArray
    from solvers.linear import LinearModel
    from solvers.model.problem import Problem

TINY = 1e-7  # rows that would be broken by less are checked again before an option comes in


class Incumbent:
    """A set of options with the use of every row of the linear model."""

    def __init__(self, problem: Problem, model: LinearModel | None = None) -> None:
        model = model or scaled(strong_model(problem)).model
        self.problem, self.model = problem, model
        n = self.count = len(problem.names)
        self.values = model.objective
        self.free = model.lower[:n] < model.upper[:n]
        self.rows = SparseRows(model, n)
        self.synergies = SynergyCounts(
            [problem.positions(synergy.members) for synergy in problem.synergies], self.values, n
        )
        self.put(model.lower[:n] > 0.5)

    def put(self, inside: NDArray[np.bool_]) -> None:
        """Start again from a set of options."""
        self.inside = inside.copy()
        together = self.synergies.put(inside)
        point = np.concatenate([inside, together]).astype(float)
        self.value = float(self.values @ point)
        self.rows.put(point)

    @property
    def excess(self) -> float:
        """How far rows are beyond their limits, added up."""
        return self.rows.excess

    @property
    def worths(self) -> FloatArray:
        """What each option adds to the value by being in, with the others unchanged; shape (n,)."""
        return self.synergies.worths

    def worth(self, options: Sequence[int]) -> float:
        """Return how flipping options would change the value."""
        if len(options) == 1:
            i = options[0]
            return -float(self.worths[i]) if self.inside[i] else float(self.worths[i])
        value = sum(float(-self.values[i] if self.inside[i] else self.values[i]) for i in options)
        if self.synergies.some:
            value += sum(sign * float(self.values[self.count + k]) for k, sign in self._completed(options).items())
        return value

    def excess_after(self, options: Sequence[int], most: float = np.inf) -> float:
        """Return how far rows would be beyond their limits with options flipped, or some figure above `most`."""
        steps = {i: -1 if self.inside[i] else 1 for i in options}
        if self.synergies.some and self.rows.of_synergies:
            steps |= {self.count + k: sign for k, sign in self._completed(options).items()}
        return self.rows.excess_after(steps, most)

    def _completed(self, options: Iterable[int]) -> dict[int, int]:
        """Return the synergies that flipping options completes (1) or breaks up (-1)."""
        return self.synergies.completed({i: -1 if self.inside[i] else 1 for i in options})

    def turn(self, options: Sequence[int]) -> None:
        """Flip options: in becomes out, out becomes in."""
        steps = {}
        for i in options:
            steps[i] = sign = -1 if self.inside[i] else 1
            self.value += sign * float(self.worths[i])
            for k in self.synergies.turn(i, sign, self.inside).tolist():
                steps[self.count + k] = steps.get(self.count + k, 0) + sign
            self.inside[i] = not self.inside[i]
        self.rows.turn({column: step for column, step in steps.items() if step}, options)

    def fitting(self) -> NDArray[np.intp]:
        """Return the options that are out and can come in as far as the rows go."""
        return self._within(self.free & ~self.inside)

    def spare(self) -> NDArray[np.intp]:
        """Return the options that are in, add nothing to the value, and can go out as far as the rows go."""
        return self._within(self.free & self.inside & (self.worths <= 0))

    def _within(self, tried: NDArray[np.bool_]) -> NDArray[np.intp]:
        at = np.flatnonzero(tried)
        signs = np.where(self.inside[at], -1.0, 1.0)
        return at[self.rows.after(at, signs) <= TINY]

    def mend(self, most: int = 1000) -> bool:
        """Flip options one by one while that brings broken rows nearer to their limits."""
        excess = self.excess
        size = max(1e-12, float(np.abs(self.values).max(initial=0.0)))
        for _ in range(most):
            if excess == 0.0:
                return True
            tried = np.flatnonzero(self.free)
            signs = np.where(self.inside[tried], -1.0, 1.0)
            total = self.rows.after(tried, signs)
            if not total.size or total.min() >= excess - 1e-12:
                return False
            best = int(np.lexsort((-signs * self.worths[tried] / size, np.round(total, 12)))[0])
            self.turn([int(tried[best])])
            before, excess = excess, self.excess
            if excess >= before:  # synergies cancelled the gain
                return False
        return excess == 0.0


def money(problem: Problem) -> FloatArray:
    """What an option costs, in one figure: its shares of the limited resources, added up; shape (n,).

    With one budget this is the cost itself, up to a factor.
    """
    limited = np.isfinite(problem.capacity) & (problem.capacity > 0)
    shares: Any = np.maximum(problem.usage[:, limited], 0.0) / problem.capacity[limited]
    cost: FloatArray = shares.sum(axis=1)
    return cost
