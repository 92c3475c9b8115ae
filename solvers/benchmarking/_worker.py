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
    """Solve a small problem first, so that loading libraries is not counted; then build and solve."""
    import solvers
    from solvers.linear import linearise

    settings = job["settings"]
    began = time.perf_counter()
    warm = solvers.Problem([3, 2, 2], [2, 1, 1], 2)
    try:
        solvers.solve(warm, **settings)
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


def limit_memory(mebibytes: int) -> None:
    """Limit the memory of this process and its children, where the system can."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_DATA, (mebibytes * 2**20, mebibytes * 2**20))


def peak_memory() -> float | None:
    """Most memory that this process or a child of it held, in MiB."""
    try:
        import resource
    except ImportError:
        return None
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in both) / 1024


def cpu_seconds() -> float | None:
    """Processor time of this process and of all below it, living or not; None where the system does not say."""
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
            spent[int(entry.name)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    below = {os.getpid()}
    while further := {child for child, parent in parents.items() if parent in below} - below:
        below |= further
    return total + sum(spent[child] for child in below if child != os.getpid())


if __name__ == "__main__":
    main(*sys.argv[1:])
