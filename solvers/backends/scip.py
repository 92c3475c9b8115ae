"""SCIP through pyscipopt, in a worker process: it handles Ctrl-C in its own way, and a crash ends only the worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.backends._arrays import bounded, not_finite, rows_of
from solvers.backends._remote import Remote
from solvers.backends.base import Feature, Options, Outcome

if TYPE_CHECKING:
    from solvers.backends._serve import Control
    from solvers.linear import LinearModel

LIMITS = {
    "timelimit": "time",
    "userinterrupt": "interrupt",
    "nodelimit": "nodes",
    "totalnodelimit": "nodes",
    "stallnodelimit": "nodes",
    "memlimit": "memory",
    "sollimit": "solutions",
    "bestsollimit": "solutions",
    "restartlimit": "restarts",
    "terminate": "interrupt",
}


def probe(control: Control) -> str | None:
    """Load the library."""
    import pyscipopt

    pyscipopt.Model()
    return None


def work(model: LinearModel, options: Options, control: Control) -> Outcome:
    """Solve a model; the status is mapped from SCIP's own words."""
    wrong = not_finite(model)
    if wrong:
        return Outcome.failed(wrong)
    scip, columns = _build(model)
    _set(scip, options)
    if control.log:
        scip.setParam("display/verblevel", 4)
    else:
        scip.hideOutput()
    if options.start is not None:
        start = scip.createSol()
        for column, amount in zip(columns, options.start.tolist(), strict=True):
            scip.setSolVal(start, column, amount)
        scip.addSol(start)
    control.on_stop(scip.interruptSolve)
    scip.optimizeNogil()
    return _outcome(scip, columns, bounded(model))


def _build(model: LinearModel) -> tuple[Any, list[Any]]:
    import pyscipopt

    scip = pyscipopt.Model()
    kinds = np.where(model.whole, "I", "C").tolist()
    columns = [
        scip.addVar(vtype=kind, lb=lower, ub=_side(upper), obj=value)
        for kind, lower, upper, value in zip(
            kinds, model.lower.tolist(), model.upper.tolist(), model.objective.tolist(), strict=True
        )
    ]
    scip.setMaximize()
    for at, coefficients, lower, upper in rows_of(model):
        if not at:
            # SCIP takes no row without columns: such a row holds or it does not.
            if lower > 0 or upper < 0:
                scip.addCons(columns[0] >= float(model.upper[0]) + 1.0)
            continue
        amount = pyscipopt.quicksum(coefficient * columns[j] for j, coefficient in zip(at, coefficients, strict=True))
        if np.isfinite(lower) and np.isfinite(upper):
            scip.addCons(pyscipopt.ExprCons(amount, lower, upper))
        elif np.isfinite(upper):
            scip.addCons(amount <= upper)
        elif np.isfinite(lower):
            scip.addCons(amount >= lower)
    return scip, columns


def _side(bound: float) -> float | None:
    return bound if np.isfinite(bound) else None


def _set(scip: Any, options: Options) -> None:
    _set_parts(scip, options)  # first: an emphasis resets other parameters
    scip.setParam("misc/catchctrlc", False)
    scip.setParam("limits/gap", options.gap)
    scip.setParam("limits/absgap", options.absolute_gap)
    scip.setParam("randomization/randomseedshift", options.seed % (2**31))
    scip.setParam("parallel/maxnthreads", options.threads)
    scip.setParam("lp/threads", min(options.threads, 64))
    if options.time_limit is not None:
        scip.setParam("limits/time", max(0.0, options.time_limit))
    if options.strict:
        scip.setParam("numerics/feastol", 1e-9)
        scip.setParam("numerics/dualfeastol", 1e-9)
        scip.setParam("presolving/maxrounds", 0)


def _set_parts(scip: Any, options: Options) -> None:
    from pyscipopt import SCIP_PARAMEMPHASIS, SCIP_PARAMSETTING

    def part(on: bool) -> Any:
        return SCIP_PARAMSETTING.DEFAULT if on else SCIP_PARAMSETTING.OFF

    if options.emphasis is not None:
        proof = options.emphasis == "proof"
        scip.setEmphasis(SCIP_PARAMEMPHASIS.OPTIMALITY if proof else SCIP_PARAMEMPHASIS.FEASIBILITY)
    if options.presolve is not None:
        scip.setPresolve(part(options.presolve))
    if options.heuristics is not None:
        scip.setHeuristics(part(options.heuristics))


def _outcome(scip: Any, columns: list[Any], closed: bool) -> Outcome:
    words = str(scip.getStatus())
    found = scip.getNSols() > 0
    x = None
    if found:
        best = scip.getBestSol()
        x = np.array([scip.getSolVal(best, column) for column in columns])
    dual = float(scip.getDualbound())
    bound = dual if abs(dual) < float(scip.infinity()) else None
    if words in {"optimal", "gaplimit"} and x is not None:
        return Outcome.optimal(x, bound, words)
    if words == "infeasible" or (words == "inforunbd" and closed):
        return Outcome.infeasible(words)
    if words in {"unbounded", "inforunbd"}:
        return Outcome.unbounded(words)
    if words in LIMITS:
        return Outcome.stopped(LIMITS[words], words, x, bound)
    return Outcome.failed(words)


BACKEND = Remote("scip", "pyscipopt", "pyscipopt", "solvers.backends.scip", frozenset(Feature) - {Feature.THREADS})
