"""Scenarios as the arrays that our own branch and bound takes: values, rows, limits and fixings of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solvers.branch_and_bound._form import Form, dense_form, power_of_two, scaled_limits, unfit, whole_row
from solvers.linear import LinearModel, linearise

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solvers.arrays import FloatArray
    from solvers.batch._scenarios import Scenarios
    from solvers.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Block:
    """Scenarios for one compiled call; arrays have one row per scenario, or one row for all."""

    C: FloatArray
    A: FloatArray
    B: FloatArray
    size: FloatArray
    unit: FloatArray
    fix: NDArray[np.int8]


class Arrays:
    """What the scenarios of a batch have in common, and the arrays of any part of them."""

    def __init__(self, scenarios: Scenarios) -> None:
        self.problem = _with_every_limit(scenarios)
        self.model: LinearModel = linearise(self.problem)
        self.form: Form = dense_form(self.model)
        self.options = len(self.problem.names)
        self.resource = {
            i: self.model.owners[int(row)][1]
            for i, row in enumerate(self.form.row)
            if self.model.owners[int(row)][0] == "resource" and self.form.sign[i] > 0
        }

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        rows, columns = self.form.A.shape
        return rows, columns

    def block(self, part: Scenarios) -> Block:
        """Return the arrays of some of the scenarios."""
        A, B, size, unit = self._rows(part)
        return Block(self._values(part), A, B, size, unit, self._fixings(part))

    def _values(self, part: Scenarios) -> FloatArray:
        n = self.options
        if part.values is None and part.synergy_values is None:
            return self.model.objective[None].copy()
        values = np.tile(self.model.objective, (len(part), 1))
        if part.values is not None:
            values[:, :n] = part.values
        if part.synergy_values is not None:
            values[:, n:] = part.synergy_values
        return values

    def _fixings(self, part: Scenarios) -> NDArray[np.int8]:
        if part.forced is None and part.forbidden is None:
            return self.form.fix[None].copy()
        fix = np.tile(self.form.fix, (len(part), 1))
        fix[:, : self.options][part.must()] = 1
        fix[:, : self.options][part.never()] = 0
        return fix

    def _rows(self, part: Scenarios) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        form = self.form
        if part.usage is not None or part.synergy_usage is not None:
            return self._changed_rows(part)
        B = form.b[None].copy()
        if part.capacity is not None:
            B = np.tile(form.b, (len(part), 1))
            for i, j in self.resource.items():
                limit = scaled_limits(part.capacity[:, j], float(form.multiple[i]), float(form.common[i]))
                B[:, i] = np.where(np.isfinite(limit), limit * form.scale[i], form.size[i] + 1.0)
        return form.A[None], B, form.size[None], form.unit[None]

    def _changed_rows(self, part: Scenarios) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        form, s = self.form, len(part)
        A, B = np.tile(form.A, (s, 1, 1)), np.tile(form.b, (s, 1))
        size, unit = np.tile(form.size, (s, 1)), np.tile(form.unit, (s, 1))
        limits = self.problem.capacity[None] if part.capacity is None else part.capacity
        for i in range(len(form.b)):
            kind, j = self.model.owners[int(form.row[i])]
            if kind != "resource":
                continue
            whole, multiple, common = whole_row(self._use(part, j))
            scale = power_of_two(whole)
            bounds = limits[:, j] if form.sign[i] > 0 else -self.problem.minimum_use[j : j + 1]
            A[:, i] = form.sign[i] * scale * whole
            size[:, i] = np.abs(A[:, i]).sum(axis=1)
            limit = scaled_limits(np.ascontiguousarray(bounds), multiple, common) * scale
            B[:, i] = np.where(np.isfinite(limit), limit, size[:, i] + 1.0)
            unit[:, i] = scale if common else 0.0
        return A, B, size, unit

    def _use(self, part: Scenarios, j: int) -> FloatArray:
        problem, n = self.problem, self.options
        use = np.empty((len(part), self.model.objective.size))
        use[:, :n] = problem.usage[:, j] if part.usage is None else part.usage[:, :, j]
        if part.synergy_usage is None:
            use[:, n:] = [synergy.usage.get(problem.resources[j], 0.0) for synergy in problem.synergies]
        else:
            use[:, n:] = part.synergy_usage[:, :, j]
        return use


def _with_every_limit(scenarios: Scenarios) -> Problem:
    """Return the problem with a finite limit on every resource that some scenario limits."""
    problem = scenarios.problem
    if scenarios.capacity is None:
        return problem
    finite = np.where(np.isfinite(scenarios.capacity), scenarios.capacity, -np.inf).max(axis=0, initial=-np.inf)
    limit = np.where(np.isfinite(problem.capacity), problem.capacity, finite)
    return problem.replace(capacity=np.where(np.isfinite(limit), limit, np.inf))


def why_not(scenarios: Scenarios) -> str | None:
    """Why our own branch and bound does not take these scenarios; None if it does."""
    problem = scenarios.problem
    if problem.continuous:
        return "amounts that may be fractions"
    if scenarios.usage is not None and (problem.spends or problem.shares):
        return "changed use under rules on spends or shares"
    return unfit(problem)
