"""PuLP: CBC, or whatever other solver PuLP finds, in a worker process; on PuLP's 3.x and 4.x lines.

``"pulp"`` takes CBC if there is one, else the first solver found; ``"pulp:NAME"`` takes the solver that PuLP
knows as NAME. Every file has a unique name in its own folder: PuLP names files after the problem, and problems with
one name in several threads have been seen to read each other's answers. Why CBC stopped, and its bound,
are read from CBC's own words, because PuLP calls a search that its time limit stopped "Optimal".
"""

from __future__ import annotations

import os
import re
import signal
import tempfile
import warnings
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.backends._arrays import bounded, not_finite, rows_of
from solvers.backends._remote import Remote
from solvers.backends.base import SETTINGS, Feature, Options, Outcome
from solvers.termination import LimitReached, Termination

if TYPE_CHECKING:
    from solvers.backends._serve import Control
    from solvers.linear import LinearModel

CBC = ("PULP_CBC_CMD", "COIN_CMD")
RESULTS: dict[str, tuple[str, str | None]] = {
    "optimal solution found": ("optimal", None),
    "linear relaxation infeasible": ("infeasible", None),
    "problem proven infeasible": ("infeasible", None),
    "linear relaxation unbounded": ("unbounded", None),
    "problem proven unbounded": ("unbounded", None),
    "stopped on time limit": ("feasible", "time"),
    "stopped on node limit": ("feasible", "nodes"),
    "stopped on solution limit": ("feasible", "solutions"),
    "stopped on iteration limit": ("feasible", "iterations"),
    "user ctrl-cuser ctrl-c": ("feasible", "interrupt"),
    "user ctrl-c": ("feasible", "interrupt"),
    "stopped on ctrl-c": ("feasible", "interrupt"),
    "difficulties with tolerances": ("failed", None),
}
NUMBER = r"(-?[\d.]+(?:e[+-]?\d+)?)"


def probe(wanted: str, control: Control) -> str | None:
    """Load PuLP and look for a solver."""
    found = _found()
    if wanted and wanted not in found:
        return f"PuLP finds no solver {wanted!r} here. It finds: {', '.join(found) or 'none'}."
    if not found:
        return "PuLP finds no solver here. Remedy: pip install 'pulp[cbc]', or put cbc on the path."
    return None


def _found() -> list[str]:
    import pulp

    warnings.simplefilter("ignore")  # PuLP 3.x warns of what 4.x will change; this file runs on both
    names = [str(name) for name in pulp.listSolvers(onlyAvailable=True)]
    return sorted(names, key=lambda name: CBC.index(name) if name in CBC else len(CBC))


def work(model: LinearModel, options: Options, wanted: str, control: Control) -> Outcome:
    """Solve a model."""
    wrong = not_finite(model)
    if wrong:
        return Outcome.failed(wrong)
    name = wanted or _found()[0]
    with tempfile.TemporaryDirectory(prefix="solvers-pulp-") as folder:
        problem, columns = _build(model, Path(folder).name)
        control.on_stop(_stop_children)
        log = Path(folder) / "log.txt"
        try:
            stats = problem.solve(_solver(name, options, folder, log, columns))
        except Exception as error:
            words = _words_of(log)
            if control.stopped:
                return Outcome.stopped(LimitReached.INTERRUPT, words)
            if "infeasible" in words.lower() and bounded(model):
                # CBC can crash while it reports that there is no solution.
                return Outcome.infeasible(words)
            if not options.strict:
                return work(model, replace(options, strict=True), wanted, control)
            raise RuntimeError(f"PuLP with {name}: {error}. {words}") from error
        text = log.read_text(errors="replace") if log.exists() else ""
    for line in text.splitlines():
        control.say(line)
    x = np.array([np.nan if column.value() is None else column.value() for column in columns], dtype=float)
    outcome = _said_by_cbc(text, x, model, options) if name in CBC else None
    outcome = outcome or _said_by_pulp(problem, stats, x, model, options)
    if control.stopped and outcome.limit is not None:
        outcome = replace(outcome, limit=LimitReached.INTERRUPT)
    return outcome


def _build(model: LinearModel, name: str) -> tuple[Any, list[Any]]:
    import pulp

    # Always minimised: PuLP's 3.x and 4.x differ in how they pass on a maximum, not in how they pass on a minimum.
    problem = pulp.LpProblem(name, pulp.LpMinimize)
    kinds = np.where(model.whole, "Integer", "Continuous").tolist()
    columns = []
    for j, (kind, lower, upper) in enumerate(zip(kinds, model.lower.tolist(), model.upper.tolist(), strict=True)):
        sides = (None if lower == -np.inf else lower, None if upper == np.inf else upper)
        columns.append(problem.add_variable(f"x{j}", *sides, kind))
    worth = (-model.objective).tolist()
    problem.setObjective(pulp.LpAffineExpression(list(zip(columns, worth, strict=True))))
    for at, coefficients, lower, upper in rows_of(model):
        if not at:
            if lower > 0 or upper < 0:
                problem += pulp.LpAffineExpression([(columns[0], 1.0)]) >= float(model.upper[0]) + 1.0
            continue
        pairs = [(columns[j], coefficient) for j, coefficient in zip(at, coefficients, strict=True)]
        if lower == upper:
            problem += pulp.LpAffineExpression(pairs) == upper
            continue
        if upper != np.inf:
            problem += pulp.LpAffineExpression(pairs) <= upper
        if lower != -np.inf:
            problem += pulp.LpAffineExpression(pairs) >= lower
    return problem, columns


