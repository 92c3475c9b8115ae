"""A linear model as the engine takes it: rows in whole numbers, over powers of two, as a dense matrix."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from solvers.decimals import SAFE, decimals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solvers.arrays import FloatArray
    from solvers.linear import LinearModel
    from solvers.model.problem import Problem

MOST_CELLS = 250_000  # rows times columns of one problem: beyond, a sparse solver is the better choice
MOST_BYTES = 2**30  # memory for the tableaus of one search
LARGEST = 2.0**50
WIDEST = 1e12  # beyond, rounding decides what fits


@dataclass(frozen=True, slots=True)
class Form:
    """``A x <= b`` with x in {0, 1}.

    Row i of A is row ``row[i]`` of the linear model (with its sense reversed if ``sign[i]`` is -1), times `multiple` (a
    power of ten that makes it whole), over `common` (what then divides every figure), times `scale` (a power of two).
    The row's use is a whole multiple of `unit`. Both `common` and `unit` are 0 if the figures have too many digits to
    be made whole: a margin for rounding is kept then.
    """

    A: FloatArray
    b: FloatArray
    unit: FloatArray
    sign: FloatArray
    scale: FloatArray
    multiple: FloatArray
    common: FloatArray
    row: NDArray[np.intp]
    fix: NDArray[np.int8]
    size: FloatArray


def unfit(problem: Problem) -> str | None:
    """Why a problem is not for dense tableaus; None if it is."""
    columns = len(problem.names) + len(problem.synergies)
    rows = 2 * len(problem.resources) + sum(len(rule.needs) for rule in problem.requires)
    groups = (problem.excludes, problem.choices, problem.counts, problem.spends, problem.shares)
    rows += 2 * sum(map(len, (*groups, problem.rows))) + sum(len(synergy.members) + 1 for synergy in problem.synergies)
    sizes = np.abs(problem.usage)
    least = np.where(sizes > 0, sizes, np.inf).min(axis=0, initial=np.inf)
    if (sizes.max(axis=0, initial=0.0) > WIDEST * np.where(np.isfinite(least), least, 1.0)).any():
        return f"figures of one resource differ by more than a factor of {WIDEST:g}"
    if rows * columns <= MOST_CELLS and 8 * rows * columns * (columns + 2) <= MOST_BYTES:
        return None
    return f"{columns} columns by {rows} rows are too many for dense tableaus"


def dense_form(model: LinearModel) -> Form:
    """Return the engine's form of a model with whole columns from 0 to 1 only."""
    m, n = model.row_lower.size, model.objective.size
    table = np.zeros((m, n))
    table[np.repeat(np.arange(m), np.diff(model.starts)), model.indices] = model.coefficients
    rows = [row for i in range(m) for row in _sides(table[i], i, float(model.row_lower[i]), float(model.row_upper[i]))]
    A = np.array([row.coefficients for row in rows]).reshape(len(rows), n)
    figures = np.array([[row.bound, row.sign, row.scale, row.multiple, row.common] for row in rows]).reshape(-1, 5).T
    bound, sign, scale, multiple, common = np.ascontiguousarray(figures)
    fix = np.full(n, -1, dtype=np.int8)
    fix[model.lower > 0.5], fix[model.upper < 0.5] = 1, 0
    unit = np.where(common > 0, scale, 0.0)
    of = np.array([row.of for row in rows], dtype=np.intp)
    return Form(A, bound, unit, sign, scale, multiple, common, of, fix, np.abs(A).sum(axis=1))


@dataclass(frozen=True, slots=True)
class _Side:
    coefficients: FloatArray
    bound: float
    sign: float
    scale: float
    multiple: float
    common: float
    of: int


def _sides(coefficients: FloatArray, of: int, lower: float, upper: float) -> list[_Side]:
    figures, multiple, common = whole_row(coefficients)
    scale = power_of_two(figures)
    sides = []
    for sign, bound in ((1.0, upper), (-1.0, -lower)):
        if bound < math.inf:
            limit = float(scaled_limits(np.array([bound]), multiple, common)[0]) * scale
            sides.append(_Side(sign * scale * figures, limit, sign, scale, multiple, common, of))
    return sides


def power_of_two(figures: FloatArray) -> float:
    """Return the power of two that brings the largest figure to between a half and one."""
    return float(2.0 ** -math.frexp(float(np.abs(figures).max(initial=0.0)) or 1.0)[1])


def whole_row(coefficients: FloatArray) -> tuple[FloatArray, float, float]:
    """Return a row in the smallest whole numbers, power of ten and common divisor; (row, 1, 0) if impossible."""
    places = decimals(coefficients)
    if places is None or np.abs(coefficients).sum() * 10.0**places >= LARGEST:
        return coefficients, 1.0, 0.0
    whole = np.rint(coefficients * 10.0**places)
    common = float(np.gcd.reduce(np.abs(whole).astype(np.int64).ravel())) or 1.0
    return whole / common, 10.0**places, common


def scaled_limits(limits: FloatArray, multiple: float, common: float) -> FloatArray:
    """Largest whole numbers (of `common` over `multiple`) that limits allow; unchanged if the row is not whole.

    A limit is the decimal it prints as: those too near to a whole number for floats to tell are rounded exactly.
    """
    if not common:
        return limits
    if multiple == 1.0 == common and np.array_equal(limits, np.floor(limits)):
        return limits
    scaled = limits * multiple / common
    answer = np.floor(scaled)
    known = np.where(np.isfinite(scaled), scaled, 0.5)
    close = np.abs(known - np.rint(known)) <= 1e-9 * np.maximum(1.0, np.abs(known))
    whole = np.rint(np.where(close, limits, 0.5) * multiple)
    written = close & (np.abs(whole) < SAFE) & (whole / multiple == limits)  # then the decimal is whole / multiple
    answer[written] = np.floor_divide(whole[written].astype(np.int64), int(common))
    for at in np.flatnonzero(close & ~written):
        answer.flat[at] = math.floor(Fraction(repr(float(limits.flat[at]))) * int(multiple) / int(common))
    return answer
