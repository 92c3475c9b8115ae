"""HiGHS through highspy: arrays passed once, gap 0, versions with wrong answers refused.

HiGHS 1.14.0 returns wrong optima with status "Optimal"; 1.13.1 and 1.15.1 do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.backends.base import Feature, Options, Outcome

if TYPE_CHECKING:
    from solvers.linear import LinearModel

REFUSED = {"1.14.0": "returns wrong optima with status Optimal"}


@dataclass(frozen=True, slots=True)
class Highs:
    """The HiGHS back end."""

    name: str = "highs"
    features: frozenset[Feature] = frozenset(Feature)

    def version(self) -> str:
        """Version of highspy, or "" if it is not installed."""
        try:
            return version("highspy")
        except PackageNotFoundError:
            return ""

    def unusable(self) -> str | None:
        """Why HiGHS cannot be used here; None if it can."""
        found = self.version()
        if not found:
            return "highspy is not installed. Remedy: pip install highspy."
        if found in REFUSED:
            return f"highspy {found} {REFUSED[found]}. Remedy: pip install 'highspy!={found}'."
        try:
            import highspy  # noqa: F401 - only importing shows that the library can be loaded
        except ImportError as error:
            return f"highspy {found} cannot be loaded in this process ({error}). OR-Tools clashes with it."
        return None

    def maximise(self, model: LinearModel, options: Options) -> Outcome:
        """Solve a linear model; the status is mapped from HiGHS' own words."""
        import highspy

        solver = prepared(model, options)
        solver.run()
        status, info = solver.getModelStatus(), solver.getInfo()
        found = info.primal_solution_status == 2  # kSolutionStatusFeasible
        x = np.array(solver.getSolution().col_value) if found else None
        bound = float(info.mip_dual_bound)
        words = str(solver.modelStatusToString(status))
        say: Any = highspy.HighsModelStatus
        if status == say.kOptimal and x is not None:
            return Outcome("optimal", None, x, bound, words)
        if status in {say.kInfeasible, say.kUnboundedOrInfeasible}:
            # Every column of our models is bounded, so "unbounded or infeasible" can only be infeasible.
            return Outcome("infeasible", None, None, None, words)
        if status == say.kUnbounded:
            return Outcome("unbounded", None, None, None, words)
        limits = {
            say.kTimeLimit: "time",
            say.kIterationLimit: "iterations",
            say.kSolutionLimit: "solutions",
            say.kObjectiveTarget: "target",
            say.kInterrupt: "interrupt",
            say.kHighsInterrupt: "interrupt",
            say.kMemoryLimit: "memory",
        }
        if status in limits:
            known = bound if np.isfinite(bound) else None
            return Outcome("feasible" if found else "no_solution_found", limits[status], x, known, words)
        return Outcome("failed", None, None, None, words)


def prepared(model: LinearModel, options: Options, *, relaxed: bool = False) -> Any:
    """Return a HiGHS object that holds the model, with options set and nothing printed."""
    import highspy

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", float(options.gap))
    solver.setOptionValue("mip_abs_gap", 0.0)
    solver.setOptionValue("threads", options.threads)
    if options.time_limit is not None:
        solver.setOptionValue("time_limit", max(0.0, float(options.time_limit)))
    if options.strict:
        for tolerance in (
            "primal_feasibility_tolerance",
            "dual_feasibility_tolerance",
            "mip_feasibility_tolerance",
        ):
            solver.setOptionValue(tolerance, 1e-10)
        solver.setOptionValue("presolve", "off")
    whole = np.zeros(model.objective.size, dtype=np.int32) if relaxed else model.whole.astype(np.int32)
    solver.passModel(
        model.objective.size,
        model.row_lower.size,
        model.coefficients.size,
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMaximize),
        0.0,
        model.objective,
        model.lower,
        model.upper,
        model.row_lower,
        model.row_upper,
        model.starts,
        model.indices,
        model.coefficients,
        whole,
    )
    return solver


BACKEND = Highs()