def _cbc_words(options: Options) -> list[str]:
    """Settings in CBC's own words, where PuLP has no option for them."""
    words = [f"randomCbcSeed {options.seed % (2**31 - 1)}"] if options.seed else []
    if options.strict:
        words += ["primalTolerance 1e-9", "integerTolerance 1e-9", "preprocess off"]
    elif options.presolve is not None:
        words += ["presolve on", "preprocess on"] if options.presolve else ["presolve off", "preprocess off"]
    if options.heuristics is not None:
        words += [f"heuristicsOnOff {'on' if options.heuristics else 'off'}"]
    return words


def _solver(name: str, options: Options, folder: str, log: Path, columns: list[Any]) -> Any:
    import pulp

    settings: dict[str, Any] = {"msg": False, "timeLimit": options.time_limit}
    if name in CBC:
        words = _cbc_words(options)
        settings |= {
            # CBC measures the gap against the bound, which is the larger of the two.
            "gapRel": options.gap / (1.0 + options.gap),
            "gapAbs": options.absolute_gap,
            "threads": options.threads if options.threads > 1 else None,
            "logPath": str(log),
            "options": words,
            "warmStart": options.start is not None,
        }
    elif options.gap:
        settings["gapRel"] = options.gap
    if options.start is not None:
        for column, amount in zip(columns, options.start.tolist(), strict=True):
            column.setInitialValue(amount, check=False)
    solver = pulp.getSolver(name, **settings)
    solver.tmpDir = folder
    return solver


def _stop_children() -> None:
    # Our own handler of SIGINT does nothing; CBC's ends the search and writes the best so far.
    os.killpg(os.getpgid(0), signal.SIGINT)


def _words_of(log: Path) -> str:
    """Return the line of the log that says how it ended: about infeasibility if there is one, else the last."""
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()] if log.exists() else []
    said = [line for line in lines if "infeasible" in line.lower()]
    return (said or lines or [""])[-1]


def _said_by_cbc(text: str, x: np.ndarray[Any, Any], model: LinearModel, options: Options) -> Outcome | None:
    said = re.search(r"^Result - ([^(\n]*)", text, flags=re.MULTILINE)
    if said is None or said[1].strip().lower() not in RESULTS:
        return None
    words = said[1].strip()
    termination, limit = RESULTS[words.lower()]
    ending = text[said.start() :]
    lower = re.search(rf"^Lower bound:\s+{NUMBER}", ending, flags=re.MULTILINE)
    bound = -float(lower[1]) if lower and abs(float(lower[1])) < 1e50 else None
    if termination not in ("optimal", "feasible"):
        return Outcome(Termination(termination), None, None, None, words)
    if "No feasible solution found" in ending or not np.isfinite(x).all():
        return Outcome.stopped(limit, words, bound=bound) if limit else Outcome.failed(words)
    reached = float(model.objective @ x)
    if limit is None:
        # CBC says "optimal" once it is within the gap asked for, and does not say how near it is.
        allowed = max(options.absolute_gap, options.gap * abs(reached))
        return Outcome.optimal(x, reached + allowed if bound is None else bound, words)
    return Outcome.stopped(limit, words, x, bound)


def _said_by_pulp(problem: Any, stats: Any, x: np.ndarray[Any, Any], model: LinearModel, options: Options) -> Outcome:
    words, found, bound = _words(problem, stats)
    limits = {"TimeLimit": "time", "NodeLimit": "nodes", "Interrupted": "interrupt", "MemoryLimit": "memory"}
    limits |= {"GapLimit": "gap", "IterationLimit": "iterations", "SolutionLimit": "solutions", "Stopped": "time"}
    if words == "Optimal" and found and np.isfinite(x).all():
        reached = float(model.objective @ x)
        return Outcome.optimal(x, reached if not options.gap else bound, words)
    if words in {"Infeasible", "Unbounded"}:
        return Outcome.infeasible(words) if words == "Infeasible" else Outcome.unbounded(words)
    if words in limits or words in {"Solution Found", "Not Solved", "NotSolved"}:
        held = found and bool(np.isfinite(x).all())
        return Outcome.stopped(limits.get(words, "time"), words, x if held else None, bound)
    return Outcome.failed(words)


def _words(problem: Any, stats: Any) -> tuple[str, bool, float | None]:
    """Status, whether there is a point, and the bound: from PuLP 4.x's record of the solve, or 3.x's two codes."""
    import pulp

    if hasattr(stats, "has_solution"):
        best = getattr(stats, "best_bound", None)
        return str(stats.status.name), bool(stats.has_solution), None if best is None else -float(best)
    if problem.status == pulp.LpStatusOptimal:
        proven = problem.sol_status == pulp.LpSolutionOptimal
        return ("Optimal" if proven else "Solution Found"), True, None
    return str(pulp.LpStatus[problem.status]), False, None


@dataclass(frozen=True, slots=True)
class Pulp(Remote):
    """The PuLP back end: `wanted` is the name of a solver as PuLP knows it, or "" for CBC or the first found."""

    wanted: str = ""

    def arguments(self) -> tuple[object, ...]:
        """Return what the worker needs besides model and options."""
        return (self.wanted,)


BACKEND = Pulp("pulp", "pulp", "pulp", "solvers.backends.pulp", frozenset(Feature) - {Feature.EMPHASIS})


def through(wanted: str) -> Pulp:
    """Return the back end for one of PuLP's solvers by PuLP's name for it."""
    plain = frozenset(Feature) - {Feature.WARM_START, Feature.INTERRUPT, Feature.THREADS, *SETTINGS.values()}
    return Pulp(f"pulp:{wanted}", "pulp", "pulp", "solvers.backends.pulp", plain, wanted)
