"""Running a plan: chunks go out to workers and results come in as they are ready, none done twice and none lost."""

from __future__ import annotations

import hashlib
import sys
from collections import deque
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import ExitStack
from typing import TYPE_CHECKING

import numpy as np

from mcda.errors import McdaError
from mcda.scenarios.planning._compile import CompiledPlan
from mcda.scenarios.results._result import ScenarioRun
from mcda.scenarios.results._store import FolderStore, MemoryStore, Range, Store
from mcda.scenarios.running._chunk import Chunk, Job, group_bests, run_chunk
from mcda.scenarios.running._executors import SerialExecutor, WorkerPool, usable_processors
from mcda.scenarios.running._manifest import begun, finished, opened
from mcda.scenarios.running._progress import Progress
from mcda.scenarios.running._stopping import Watch
from solvers.backends.registry import usable
from solvers.branch_and_bound import readiness

if TYPE_CHECKING:
    from pathlib import Path

    from mcda.decision import Decision
    from mcda.scenarios.planning._plan import ScenarioPlan

FIRST_CHUNK = 16
"""Draws of the first chunk, before anything is known about speed."""
SECONDS_A_CHUNK = 5.0
MOST_BYTES = 24 * 2**20
"""Arrays of one chunk stay below this, so that memory is bounded however many scenarios there are."""
_MOST_DRAWS = 2**16
_BREAKS = 3


def run_scenarios(
    decision: Decision,
    plan: ScenarioPlan | None = None,
    *,
    out: str | Path | None = None,
    resume: bool = False,
    executor: Executor | None = None,
    workers: int | None = None,
    chunk: int | None = None,
    progress: bool | None = None,
) -> ScenarioRun:
    """Find the best portfolio of every scenario of a plan, each proven.

    Parameters
    ----------
    decision
        The decision.
    plan
        What to run; default: `default_plan`, which draws what the decision itself states to be uncertain.
    out
        Folder for the results: one Parquet file per chunk and a manifest. Without it they are kept in memory,
        compressed.
    resume
        Continue the run in `out`: after an interruption, or with more draws than before. What is done is not done
        again. Otherwise a folder that already holds a run is refused.
    executor
        Any `concurrent.futures.Executor`, such as the one of a Dask client (``client.get_executor()``). It stays
        open. Default: one worker process per processor, or this process alone if ``workers=1``.
    workers
        How many worker processes; with an executor of your own, how many chunks it computes at a time.
    chunk
        Draws per chunk; default: about five seconds of work. It does not affect the results.
    progress
        Show progress on standard error; default: if that is a terminal.

    Returns
    -------
    ScenarioRun
        Every scenario, and what they say together.

    Raises
    ------
    InputError
        If the folder holds another run, or a finished one that is not to be resumed; or if the plan asks for what the
        decision lacks.
    LabelError
        If the plan names something unknown.
    solvers.BackendError
        If the solver is unknown or cannot be used here.

    Notes
    -----
    Scenario k is draw ``k // cases`` of case ``k % cases``. It is the same for any number of workers, any chunks and
    any interruptions; ``run.sha256`` shows that two runs are equal.

    Examples
    --------
    >>> import mcda
    >>> decision = mcda.load("datasets/nhs-digital")
    >>> plan = mcda.ScenarioPlan(draws=4, weights=mcda.WeightDraw(kind="group_mix"))
    >>> run = mcda.run_scenarios(decision, plan, workers=1)
    >>> run.statuses
    {'optimal': 4}
    >>> float(run.acceptability.loc["P39", "share"])
    1.0
    """
    store: Store = MemoryStore() if out is None else FolderStore(out)
    with ExitStack() as stack:
        if isinstance(store, FolderStore):
            stack.enter_context(store.locked())
            store.tidy()
        plan = opened(store, decision, plan, resume=resume)
        if plan.solver != "auto":
            usable(plan.solver)
        compiled = CompiledPlan(decision, plan)
        job = _job(decision, plan, compiled, 1 if executor or workers != 1 else None)
        begun(store, decision, plan, compiled, job)
        if job.compiled_search and isinstance(executor, SerialExecutor | None) and not readiness.is_warm():
            _compile_search(progress)
        if executor is None:
            count = usable_processors() if workers is None else workers
            executor = SerialExecutor() if count == 1 else stack.enter_context(WorkerPool(count))
            workers = count
        _Coordinator(store, compiled, job, executor, workers, chunk, progress).run()
        finished(store)
    return ScenarioRun(decision, plan, store)


def _compile_search(progress: bool | None) -> None:
    """Compile our own search once for all workers, which then read it from disk; say so to whoever is watching."""
    if sys.stderr.isatty() if progress is None else progress:
        sys.stderr.write("  compiling the search, once per installation: a minute or two\n")
    readiness.load()


def _job(decision: Decision, plan: ScenarioPlan, compiled: CompiledPlan, threads: int | None) -> Job:
    packed = Job.pack(decision, plan)
    best = [group_bests(case, plan) for case in compiled.cases]
    large = plan.draws * len(compiled.cases) >= readiness.WORTH_COMPILING
    return Job(
        hashlib.sha256(packed).hexdigest(),
        packed,
        np.array(best),
        tuple(group.id for group in decision.groups),
        threads,
        plan.solver == "auto" and large and readiness.unusable() is None,
    )


