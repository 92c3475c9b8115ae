"""What each column of the linear model means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from solvers.arrays import FloatArray
    from solvers.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a problem's linear model, in this order.

    Options (0 or 1); synergies; shares of the options that may be funded in part; for each segment of each curve
    whether the spend lies on it, then how far along it (0 to 1); amounts of capacity moved; further amounts.

    Attributes
    ----------
    options, synergies : int
        How many there are.
    shares, segments, parts, movements, further : range
        Their columns.
    carrier : array of shape (options,)
        The column that carries an option's own figures: its share if it may be funded in part, else itself.
    size : int
        How many columns there are.
    """

    options: int
    synergies: int
    shares: range
    segments: range
    parts: range
    movements: range
    further: range
    carrier: NDArray[np.intp]
    size: int

    @classmethod
    def of(cls, problem: Problem) -> Columns:
        """Lay out the columns of a problem."""
        n, k = problem.values.size, len(problem.synergies)
        carrier = np.arange(n)
        start = n + k
        shares = range(start, start + len(problem.partial))
        if problem.partial:
            carrier[problem.positions(problem.partial)] = shares
        pieces = sum(len(curve.points) - 1 for curve in problem.curves)
        segments = range(shares.stop, shares.stop + pieces)
        parts = range(segments.stop, segments.stop + pieces)
        movements = range(parts.stop, parts.stop + len(problem.movements))
        further = range(movements.stop, movements.stop + len(problem.columns))
        return cls(n, k, shares, segments, parts, movements, further, carrier, further.stop)

    def whole(self) -> NDArray[np.bool_]:
        """Columns that must be whole numbers."""
        mask = np.zeros(self.size, dtype=bool)
        mask[: self.options] = True
        mask[self.segments.start : self.segments.stop] = True
        return mask

    def implied(self) -> NDArray[np.bool_]:
        """Columns that are whole whenever the options are."""
        mask = np.zeros(self.size, dtype=bool)
        mask[self.options : self.options + self.synergies] = True
        return mask

    def row(self, own: FloatArray, effects: FloatArray | list[float]) -> FloatArray:
        """Return figures of options and synergies as a row over all columns."""
        if self.size == self.options:
            return own.copy()
        row = np.zeros(self.size)
        row[self.carrier] = own
        row[self.options : self.options + self.synergies] = effects
        return row

    def add_curves(self, problem: Problem, row: FloatArray, weights: Iterable[float], *, value: bool = False) -> None:
        """Add what the curves' segments contribute: spend times a weight per curve, or the value itself."""
        at = 0
        for curve, weight in zip(problem.curves, weights, strict=True):
            figures = np.array([point[int(value)] for point in curve.points]) * weight
            count = figures.size - 1
            row[self.segments.start + at : self.segments.start + at + count] += figures[:-1]
            row[self.parts.start + at : self.parts.start + at + count] += np.diff(figures)
            at += count


def objective_row(problem: Problem, columns: Columns | None = None) -> FloatArray:
    """Value of every column, shape (columns,)."""
    columns = columns or Columns.of(problem)
    row = columns.row(problem.values, [synergy.value for synergy in problem.synergies])
    if problem.curves:
        columns.add_curves(problem, row, [1.0] * len(problem.curves), value=True)
    row[columns.further.start :] = [column.value for column in problem.columns]
    return row


def resource_row(problem: Problem, resource: int, columns: Columns | None = None) -> FloatArray:
    """Use of a resource by every column, with synergies, without moved capacity; shape (columns,)."""
    columns = columns or Columns.of(problem)
    name = problem.resources[resource]
    row = columns.row(problem.usage[:, resource], [synergy.usage.get(name, 0.0) for synergy in problem.synergies])
    if problem.curves:
        columns.add_curves(problem, row, [curve.resources.get(name, 0.0) for curve in problem.curves])
    return row


def spend_row(
    problem: Problem, resources: Iterable[object], members: Iterable[object] | None, columns: Columns | None = None
) -> FloatArray:
    """Own use of resources, added up, by members (None: all options), before synergies; shape (columns,)."""
    columns = columns or Columns.of(problem)
    across = problem.resource_positions(resources)  # type: ignore[arg-type]
    own = problem.usage[:, across].sum(axis=1)
    belongs = None if members is None else set(members)
    if belongs is not None:
        keep = np.zeros(own.size, dtype=bool)
        keep[problem.positions(belongs)] = True  # type: ignore[arg-type]
        own = np.where(keep, own, 0.0)
    row = columns.row(own, np.zeros(columns.synergies))
    if problem.curves:
        weights = [
            sum(curve.resources.get(str(name), 0.0) for name in resources)
            if belongs is None or curve.option in belongs
            else 0.0
            for curve in problem.curves
        ]
        columns.add_curves(problem, row, weights)
    return row
