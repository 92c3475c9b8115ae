"""Rows and synergies kept up to date as options flip one by one: the book-keeping beneath `Incumbent`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from solvers.arrays import FloatArray
    from solvers.linear import LinearModel

FEW_CELLS = 50_000  # a table this small is looked at as a whole
FULL = 16  # a row that uses more than one column in 16 is kept as a line of a table

IntArray = NDArray[np.intp]


class SparseRows:
    """The rows of a linear model, without those of synergies, and how much of each a portfolio uses.

    Rows with many columns (budgets) are lines of a table; for the others only the columns are kept, and for each option
    how much flipping it would change the excess of its rows.
    """

    def __init__(self, model: LinearModel, options: int) -> None:
        self.options = options
        columns = model.objective.size
        kept = np.array([kind != "synergy" for kind, _ in model.owners], dtype=bool)
        sizes = np.diff(model.starts)
        owner = np.repeat(np.arange(sizes.size), sizes)
        size = np.ones(sizes.size)
        np.maximum.at(size, owner, np.abs(model.coefficients))
        whole = kept if int(kept.sum()) * columns <= FEW_CELLS else kept & (sizes * FULL > columns)
        self.table = np.zeros((int(whole.sum()), columns))
        line = np.cumsum(whole) - 1
        of_table = whole[owner]
        at = (line[owner[of_table]], model.indices[of_table])
        self.table[at] = model.coefficients[of_table] / size[owner[of_table]]
        self.bounds = _bounds(model, size, whole)
        few = kept & ~whole
        entries = few[owner]
        self.low, self.high = _bounds(model, size, few)
        rows = (np.cumsum(few) - 1)[owner[entries]]
        columns_of, figures = model.indices[entries].astype(np.intp), model.coefficients[entries] / size[owner[entries]]
        self.row_starts = _starts(rows, self.low.size)
        self.columns, self.figures, self.row_of = columns_of, figures, rows
        order = np.argsort(columns_of, kind="stable")
        self.column_starts = _starts(columns_of[order], columns)
        self.entries = order
        self.of_synergies = bool((self.table[:, options:] != 0).any() or (columns_of >= options).any())

    def put(self, point: FloatArray) -> None:
        """Start again from a point of the model."""
        self.line_use = self.table @ point
        used: Any = np.bincount(self.row_of, self.figures * point[self.columns], minlength=self.low.size)
        self.use: FloatArray = used.astype(float)
        self.over = _beyond(self.use, self.low, self.high)
        self.signs = np.where(point > 0.5, -1.0, 1.0)
        self.steps = self._steps(np.arange(self.columns.size))
        own = self.columns < self.options
        self.change = np.bincount(self.columns[own], self.steps[own], minlength=self.options)

    def _steps(self, entries: IntArray) -> FloatArray:
        """How flipping the column of each entry would change the excess of the entry's row."""
        rows = self.row_of[entries]
        after = self.use[rows] + self.signs[self.columns[entries]] * self.figures[entries]
        change: FloatArray = _beyond(after, self.low[rows], self.high[rows]) - self.over[rows]
        return change

    @property
    def excess(self) -> float:
        """How far rows are beyond their limits, added up."""
        return float(self.over.sum() + _beyond(self.line_use, *self.bounds).sum())

    def after(self, options: IntArray, signs: FloatArray) -> FloatArray:
        """Return the excess with each of some options flipped on its own; shape (options,)."""
        total: FloatArray = self.over.sum() + self.change[options]
        if self.table.size:
            use = self.line_use[:, None] + self.table[:, options] * signs
            total = total + _beyond(use, self.bounds[0][:, None], self.bounds[1][:, None]).sum(axis=0)
        return total

    def excess_after(self, steps: Mapping[int, int], most: float = np.inf) -> float:
        """Return the excess with columns taken up (1) or down (-1), or a lower bound on it that is above `most`."""
        lines = self.line_use + self.table[:, list(steps)] @ np.array(list(steps.values()), dtype=float)
        now, total = float(self.over.sum()), float(_beyond(lines, *self.bounds).sum())
        if not self.columns.size or (now == 0.0 and total > most):
            return total + now
        total += now
        rows, by = self._moved(steps)
        touched, at = np.unique(rows, return_inverse=True)
        use: FloatArray = self.use[touched] + np.bincount(at, by, minlength=touched.size)
        return total + float((_beyond(use, self.low[touched], self.high[touched]) - self.over[touched]).sum())

    def _moved(self, steps: Mapping[int, int]) -> tuple[IntArray, FloatArray]:
        parts = [self.entries[self.column_starts[c] : self.column_starts[c + 1]] for c in steps]
        entries = np.concatenate(parts) if parts else np.zeros(0, dtype=np.intp)
        signs = np.repeat(np.array(list(steps.values()), dtype=float), [part.size for part in parts])
        return self.row_of[entries], self.figures[entries] * signs

    def turn(self, steps: Mapping[int, int], options: Sequence[int]) -> None:
        """Take columns up (1) or down (-1); `options` are those of them that flipped."""
        self.line_use += self.table[:, list(steps)] @ np.array(list(steps.values()), dtype=float)
        if not self.columns.size:
            return
        rows, by = self._moved(steps)
        np.add.at(self.use, rows, by)
        rows = np.unique(rows)
        self.over[rows] = _beyond(self.use[rows], self.low[rows], self.high[rows])
        self.signs[list(options)] *= -1.0
        entries = ranges(self.row_starts, rows)
        entries = entries[self.columns[entries] < self.options]
        steps_now = self._steps(entries)
        np.add.at(self.change, self.columns[entries], steps_now - self.steps[entries])
        self.steps[entries] = steps_now