class _Coordinator:
    """Hands out ranges of draws and keeps what comes back."""

    def __init__(
        self,
        store: Store,
        compiled: CompiledPlan,
        job: Job,
        executor: Executor,
        workers: int | None,
        chunk: int | None,
        progress: bool | None,
    ) -> None:
        self._store, self._job, self._executor = store, job, executor
        self._cases = len(compiled.cases)
        self._watch = Watch(store, compiled)
        done = sum(stop - start for start, stop in store.ranges())
        self._gaps = deque(self._watch.gaps())
        self._fixed = chunk
        problem = compiled.cases[0].problem
        figures = 24 + 2 * len(problem.names) + 2 * len(problem.resources) + len(job.groups)
        if compiled.plan.costs:
            figures += 3 * problem.usage.size
        if compiled.plan.performance:
            figures += 2 * problem.usage.shape[0]
        self._most = max(1, min(_MOST_DRAWS, MOST_BYTES // (8 * figures * self._cases)))
        self._size = chunk or min(FIRST_CHUNK, self._most)
        at_once = workers or 2 * usable_processors()
        self._ours = isinstance(executor, SerialExecutor | WorkerPool)
        self._window = 1 if isinstance(executor, SerialExecutor) else 2 * at_once
        self._at_once = at_once
        self._breaks = 0
        self._progress = Progress(compiled.plan.draws * self._cases, done * self._cases, shown=progress)

    def run(self) -> None:
        pending: dict[Future[Chunk], Range] = {}
        try:
            while not self._watch.over:
                while len(pending) < self._window and (part := self._next()) is not None:
                    pending[self._submit(*part)] = part
                if not pending:
                    break
                done, _ = wait(pending, timeout=1.0, return_when=FIRST_COMPLETED)
                lost = [part for future in done if (part := self._collect(future, pending.pop(future))) is not None]
                if lost:
                    self._replace_pool(lost, pending)
                self._progress.show()
            self._watch.cut()
        except BaseException:
            self._executor_cancel(pending)
            raise
        finally:
            self._progress.end()
        if pending:
            self._executor_cancel(pending)

    def _submit(self, start: int, stop: int) -> Future[Chunk]:
        return self._executor.submit(run_chunk, self._job, start, stop)

    def _next(self) -> Range | None:
        """Return the next range to compute: from the first gap, up to the size of a chunk."""
        if not self._gaps:
            return None
        start, stop = self._gaps.popleft()
        size = self._size
        if self._fixed is None:
            # Near the end, share what is left among all workers, so that none waits long for the last.
            left = stop - start + sum(end - begin for begin, end in self._gaps)
            size = min(size, max(FIRST_CHUNK, -(-left // self._at_once)))
        cut = min(start + size, stop)
        if cut < stop:
            self._gaps.appendleft((cut, stop))
        return start, cut

    def _collect(self, future: Future[Chunk], part: Range) -> Range | None:
        """Keep a result; return the range if its worker died first."""
        try:
            chunk = future.result()
        except BrokenExecutor:
            return part
        except Exception as error:
            if self._ours:
                raise
            raise McdaError(
                f"The executor could not compute draws {part[0]} to {part[1]}: {type(error).__name__}: {error}. "
                "What is done is kept; repair the executor and resume the run."
            ) from error
        self._store.write(chunk.start, chunk.stop, chunk.parquet)
        self._breaks = 0
        self._progress.advance((chunk.stop - chunk.start) * self._cases)
        if self._fixed is None:
            draws = chunk.stop - chunk.start
            wanted = int(SECONDS_A_CHUNK / max(chunk.seconds / draws, 1e-9))
            self._size = max(1, min(wanted, 4 * max(draws, FIRST_CHUNK), self._most))
        self._watch.advance()
        return None

    def _replace_pool(self, lost: list[Range], pending: dict[Future[Chunk], Range]) -> None:
        """Start new workers and hand out again what the dead ones were working on."""
        if not isinstance(self._executor, WorkerPool):
            raise McdaError(
                f"The executor broke while computing draws {lost[0][0]} to {lost[0][1]}. What is done is kept; "
                "restart the executor and resume the run."
            )
        self._breaks += 1
        if self._breaks > _BREAKS:
            raise McdaError(
                f"Workers keep dying while computing draws from {min(lost)[0]}; perhaps memory is running out. "
                "What is done is kept. Resume with fewer workers or smaller chunks."
            )
        for future, part in list(pending.items()):
            if future.done() and future.exception() is None:
                if self._collect(future, part) is not None:  # pragma: no cover - it has no exception
                    lost.append(part)
            else:
                lost.append(part)
        pending.clear()
        self._executor.restart()
        self._gaps.extendleft(sorted(lost, reverse=True))

    def _executor_cancel(self, pending: dict[Future[Chunk], Range]) -> None:
        for future in pending:
            future.cancel()
        if isinstance(self._executor, WorkerPool):
            self._executor.shutdown(cancel_futures=True)
