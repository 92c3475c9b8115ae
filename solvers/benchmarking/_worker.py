"""One run in a process of its own: ``python -m solvers.benchmarking._worker JOB RESULT``.

The job is a pickle of the problem's arguments and the settings of `solve`; the result is JSON. Only files that this
library wrote itself are read.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
import time
from pathlib import Path
from typing import Any


def main(job_file: str, result_file: str) -> None:
    """Run one job."""
    job = pickle.loads(Path(job_file).read_bytes())  # noqa: S301 - written by the process that started this one
    limit_memory(job["memory_mib"])
    result = run_job(job)
    Path(result_file).write_text(json.dumps(result), "utf-8")


def run_job(job: dict[str, Any]) -> dict[str, Any]:
    """Solve a small problem first, by every solver that will be asked, so that loading is not counted; then solve."""
    import solvers
    from solvers.linear import linearise

    settings = job["settings"]
    began = time.perf_counter()
    warm = solvers.Problem([3, 2, 2], [2, 1, 1], 2)
    try:
        for name in asked_of(settings, job):
            solvers.solve(warm, **settings | {"solver": name})
        warmup = time.perf_counter() - began
        began = time.perf_counter()
        problem = solvers.Problem(**job["arguments"])
        linearise(problem)
        build = time.perf_counter() - began
        cpu, began = cpu_seconds(), time.perf_counter()
        solution = solvers.solve(problem, time_limit=job["time_limit"], **settings)
    except solvers.BackendError as error:
        return {"termination": "refused", "note": str(error)}
    search, spent = time.perf_counter() - began, cpu_seconds()
    return {
        "termination": solution.termination,
        "value": solution.value if solution.has_portfolio else None,
        "bound": solution.bound,
        "certified": solution.certificate is not None and solution.certificate.holds,
        "build_seconds": build,
        "search_seconds": search,
        "warmup_seconds": warmup,
        "cpu_seconds": None if spent is None or cpu is None else spent - cpu,
        "memory_mib": peak_memory(),
        "solver": solution.solver,
        "note": "; ".join(map(str, solution.events))[:500],
    }


def asked_of(settings: dict[str, Any], job: dict[str, Any]) -> list[str]:
    """Return the solvers that will be asked: for "auto" those that it prefers for this problem."""
    if settings["solver"] != "auto":
        return [settings["solver"]]
    from solvers import Problem
    from solvers.backends.base import Options
    from solvers.solving._auto import preferred, ready

    problem = Problem(**job["arguments"])
    steps = preferred(problem, Options(job["time_limit"], threads=settings["threads"]))
    return ["auto", *(step.name for step in steps if ready(step.name, problem))]


def limit_memory(mebibytes: int) -> None:
    """Limit the memory of this process and its children, where the system can."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_DATA, (mebibytes * 2**20, mebibytes * 2**20))


def peak_memory() -> float | None:
    """Peak memory of this process or of one of its children, in MiB."""
    try:
        import resource
    except ImportError:
        return None
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in both) / 1024


def cpu_seconds() -> float | None:
    """Processor time of this process and its descendants, running or ended; None if the system does not say."""
    times = os.times()
    total = times.user + times.system + times.children_user + times.children_system
    processes = Path("/proc")
    if not processes.is_dir():
        return total if os.name == "posix" else None
    parents, spent = {}, {}
    for entry in processes.iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
            # Its own time and that of its children that have ended, such as a solver that ran as a program.
            spent[int(entry.name)] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    below = {os.getpid()}
    while further := {child for child, parent in parents.items() if parent in below} - below:
        below |= further
    return total + sum(spent[child] for child in below if child != os.getpid())


if __name__ == "__main__":
    main(*sys.argv[1:])
