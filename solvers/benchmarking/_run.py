"""Running a plan: a fresh process per run, in random order, each saved to disk when it is done."""

from __future__ import annotations

import json
import os
import pickle
import platform
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from solvers.benchmarking._records import Run, append_run, mend, read_manifest, read_runs, write_manifest
from solvers.benchmarking._third_party import check_third_party
from solvers.errors import ProblemError
from solvers.model.problem import ARGUMENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solvers.benchmarking._plan import Plan, Variant
    from solvers.benchmarking._workloads import Task

START_UP = 60.0
"""Seconds that a process may take beyond its time limit, loading libraries included, before it is killed."""
_LIBRARIES = ("mcda-portfolio", "numpy", "scipy", "highspy", "pulp", "ortools", "pyscipopt", "numba")


def run_plan(
    plan: Plan,
    tasks: Sequence[Task],
    folder: str | os.PathLike[str],
    *,
    resume: bool = False,
    progress: Callable[[int, int, Run | None], None] | None = None,
) -> list[Run]:
    """Run every variant of a plan on every task, and keep each run in a folder.

    Parameters
    ----------
    plan
        Variants, limits, repeats.
    tasks
        The problems.
    folder
        Where the runs are kept: new or empty, unless `resume`.
    resume
        Continue the runs of the folder: what is there is not run again.
    progress
        Called with how many runs are done, how many there are, and the last one.

    Returns
    -------
    list of Run
        All runs of the folder.

    Raises
    ------
    ProblemError
        If the folder holds runs and `resume` is false, or holds runs of another plan, or a solver of another package
        does not pass the conformance suite.
    """
    check_third_party(plan.variants)
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    manifest = {"plan": plan.to_record(), "tasks": [task.key for task in tasks], "machine": machine()}
    before = read_manifest(place)
    if before and not resume:
        raise ProblemError(f"'{place}' holds runs already. Continue them (resume), or give a new folder.")
    if before and json.loads(json.dumps([manifest["plan"], manifest["tasks"]])) != [before["plan"], before["tasks"]]:
        raise ProblemError(f"'{place}' holds runs of another plan or of other instances. Give a new folder.")
    if before:
        mend(place)
    else:
        manifest["best_known"] = {task.key: asdict(task.best_known) for task in tasks if task.best_known is not None}
        write_manifest(place, manifest)
    done = {run.key for run in read_runs(place)} if (place / "runs.jsonl").exists() else set()
    jobs = [(task, variant, repeat) for task in tasks for variant in plan.variants for repeat in range(plan.repeats)]
    random.Random(plan.seed).shuffle(jobs)  # noqa: S311 - an order, not a secret
    limits = plan.limits()
    for number, (task, variant, repeat) in enumerate(jobs):
        for limit in limits:
            key = (task.family, task.name, variant.name, repeat, limit)
            if key not in done:
                run = run_once(task, variant, repeat, limit, plan.memory_mib)
                append_run(place, run)
            else:
                run = next(each for each in read_runs(place) if each.key == key)
            if progress is not None:
                progress(number + 1, len(jobs), run)
            if run.proven or run.termination in {"refused", "crashed", "killed"}:
                break
    return read_runs(place)


def run_once(task: Task, variant: Variant, repeat: int, limit: float, memory_mib: int) -> Run:
    """Run one variant on one task in a separate process, killed if it exceeds its limits."""
    job = {
        "arguments": {key: getattr(task.problem, key) for key in ARGUMENTS},
        "settings": variant.settings() | {"seed": variant.seed + repeat},
        "time_limit": limit,
        "memory_mib": memory_mib,
    }
    named: dict[str, Any] = {
        "family": task.family, "instance": task.name, "variant": variant.name, "repeat": repeat, "limit": limit,
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as scratch:
        files = [str(Path(scratch) / name) for name in ("job.pickle", "result.json")]
        Path(files[0]).write_bytes(pickle.dumps(job))
        began = time.perf_counter()
        try:
            ended = subprocess.run(  # noqa: S603 - this interpreter, and files written here
                [sys.executable, "-m", "solvers.benchmarking._worker", *files],
                capture_output=True,
                timeout=2 * limit + START_UP,
                check=False,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        except subprocess.TimeoutExpired:
            seconds = time.perf_counter() - began
            return Run(**named, termination="killed", search_seconds=seconds, note="did not stop at its time limit")
        if ended.returncode or not Path(files[1]).exists():
            words = ended.stderr.decode("utf-8", "replace").strip().splitlines()
            note = f"exit status {ended.returncode}: {words[-1] if words else 'no message'}"
            return Run(**named, termination="crashed", note=note[:500])
        result: dict[str, Any] = json.loads(Path(files[1]).read_text("utf-8"))
    return Run(**named, **result)


def machine() -> dict[str, Any]:
    """Return what the runs are made on: system, processor, cores, versions."""
    versions = {}
    for name in _LIBRARIES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    return {
        "system": platform.system(),
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "python": platform.python_version(),
        "versions": versions,
    }


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
