"""HiGHS through highspy: arrays passed once, gap 0, versions known for wrong answers refused.

HiGHS 1.14.0 returns wrong optima with status "Optimal"; 1.13.1 and 1.15.1 do not.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.backends._arrays import bounded, not_finite
from solvers.backends._versions import installed_version
from solvers.backends.base import Feature, Options, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solvers.linear import LinearModel

LARGE = 15_000
"""Rows plus columns from which two of its methods are switched off under a time limit, because they do not heed it:
feasibility jump and the search for symmetry took up to 12 seconds when 3 were allowed."""
REFUSED = {"1.14.0": "returns wrong optima with status Optimal"}


@dataclass(frozen=True, slots=True)
class Highs:
    """The HiGHS back end."""

    name: str = "highs"
    features: frozenset[Feature] = frozenset(Feature) - {Feature.EMPHASIS}

    def version(self) -> str:
        """Version of highspy, or "" if it is not installed."""
        return installed_version("highspy")

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
        wrong = not_finite(model)
        if wrong:
            return Outcome.failed(wrong)
        solver = prepared(model, options)
        run(solver, options)
        return _outcome(solver, model)


def _outcome(solver: Any, model: LinearModel) -> Outcome:
    import highspy

    status, info = solver.getModelStatus(), solver.getInfo()
    found = info.primal_solution_status == 2  # kSolutionStatusFeasible
    x = np.array(solver.getSolution().col_value) if found else None
    bound = float(info.mip_dual_bound)
    words = str(solver.modelStatusToString(status))
    say: Any = highspy.HighsModelStatus
    if status == say.kOptimal and x is not None:
        return Outcome.optimal(x, bound if model.whole.any() else float(model.objective @ x), words)
    if status == say.kInfeasible or (status == say.kUnboundedOrInfeasible and bounded(model)):
        return Outcome.infeasible(words)
    if status in {say.kUnbounded, say.kUnboundedOrInfeasible}:
        return Outcome.unbounded(words)
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
        return Outcome.stopped(limits[status], words, x, known)
    return Outcome.failed(words)


def run(solver: Any, options: Options) -> None:
    """Run HiGHS; in a thread if someone may ask it to stop, so that Python can hear the request meanwhile."""
    with _scheduler.of(options.threads):
        if options.stop is None:
            solver.run()
            return
        stop = options.stop

        def heed(event: Any) -> None:
            if stop.asked:
                event.interrupt()

        solver.cbMipInterrupt += heed
        solver.cbSimplexInterrupt += heed
        running = threading.Thread(target=solver.run, daemon=True)
        running.start()
        running.join()


class _Scheduler:
    """HiGHS has one pool of threads per process, of one size: it is made again when another size is asked for."""

    def __init__(self) -> None:
        self._lock = threading.Condition()
        self._size, self._running = 0, 0

    @contextmanager
    def of(self, size: int) -> Iterator[None]:
        """Run with a pool of this size; if another size is in use, wait until that run has ended."""
        import highspy

        with self._lock:
            while self._running and self._size != size:
                self._lock.wait()
            if self._size not in {0, size}:
                highspy.Highs.resetGlobalScheduler(True)
            self._size, self._running = size, self._running + 1
        try:
            yield
        finally:
            with self._lock:
                self._running -= 1
                self._lock.notify_all()


_scheduler = _Scheduler()


def prepared(model: LinearModel, options: Options, *, relaxed: bool = False) -> Any:
    """Return a HiGHS object that holds the model, with options set and nothing printed."""
    import highspy

    solver = highspy.Highs()
    _set(solver, options)
    if options.time_limit is not None and model.row_lower.size + model.objective.size >= LARGE:
        solver.setOptionValue("mip_heuristic_run_feasibility_jump", False)
        solver.setOptionValue("mip_detect_symmetry", False)
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
    if options.start is not None and not relaxed:
        start = highspy.HighsSolution()
        start.col_value = options.start.tolist()
        start.value_valid = True
        solver.setSolution(start)
    return solver


def _set(solver: Any, options: Options) -> None:
    solver.setOptionValue("output_flag", options.log is not None)
    if options.log is not None:
        say = options.log
        solver.setOptionValue("log_to_console", False)
        solver.cbLogging += lambda event: say(str(event.message).rstrip("\n"))
    solver.setOptionValue("mip_rel_gap", float(options.gap))
    solver.setOptionValue("mip_abs_gap", float(options.absolute_gap))
    solver.setOptionValue("threads", options.threads)
    solver.setOptionValue("random_seed", options.seed % (2**31 - 1))
    if options.time_limit is not None:
        solver.setOptionValue("time_limit", max(0.0, float(options.time_limit)))
    if options.presolve is not None:
        solver.setOptionValue("presolve", "on" if options.presolve else "off")
    if options.heuristics is False:
        solver.setOptionValue("mip_heuristic_effort", 0.0)
        for part in ("feasibility_jump", "rins", "rens", "root_reduced_cost"):
            solver.setOptionValue(f"mip_heuristic_run_{part}", False)
    if options.strict:
        for tolerance in (
            "primal_feasibility_tolerance",
            "dual_feasibility_tolerance",
            "mip_feasibility_tolerance",
        ):
            solver.setOptionValue(tolerance, 1e-10)
        solver.setOptionValue("presolve", "off")


BACKEND = Highs()
