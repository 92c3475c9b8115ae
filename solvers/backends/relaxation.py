"""The linear relaxation: an upper bound, prices of resources, and fixing options by them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.errors import BackendError, NoSolutionError
from solvers.linear import linearise
from solvers.linear.scaling import scaled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solvers.arrays import FloatArray
    from solvers.backends.base import Options
    from solvers.linear import LinearModel
    from solvers.model.problem import Problem


@dataclass(frozen=True, slots=True)
class LinearBound:
    """The optimum of the linear relaxation.

    Attributes
    ----------
    value : float
        No portfolio is worth more.
    duals : mapping of resource to float
        Value of one more unit of each resource, in the relaxation only: for whole options it is a guide, not
        a price (solve again for that).
    shares : mapping of option to float
        How much of each option the relaxation takes.
    """

    value: float
    duals: Mapping[str, float]
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A solved relaxation in model terms: feasible or not, a point, row prices (>= 0 for upper limits)."""

    feasible: bool
    x: FloatArray
    prices: FloatArray


def lp_bound(problem: Problem) -> LinearBound:
    """Solve the linear relaxation: options may be taken in part.

    Raises
    ------
    NoSolutionError
        If even the relaxation has no solution.

    Examples
    --------
    >>> from solvers import Problem
    >>> bound = lp_bound(Problem([16, 22, 12, 8], [5, 7, 4, 3], 14, resources=["cash"]))
    >>> bound.value, bound.duals
    (44.0, {'cash': 3.0})
    """
    model = linearise(problem)
    if not problem.names:
        return LinearBound(0.0, dict.fromkeys(problem.resources, 0.0), {})
    relaxed = relax(model)
    if not relaxed.feasible:
        raise NoSolutionError("Even the linear relaxation has no solution: limits and rules contradict each other.")
    limited = np.isfinite(problem.capacity) | np.isfinite(problem.minimum_use)
    duals = np.zeros(len(problem.resources))
    duals[limited] = relaxed.prices[: int(limited.sum())]
    return LinearBound(
        float(model.objective @ relaxed.x),
        dict(zip(problem.resources, duals.tolist(), strict=True)),
        dict(zip(problem.names, relaxed.x[: len(problem.names)].tolist(), strict=True)),
    )


def relax(model: LinearModel, options: Options | None = None) -> Relaxation:
    """Solve the relaxation with HiGHS, or with SciPy if highspy cannot be used.

    Of `options` only the time limit and the request to stop count; without either there is no limit.
    """
    from solvers.backends.base import Options
    from solvers.backends.highs import BACKEND

    asked = Options() if options is None else Options(options.time_limit, stop=options.stop)
    return _by_scipy(model, asked) if BACKEND.unusable() else _by_highs(model, asked)


def _by_highs(model: LinearModel, options: Options) -> Relaxation:
    import highspy

    from solvers.backends.highs import prepared, run

    solver = prepared(model, options, relaxed=True)
    run(solver, options)
    status = solver.getModelStatus()
    if status in {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
        return Relaxation(False, np.empty(0), np.empty(0))
    if status != highspy.HighsModelStatus.kOptimal:
        raise BackendError(f"HiGHS could not solve the relaxation: {solver.modelStatusToString(status)}.")
    solution = solver.getSolution()
    return Relaxation(True, np.array(solution.col_value), np.array(solution.row_dual))


def _by_scipy(model: LinearModel, options: Options) -> Relaxation:
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, vstack

    shape = (model.row_lower.size, model.objective.size)
    rows = csr_array((model.coefficients, model.indices, model.starts), shape=shape)
    above, below = np.isfinite(model.row_upper), np.isfinite(model.row_lower)
    result: Any = linprog(
        -model.objective,
        A_ub=vstack([rows[above], -rows[below]]).toarray(),
        b_ub=np.concatenate([model.row_upper[above], -model.row_lower[below]]),
        bounds=list(zip(model.lower.tolist(), model.upper.tolist(), strict=True)),
        method="highs",
        options={} if options.time_limit is None else {"time_limit": options.time_limit},
    )
    if result.status == 2:
        return Relaxation(False, np.empty(0), np.empty(0))
    if result.status != 0:
        raise BackendError(f"SciPy could not solve the relaxation: {result.message}")
    prices = np.zeros(model.row_lower.size)
    prices[above] -= result.ineqlin.marginals[: int(above.sum())]
    prices[below] += result.ineqlin.marginals[int(above.sum()) :]
    return Relaxation(True, result.x, prices)


def lagrangian_bound(model: LinearModel, prices: FloatArray) -> tuple[float, FloatArray]:
    """Upper bound from any row prices, and the reduced value of each column.

    The bound is valid whatever the prices are (weak duality), so a solver's tolerance cannot make it wrong.
    """
    prices = np.where(np.isfinite(model.row_upper), prices, np.minimum(prices, 0.0))
    prices = np.where(np.isfinite(model.row_lower), prices, np.maximum(prices, 0.0))
    sides = np.where(prices > 0, model.row_upper, model.row_lower)
    constant = float(np.sum(np.where(prices != 0, prices * np.where(prices != 0, sides, 0.0), 0.0)))
    spread = np.repeat(prices, np.diff(model.starts)) * model.coefficients
    reduced = model.objective - np.bincount(model.indices, spread, minlength=model.objective.size)
    best = np.where(reduced > 0, model.upper, model.lower)
    return constant + float(reduced @ best), reduced


def fixed_by_bound(model: LinearModel, least: float) -> LinearModel:
    """Fix the whole columns that must keep one value in any point worth at least `least` (reduced-cost fixing).

    `least` is in the units of the model's objective; a margin for rounding is kept.
    """
    conditioned = scaled(model)
    relaxed = relax(conditioned.model)
    if not relaxed.feasible:
        return model
    bound, reduced = lagrangian_bound(conditioned.model, relaxed.prices)
    target = least * conditioned.factor
    spare = bound - target + 1e-6 + 1e-9 * abs(target)
    lower = np.where(model.whole & (reduced > spare), np.maximum(model.lower, model.upper), model.lower)
    upper = np.where(model.whole & (reduced < -spare), lower, model.upper)
    return model.with_bounds(lower, upper)
