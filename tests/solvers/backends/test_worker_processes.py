"""Solvers in processes of their own: killed, interrupted, and several at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from solvers import Problem, solve
from solvers.backends import _worker
from solvers.backends.registry import MODULES, load, why_unusable
from solvers.testing import hard_problem

WORKERS = [name for name in MODULES if hasattr(load(name), "module")]
SMALL = Problem([16, 22, 12, 8], [5, 7, 4, 3], 14)


def skip_unless_usable(name):
    reason = why_unusable(name)
    if reason:
        pytest.skip(f"{name} cannot be used here: {reason}")


def kill_when_busy(module):
    """Kill the worker of a module once it has had time to begin; return the thread that does it."""

    def wait_and_kill():
        until = time.monotonic() + 60
        while not (pids := _worker.processes(module)) and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(0.3)
        for pid in pids:
            os.kill(pid, signal.SIGKILL)

    thread = threading.Thread(target=wait_and_kill)
    thread.start()
    return thread


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("name", WORKERS)
def test_a_killed_solver_is_a_failed_result_that_names_it(name):
    skip_unless_usable(name)
    killer = kill_when_busy(load(name).module)
    solution = solve(hard_problem(2, 200, 20), name, time_limit=60)
    killer.join()
    assert solution.termination == "failed"
    assert solution.solver.startswith(name)
    assert any(f"the process of {name} was killed by signal 9 (SIGKILL)" in event for event in solution.events)
    assert solve(SMALL, name).value == 42, "the next call gets a new process"


INTERRUPTED = textwrap.dedent("""
    import os, signal, sys, threading, time
    from solvers import solve
    from solvers.testing import hard_problem
    solver, delay = sys.argv[1], float(sys.argv[2])
    solve(hard_problem(0, 12, 2), solver)  # the process is warm when the clock starts
    threading.Timer(delay, os.kill, (os.getpid(), signal.SIGINT)).start()
    solution = solve(hard_problem(2, 200, 20), solver, time_limit=100)
    print(solution.termination, solution.limit, solution.has_portfolio and solution.certificate.holds)
    print(solution.seconds < 60, signal.getsignal(signal.SIGINT) is signal.default_int_handler)
""")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["auto", "highs", "pulp", "cpsat", "scip"])
def test_ctrl_c_gives_the_best_so_far(name):
    if name != "auto":
        skip_unless_usable(name)
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, name, "3"], check=False, capture_output=True, text=True, timeout=300
    )
    assert done.stdout.splitlines() == ["feasible interrupt True", "True True"], done.stderr


def test_ctrl_c_ends_a_solver_that_cannot_be_stopped():
    skip_unless_usable("scipy")
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, "scipy", "1"], check=False, capture_output=True, text=True, timeout=300
    )
    assert done.stdout.splitlines() == ["no_solution_found interrupt False", "True True"], done.stderr


@pytest.mark.parametrize("name", ["highs", "pulp", "cpsat"])
def test_several_threads_solve_at_once(name):
    skip_unless_usable(name)
    problems = [SMALL.replace(capacity=[float(capacity)]) for capacity in range(3, 19)]
    expected = [solve(problem, "exhaustive").selected for problem in problems]
    with ThreadPoolExecutor(max_workers=4) as pool:
        found = list(pool.map(lambda problem: solve(problem, name).selected, problems))
    assert found == expected


def test_what_a_solver_prints_can_be_heard_and_never_reaches_standard_output(capfd):
    for name in ("highs", "scipy", "pulp", "cpsat", "scip"):
        if why_unusable(name) is None:
            lines: list[str] = []
            solve(hard_problem(0, 12, 2), name, log=lines.append)
            assert len(lines) > 3, name
    assert capfd.readouterr().out == ""


def test_log_true_writes_to_the_standard_error_stream(capsys):
    solve(SMALL, "highs", log=True)
    captured = capsys.readouterr()
    assert "HiGHS" in captured.err
    assert captured.out == ""


def test_workers_end_with_the_program():
    skip_unless_usable("scip")
    program = (
        "from solvers import Problem, solve\n"
        "from solvers.backends import _worker\n"
        "solve(Problem([1], [1], 1), 'scip')\n"
        "print(*_worker.processes('solvers.backends.scip'))\n"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], check=True, capture_output=True, text=True)
    (pid,) = map(int, done.stdout.split())
    assert done.stderr == ""
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
