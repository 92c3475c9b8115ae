"""OR-Tools' CP-SAT, in a worker process, because its library and HiGHS cannot share one.

CP-SAT takes whole numbers only. Figures with few decimals become whole numbers exactly; others are rounded at about
the fifteenth digit so that no feasible portfolio is lost and the bound stays valid, and exact certificates catch
what rounding let in. No sum can pass 2^62: the scaling is chosen by the largest sum that a row can reach.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.backends._arrays import not_finite
from solvers.backends._remote import Remote
from solvers.backends.base import Feature, Options, Outcome
from solvers.decimals import decimals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solvers.backends._serve import Control
    from solvers.linear import LinearModel

LARGEST_SUM = 2.0**52  # floats up to here are exact whole numbers, and CP-SAT's own sums stay far below 2^63
PRESOLVED = 2.0**31
"""Above this row sum, presolve is switched off: CP-SAT 9.15's presolve has been seen to lose the optimum of such models
and to call what is left optimal (13 of 5,000 generated problems; none of them without presolve)."""


def probe(control: Control) -> str | None:
    """Load the library."""
    from ortools.sat.python import cp_model

    cp_model.CpSolver()
    return None


def work(model: LinearModel, options: Options, control: Control) -> Outcome:
    """Solve a model; the status is mapped from CP-SAT's own words."""
    from ortools.sat.python import cp_model

    wrong = not_finite(model) or _cannot_count(model)
    if wrong:
        return Outcome.failed(wrong)
    counting = cp_model.CpModel()
    columns = [
        counting.new_int_var(lower, upper, "")
        for lower, upper in zip(
            np.ceil(model.lower).astype(int).tolist(), np.floor(model.upper).astype(int).tolist(), strict=True
        )
    ]
    sums = [_add_row(counting, columns, model, row) for row in range(model.row_lower.size)]
    worth, unit = whole_objective(model)
    counting.maximize(cp_model.LinearExpr.weighted_sum(columns, worth.tolist()))
    if options.start is not None:
        for column, amount in zip(columns, np.rint(options.start).astype(int).tolist(), strict=True):
            counting.add_hint(column, amount)
    solver = cp_model.CpSolver()
    _set(solver, options, unit)
    safe = not options.strict and max(sums, default=0.0) <= PRESOLVED
    solver.parameters.cp_model_presolve = safe and options.presolve is not False
    if control.log:
        solver.parameters.log_search_progress = True
        solver.parameters.log_to_stdout = False
        solver.log_callback = control.say
    control.on_stop(solver.stop_search)
    status = solver.solve(counting)
    return _outcome(solver, status, columns, unit, control, options)


def _cannot_count(model: LinearModel) -> str | None:
    if not model.integral:
        return "cpsat takes whole numbers only, and some columns may be fractions. Remedy: solver='highs'"
    sides = np.concatenate([model.lower, model.upper])
    if not np.isfinite(sides).all() or np.abs(sides).max(initial=0.0) > LARGEST_SUM:
        return "cpsat takes bounded columns only. Remedy: solver='highs'"
    return None


def _largest_sum(model: LinearModel, at: Any, coefficients: NDArray[np.float64]) -> float:
    reach = np.maximum(np.abs(model.lower[at]), np.abs(model.upper[at]))
    return float(np.abs(coefficients) @ reach)


def _unit(figures: NDArray[np.float64], largest: float) -> tuple[float, bool]:
    """Return what to multiply figures by, and whether that makes all of them whole numbers exactly."""
    places = decimals(figures)
    if places is not None and largest * 10.0**places <= LARGEST_SUM:
        return 10.0**places, True
    if largest == 0.0:
        return 1.0, False
    return 2.0 ** (50 - int(np.frexp(largest)[1])), False


def _add_row(counting: Any, columns: list[Any], model: LinearModel, row: int) -> float:
    """Add a row; return the largest sum that it can reach."""
    from ortools.sat.python import cp_model

    span = slice(model.starts[row], model.starts[row + 1])
    at, coefficients = model.indices[span], model.coefficients[span]
    variables = [columns[j] for j in at.tolist()]
    reach = 0.0
    for sign, side in ((1.0, model.row_upper[row]), (-1.0, -model.row_lower[row])):
        if side == np.inf:
            continue
        largest = max(_largest_sum(model, at, coefficients), abs(side))
        unit, exact = _unit(np.append(coefficients, side), largest)
        reach = max(reach, largest * unit)
        if exact:
            weights, limit = np.rint(sign * coefficients * unit), np.rint(side * unit)
        else:
            # Weights round down, and the limit allows for negative amounts, so that a portfolio that fits still fits.
            slack = np.where(model.lower[at] >= 0, 0.0, np.abs(model.lower[at]))
            weights = np.floor(sign * coefficients * unit)
            limit = np.ceil(side * unit) + np.ceil(slack.sum())
        if not at.size:
            if side < 0:
                counting.add_bool_or([])
            continue
        expression = cp_model.LinearExpr.weighted_sum(variables, weights.astype(np.int64).tolist())
        counting.add(expression <= int(limit))
    return reach


def whole_objective(model: LinearModel) -> tuple[NDArray[np.int64], float]:
    """Return the objective in whole numbers (rounded up if it must be rounded) and its unit."""
    everything = np.arange(model.objective.size)
    unit, exact = _unit(model.objective, _largest_sum(model, everything, model.objective))
    scaled = model.objective * unit
    rounded = np.rint(scaled) if exact else np.where(model.lower >= 0, np.ceil(scaled), np.rint(scaled))
    return rounded.astype(np.int64), unit


def _set(solver: Any, options: Options, unit: float) -> None:
    solver.parameters.num_workers = options.threads
    solver.parameters.relative_gap_limit = options.gap
    solver.parameters.absolute_gap_limit = max(options.absolute_gap * unit, 1e-4)
    solver.parameters.random_seed = options.seed % (2**31)
    solver.parameters.catch_sigint_signal = False
    if options.heuristics is not None:
        solver.parameters.use_lns = options.heuristics
        solver.parameters.use_feasibility_jump = options.heuristics
    if options.time_limit is not None:
        solver.parameters.max_time_in_seconds = max(0.0, options.time_limit)


def _outcome(solver: Any, status: Any, columns: list[Any], unit: float, control: Control, options: Options) -> Outcome:
    from ortools.sat.python import cp_model

    words = str(solver.status_name(status))
    if status == cp_model.INFEASIBLE:
        return Outcome.infeasible(words)
    if status == cp_model.MODEL_INVALID:
        return Outcome.failed(f"{words}: {solver.response_proto.solution_info}")
    bound = float(solver.best_objective_bound) / unit
    if status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        x = np.array([solver.value(column) for column in columns], dtype=float)
        if status == cp_model.OPTIMAL:
            return Outcome.optimal(x, bound, words)
        return Outcome.stopped(_limit(control), words, x, bound)
    known = None if abs(bound) > LARGEST_SUM else bound
    return Outcome.stopped(_limit(control), words, bound=known)


def _limit(control: Control) -> str:
    return "interrupt" if control.stopped else "time"


BACKEND = Remote(
    "cpsat",
    "ortools",
    "'mcda-portfolio[cpsat]'",
    "solvers.backends.cpsat",
    frozenset(Feature) - {Feature.FRACTIONS, Feature.EMPHASIS},
)
