"""The batch on our own branch and bound: one tree for similar scenarios, else one each; then certificates and ties."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.batch._arrays import Arrays, Block
from solvers.batch._groups import near_groups
from solvers.branch_and_bound import readiness
from solvers.branch_and_bound._block import INFEASIBLE, OPTIMAL
from solvers.branch_and_bound._group import EJECTED, solve_group
from solvers.branch_and_bound._levels import allocate
from solvers.certificate import certify
from solvers.certificate._many import certify_many
from solvers.termination import Termination

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solvers.batch._scenarios import Scenarios
    from solvers.batch._solution import Results
    from solvers.deadline import Deadline

NAME = "branch_and_bound"
CANDIDATES = 16  # portfolios of nearly the same value that a search remembers
OTHERS = 8  # of them handed back, to be compared exactly
WINDOW, MARGIN = 1e-12, 1e-10  # relative to the sum of absolute values
SWAPS = 5
MOST_NODES = 200_000  # of one scenario, a few seconds: beyond that, another solver is asked
POOL = 2048
PORTION = 256  # scenarios between two looks at the clock
CHANGED_PORTION = 32  # if every scenario has rows of its own
LEAST_PORTION = 32  # for a thread of its own
WORTH_GROUPING = 32  # scenarios that differ in values only and are searched for in one tree
GROUP_NODES = 20  # nodes of that tree per scenario in it: beyond that, each is searched alone
POOR = 2  # after this many groups with more than half left open, no more are tried


@dataclass(slots=True)
class _Outcome:
    rows: NDArray[Any]
    answer: NDArray[np.int8]
    others: NDArray[np.int8]
    more: NDArray[np.int64]
    status: NDArray[np.int64]


def solve_by_engine(results: Results, rows: NDArray[Any], deadline: Deadline, threads: int) -> NDArray[Any]:
    """Solve scenarios and write what is proven and certified into the results; return those left to others."""
    solve_block = readiness.load()
    arrays = Arrays(results.scenarios)
    changed = results.scenarios.usage is not None or results.scenarios.synergy_usage is not None
    share = max(-(-len(rows) // threads), LEAST_PORTION)
    portion = min(CHANGED_PORTION if changed else PORTION, share)
    parts = _parts(arrays, results.scenarios, rows, portion)
    strands = [parts[start::threads] for start in range(max(1, min(threads, len(parts))))]
    workers = [_Worker(arrays, solve_block) for _ in strands]

    def run(worker: _Worker, strand: list[NDArray[Any]]) -> list[_Outcome]:
        outcomes = []
        for part in strand:
            if worker.stopped or deadline.passed:
                break
            outcomes.append(worker.solve(part, results.scenarios.take(part)))
        return outcomes

    def stop() -> None:
        for worker in workers:
            worker.stop()

    timer = threading.Timer(deadline.left or 0.0, stop)
    with ThreadPoolExecutor(len(strands)) as pool:
        try:
            if deadline.left is not None:
                timer.start()
            outcomes = [outcome for strand in pool.map(run, workers, strands) for outcome in strand]
        except BaseException:  # Ctrl-C: the block ends when its threads do
            stop()
            raise
        finally:
            timer.cancel()
    return _write(results, rows, outcomes)


def _parts(arrays: Arrays, scenarios: Scenarios, rows: NDArray[Any], portion: int) -> list[NDArray[Any]]:
    """Divide scenarios into portions: similar ones together if only values change."""
    if _values_only(scenarios) and len(rows) > portion:
        return [rows[group] for group in near_groups(arrays.block(scenarios.take(rows)).C, portion)]
    return [rows[start : start + portion] for start in range(0, len(rows), portion)]


def _values_only(scenarios: Scenarios) -> bool:
    return set(scenarios.changed) <= {"values", "synergy_values"}


class _Worker:
    """Memory of one thread: tableaus and the pool of portfolios that were best before."""

    def __init__(self, arrays: Arrays, solve_block: Any) -> None:
        m, n = arrays.shape
        self.arrays, self.solve_block = arrays, solve_block
        self.root, self.levels = allocate(m, n, CANDIDATES, 1), allocate(m, n, CANDIDATES)
        self.pool, self.held = np.zeros((POOL, n)), 0
        self.stopped, self.poor = False, 0

    def stop(self) -> None:
        """End the search under way, and start no other."""
        self.stopped = True
        self.levels.best[2] = 1.0

    def solve(self, rows: NDArray[Any], part: Scenarios) -> _Outcome:
        block, s, n = self.arrays.block(part), len(part), self.arrays.shape[1]
        answer, others = np.zeros((s, n), np.int8), np.zeros((s, OTHERS, n), np.int8)
        more, status = np.zeros(s, np.int64), np.zeros(s, np.int64)
        alone = np.arange(s)
        if s >= WORTH_GROUPING and self.poor < POOR and _values_only(part):
            self._solve_together(block, answer, others, more, status)
            alone = np.flatnonzero(status == EJECTED)
            self.poor += len(alone) > s // 2
        if len(alone) == s:
            self._solve_alone(block, answer, others, more, status)
        elif len(alone):
            rest = replace(block, C=np.ascontiguousarray(block.C[alone]))
            taken = answer[alone], others[alone], more[alone], status[alone]
            self._solve_alone(rest, *taken)
            answer[alone], others[alone], more[alone], status[alone] = taken
        options = self.arrays.options
        return _Outcome(rows, answer[:, :options], others[:, :, :options], more, status)

    def _solve_together(self, block: Block, answer: Any, others: Any, more: Any, status: Any) -> None:
        """Search one tree for all; those not settled come back as EJECTED."""
        self.held = solve_group(
            *(block.C, block.C.mean(axis=0), block.A[0], block.B[0], block.size[0], block.unit[0], block.fix[0]),
            *(np.array([WINDOW, MARGIN]), SWAPS, GROUP_NODES * len(status) + 200, self.pool, self.held),
            *(self.root, self.levels, answer, others, more, status),
        )

    def _solve_alone(self, block: Block, answer: Any, others: Any, more: Any, status: Any) -> None:
        """Search a tree for each."""
        s = len(status)
        self.held = self.solve_block(
            *(block.C, block.A, block.B, block.size, block.unit, block.fix, np.array([WINDOW, MARGIN])),
            *(SWAPS, MOST_NODES, self.pool, self.held, self.root, self.levels),
            *(answer, others, more, status, np.zeros(s, np.int64), np.zeros(s)),
        )


def _write(results: Results, rows: NDArray[Any], outcomes: list[_Outcome]) -> NDArray[Any]:
    left = set(rows.tolist())
    for outcome in outcomes:
        none = outcome.rows[outcome.status == INFEASIBLE]
        results.infeasible(none, NAME)
        left -= set(none.tolist())
        good = np.flatnonzero(outcome.status == OPTIMAL)
        at, selected = outcome.rows[good], outcome.answer[good] > 0
        unique = np.ones(len(good), dtype=np.int8)
        for i in np.flatnonzero(outcome.more[good] > 0).tolist():
            rivals = outcome.others[good[i], : outcome.more[good[i]]] > 0
            selected[i], unique[i] = _settle(results.scenarios, int(at[i]), np.vstack([selected[i][None], rivals]))
        part = results.scenarios.take(at)
        found = certify_many(part.problem, selected, **part.changes)
        holds = found.holds
        at, value = at[holds], found.value[holds]
        results.selected[at], results.value[at], results.bound[at] = selected[holds], value, value
        results.usage[at], results.unique[at] = found.usage[holds], unique[holds]
        results.termination[at], results.proved_by[at] = Termination.OPTIMAL, NAME
        left -= set(at.tolist())
    return np.array(sorted(left), dtype=np.intp)


def _settle(scenarios: Scenarios, k: int, candidates: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], int]:
    """Return the best of nearly equal portfolios by the rule of ties, exactly, and whether no other equals it."""
    problem = scenarios.problem_of(k)
    ranked = []
    for inside in np.unique(candidates, axis=0):
        certificate = certify(problem, [problem.names[i] for i in np.flatnonzero(inside)])
        if certificate.holds:
            first = certificate.usage[problem.resources[0]] if problem.resources else Fraction(0)
            ranked.append((certificate.value, -first, tuple(inside.tolist()), inside))
    ranked.sort(key=lambda one: one[:3], reverse=True)
    equal = sum(one[0] == ranked[0][0] for one in ranked)
    return ranked[0][3], int(equal == 1)
