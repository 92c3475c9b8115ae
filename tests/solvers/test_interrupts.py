"""Ctrl-C: one search returns the best so far; many searches in a row end at once, and none is passed off as done."""

from __future__ import annotations

import signal
import threading
import time
from dataclasses import dataclass, field

import numpy as np
import pytest

import solvers
from solvers import Problem, solve, solve_batch
from solvers.backends.base import Outcome

PROBLEM = Problem([16, 22, 12, 8], [5, 7, 4, 3], 14, names=["A", "B", "C", "D"])


@dataclass(frozen=True)
class Interrupted:
    """A solver in whose searches the user presses Ctrl-C."""

    calls: list[None] = field(default_factory=list)
    name: str = "interrupted"
    features: frozenset[str] = frozenset()

    def version(self):
        return "1.0"

    def unusable(self):
        return None

    def maximise(self, model, options):
        self.calls.append(None)
        signal.raise_signal(signal.SIGINT)
        assert options.stop.asked
        return Outcome("feasible", "interrupt", np.array([1.0, 0.0, 0.0, 0.0]), 50.0, "told to stop")


@solvers.interrupts_raise()
def three_times(solver):
    for _ in range(3):
        solve(PROBLEM, solver)


def test_one_search_returns_the_best_so_far():
    solution = solve(PROBLEM, Interrupted())
    assert (solution.termination, solution.limit, solution.selected) == ("feasible", "interrupt", ("A",))


def test_many_searches_end_at_the_first_ctrl_c():
    solver = Interrupted()
    with pytest.raises(KeyboardInterrupt):
        three_times(solver)
    assert len(solver.calls) == 1
    assert solve(PROBLEM, Interrupted()).limit == "interrupt", "the block is over"


def test_blocks_may_be_nested_and_do_not_reach_other_threads():
    found = []
    with solvers.interrupts_raise():
        with pytest.raises(KeyboardInterrupt), solvers.interrupts_raise():
            solve(PROBLEM, Interrupted())
        with pytest.raises(KeyboardInterrupt):
            solve(PROBLEM, Interrupted())
        thread = threading.Thread(target=lambda: found.append(solve(PROBLEM, "greedy").termination))
        thread.start()
        thread.join()
    assert found == ["feasible"]


def test_a_batch_ends_at_the_first_ctrl_c_instead_of_cutting_one_scenario_short(monkeypatch):
    solver = Interrupted()
    monkeypatch.setattr("solvers.solving._solve.named", lambda name: solver)
    with pytest.raises(KeyboardInterrupt):
        solve_batch(PROBLEM, capacity=[[14], [12], [4]], solver="interrupted")
    assert len(solver.calls) == 1


def test_the_callers_own_handler_is_back_afterwards():
    with pytest.raises(KeyboardInterrupt), solvers.interrupts_raise():
        solve(PROBLEM, Interrupted())
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_the_threads_of_a_compiled_batch_end_at_ctrl_c(monkeypatch):
    pytest.importorskip("numba")
    from solvers.batch import _engine

    calls = []

    def hard(worker, rows, part):
        calls.append(rows)
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
        for _ in range(1000):
            if worker.stopped:
                raise RuntimeError("stopped in time")
            time.sleep(0.01)

    monkeypatch.setattr(_engine._Worker, "solve", hard)
    monkeypatch.setattr(_engine.readiness, "load", lambda: None)
    with pytest.raises(KeyboardInterrupt):
        solve_batch(PROBLEM, capacity=np.linspace(1, 19, 2000)[:, None], solver="branch_and_bound", threads=1)
    assert len(calls) == 1
