"""Our own branch and bound, compiled: options in or out, rules, synergies; ties settled on the way, exactly."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.backends.base import SETTINGS, Feature, Options, Outcome
from solvers.branch_and_bound import readiness
from solvers.branch_and_bound._form import dense_form, unfit
from solvers.certificate import certify
from solvers.linear.cliques import strong_model, with_merged_exclusions
from solvers.termination import LimitReached, Termination

if TYPE_CHECKING:
    from solvers.model.problem import Problem

CANDIDATES = 256  # portfolios of nearly the same value that are compared exactly
WINDOW, MARGIN = 1e-12, 1e-10  # relative to the sum of absolute values
ALONE = 1e-9  # how much better a portfolio must be if there are too many ties to keep
SWAPS = 50
NO_LIMIT = 2**62


@dataclass(frozen=True, slots=True)
class BranchAndBound:
    """The back end of our own branch and bound."""

    name: str = "branch_and_bound"
    features: frozenset[Feature] = frozenset(Feature) - {
        Feature.GAP,
        Feature.THREADS,
        Feature.FRACTIONS,
        *SETTINGS.values(),
    }

    def version(self) -> str:
        """Return "" because this method comes with the package."""
        return ""

    def unusable(self) -> str | None:
        """Why it cannot answer at once here; None if it can."""
        return readiness.cold()

    def lacks(self, problem: Problem) -> str | None:
        """Why it does not take this problem; None if it does."""
        if problem.continuous:
            return "branch_and_bound takes options that are in or out, not amounts. Remedy: solver='highs'."
        reason = unfit(with_merged_exclusions(problem))
        return f"branch_and_bound cannot take this problem: {reason}. Remedy: solver='highs'." if reason else None

    def select(self, problem: Problem, options: Options) -> Outcome:
        """Search, and compare the candidates exactly."""
        search = _Search(problem, options)
        outcome = search.run(WINDOW)
        return search.run(-ALONE) if outcome.termination is Termination.FAILED else outcome


class _Search:
    def __init__(self, problem: Problem, options: Options) -> None:
        self.problem, self.options, self.deadline = problem, options, options.deadline()
        self.solve_block = readiness.load()
        self.model = strong_model(problem)
        self.form = dense_form(self.model)

    def run(self, window: float) -> Outcome:
        """Search once; `window` below 0 finds the best portfolio only, without those of the same value."""
        from solvers.branch_and_bound._levels import allocate

        m, n = self.form.A.shape
        root, levels = allocate(m, n, CANDIDATES, 1), allocate(m, n, CANDIDATES)
        answer, others = np.zeros((1, n), np.int8), np.zeros((1, CANDIDATES, n), np.int8)
        more, status, nodes = (np.zeros(1, np.int64) for _ in range(3))
        bounds, pool, held = np.full(1, np.inf), np.zeros((1, n)), 0
        if self.options.start is not None:
            pool[0], held = self._start(self.options.start), 1
        form = self.form

        def search() -> None:
            self.solve_block(
                *(self.model.objective[None], form.A[None], form.b[None], form.size[None], form.unit[None]),
                *(form.fix[None], np.array([window, MARGIN]), SWAPS, NO_LIMIT, pool, held, root, levels),
                *(answer, others, more, status, nodes, bounds),
            )

        limit = self._wait(search, levels.best)
        found = np.vstack([answer, others[0, : max(0, more[0])]]) > 0
        return self._outcome(int(status[0]), limit, found, int(more[0]), float(bounds[0]), window)

    def _start(self, start: Any) -> Any:
        inside = np.asarray(start[: len(self.problem.names)]) > 0.5
        together = [inside[self.problem.positions(synergy.members)].all() for synergy in self.problem.synergies]
        return np.concatenate([inside, together]).astype(float)

    def _wait(self, search: Any, best: Any) -> LimitReached | None:
        """Run in a separate thread, which a flag in `best` stops; return the limit that was reached, if any."""
        left = self.deadline.left
        limit: list[LimitReached] = []

        def stop(reason: LimitReached) -> None:
            limit.append(reason)
            best[2] = 1.0

        failure: list[BaseException] = []

        def guarded() -> None:
            try:
                search()
            except BaseException as error:  # noqa: BLE001 - handed on to the caller's thread
                failure.append(error)

        thread = threading.Thread(target=guarded, daemon=True)
        asked = self.options.stop
        if asked is None:
            thread.start()
            thread.join(left)
        else:
            with asked.calling(lambda: stop(LimitReached.INTERRUPT)):
                thread.start()
                thread.join(left)
        if thread.is_alive() and not limit:
            stop(LimitReached.TIME)
        thread.join()
        if failure:
            raise failure[0]
        return limit[0] if limit else None

    def _outcome(
        self, status: int, limit: LimitReached | None, found: Any, more: int, bound: float, window: float
    ) -> Outcome:
        from solvers.branch_and_bound._block import INFEASIBLE, LIMIT, OPTIMAL

        if status == INFEASIBLE:
            return Outcome.infeasible("the tree is closed and holds no portfolio")
        if status == LIMIT and more < 0:
            return Outcome.stopped(limit or LimitReached.TIME, "stopped", bound=bound)
        if status not in (OPTIMAL, LIMIT):
            return Outcome.failed("ties or rounding too close to settle here")
        ranked = self._ranked(found)
        if not ranked:
            return Outcome.failed("a portfolio did not keep the rules exactly")
        point = ranked[0][-1].astype(float)
        value = float(ranked[0][0])
        if status == LIMIT:
            return Outcome.stopped(limit or LimitReached.TIME, "stopped", point, max(value, bound))
        unique = None if window < 0 else sum(one[0] == ranked[0][0] for one in ranked) == 1
        return Outcome.optimal(point, value, "the tree is closed", unique)

    def _ranked(self, found: Any) -> list[Any]:
        """Portfolios that keep every rule exactly, best first by value and the rule of ties."""
        problem, ranked = self.problem, []
        for inside in np.unique(found[:, : len(problem.names)], axis=0):
            certificate = certify(problem, np.flatnonzero(inside).tolist())
            if certificate.holds:
                first = certificate.usage[problem.resources[0]] if problem.resources else 0
                ranked.append((certificate.value, -first, tuple(inside.tolist()), inside))
        return sorted(ranked, key=lambda one: one[:3], reverse=True)


BACKEND = BranchAndBound()