class SynergyCounts:
    """How many members each synergy lacks, and what each option adds to the value by being in."""

    def __init__(self, members: Sequence[IntArray], values: FloatArray, options: int) -> None:
        self.some = bool(members)
        self.own, self.values = values[:options], values[options:]
        self.members = members
        sizes = [group.size for group in members]
        self.starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.intp)
        self.flat = np.concatenate(members) if members else np.zeros(0, dtype=np.intp)
        owner = np.repeat(np.arange(len(sizes)), sizes)
        order = np.argsort(self.flat, kind="stable")
        self.part_starts = _starts(self.flat[order], options)
        self.parts = owner[order]
        self.owner = owner
        self.sizes = np.array(sizes, dtype=np.intp)

    def put(self, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Start again from a set of options; say which synergies it completes."""
        out = ~inside[self.flat]
        self.missing = np.bincount(self.owner, out, minlength=self.sizes.size).astype(np.intp)
        alone = self.missing[self.owner] - out == 0
        gains = np.where(alone, self.values[self.owner], 0.0) if self.some else np.zeros(0)
        self.worths = self.own + np.bincount(self.flat, gains, minlength=self.own.size)
        complete: NDArray[np.bool_] = self.missing == 0
        return complete

    def of(self, option: int) -> IntArray:
        """Return the synergies that an option is a member of."""
        found: IntArray = self.parts[self.part_starts[option] : self.part_starts[option + 1]]
        return found

    def partners(self, option: int) -> IntArray:
        """Return the options that share a synergy with this one, itself included."""
        found: IntArray = np.unique(self.flat[ranges(self.starts, self.of(option))])
        return found

    def completed(self, steps: Mapping[int, int]) -> dict[int, int]:
        """Return the synergies that a change would complete (1) or break up (-1)."""
        lacking: dict[int, int] = {}
        for option, sign in steps.items():
            for k in self.of(option).tolist():
                lacking[k] = lacking.get(k, 0) - sign
        found = {}
        for k, step in lacking.items():
            before, after = self.missing[k] == 0, self.missing[k] + step == 0
            if before != after:
                found[k] = 1 if after else -1
        return found

    def turn(self, option: int, sign: int, inside: NDArray[np.bool_]) -> IntArray:
        """Take an option in (1) or out (-1), with `inside` as before; return the synergies that this completes."""
        if not self.some:
            return self.parts
        turned = self.of(option)
        entries = ranges(self.starts, turned)
        others, owner = self.flat[entries], self.owner[entries]
        out = ~inside[others] & (others != option)
        lacking = self.missing[owner] - out
        before = lacking == 0
        after = lacking - sign == 0
        completed: IntArray
        if sign > 0:
            self.missing[turned] -= 1
            completed = turned[self.missing[turned] == 0]
        else:
            completed = turned[self.missing[turned] == 0]
            self.missing[turned] += 1
        gains = self.values[owner] * (after.astype(float) - before) * (others != option)
        np.add.at(self.worths, others, gains)
        return completed


def ranges(starts: IntArray, chosen: IntArray) -> IntArray:
    """Return the positions from ``starts[i]`` to ``starts[i + 1]`` of every chosen i, one after another."""
    begins = starts[chosen]
    sizes = starts[chosen + 1] - begins
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if ends.size else 0
    found: IntArray = (np.arange(total) + np.repeat(begins - (ends - sizes), sizes)).astype(np.intp)
    return found


def _starts(owners: NDArray[Any], count: int) -> IntArray:
    return np.concatenate([[0], np.cumsum(np.bincount(owners, minlength=count))]).astype(np.intp)


def _bounds(model: LinearModel, size: FloatArray, rows: NDArray[np.bool_]) -> tuple[FloatArray, FloatArray]:
    return model.row_lower[rows] / size[rows] - 1e-9, model.row_upper[rows] / size[rows] + 1e-9


def _beyond(use: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    return np.maximum(use - high, 0.0) + np.maximum(low - use, 0.0)
