"""SciPy's `milp`: the HiGHS that SciPy bundles, a different version from highspy's, so a second opinion of sorts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.backends._arrays import not_finite, sparse_rows
from solvers.backends._remote import Remote
from solvers.backends.base import SETTINGS, Feature, Options, Outcome

if TYPE_CHECKING:
    from solvers.backends._serve import Control
    from solvers.linear import LinearModel


def probe(control: Control) -> str | None:
    """Load the library."""
    from scipy.optimize import Bounds, milp

    result = milp([-1.0], bounds=Bounds([0.0], [1.0]), integrality=[1])
    return None if result.x is not None and result.x[0] == 1.0 else "scipy.optimize.milp gave a wrong answer"


def work(model: LinearModel, options: Options, control: Control) -> Outcome:
    """Solve a model; the status is mapped from SciPy's own words."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    wrong = not_finite(model)
    if wrong:
        return Outcome.failed(wrong)
    settings: Any = {"mip_rel_gap": relative_gap(model, options), "disp": control.log}
    if options.time_limit is not None:
        settings["time_limit"] = max(options.time_limit, 1e-3)
    if options.strict:
        settings["presolve"] = False
    rows = [LinearConstraint(sparse_rows(model), model.row_lower, model.row_upper)] if model.row_lower.size else []
    result = milp(
        -model.objective,
        integrality=model.whole.astype(int),
        bounds=Bounds(model.lower, model.upper),
        constraints=rows,
        options=settings,
    )
    return _outcome(result)


def relative_gap(model: LinearModel, options: Options) -> float:
    """Return the relative gap for a solver that has no absolute one: 0 unless both would stop it."""
    largest = float(np.abs(model.objective).sum())
    absolute = options.absolute_gap / largest if largest else 0.0
    return max(options.gap, absolute)


def _outcome(result: Any) -> Outcome:
    words = str(result.message)
    x = None if result.x is None else np.asarray(result.x, dtype=float)
    dual = getattr(result, "mip_dual_bound", None)
    bound = None if dual is None or not np.isfinite(dual) else -float(dual)
    if result.status == 0 and x is not None:
        return Outcome.optimal(x, float(-result.fun) if bound is None else bound, words)
    if result.status == 2:
        return Outcome.infeasible(words)
    if result.status == 3:
        return Outcome.unbounded(words)
    if result.status == 1:
        limit = "time" if "time" in words.lower() else "iterations"
        return Outcome.stopped(limit, words, x, bound)
    return Outcome.failed(words)


BACKEND = Remote(
    "scipy",
    "scipy",
    "scipy",
    "solvers.backends.scipy",
    frozenset(Feature) - {Feature.THREADS, Feature.WARM_START, Feature.INTERRUPT, *SETTINGS.values()},
)
