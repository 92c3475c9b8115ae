"""The unit of work: a range of draws of every case, drawn, solved and laid out as a table. Runs in any process."""

from __future__ import annotations

import io
import pickle
import threading
import time
import zlib
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import solvers
from mcda.scenarios.planning._compile import CompiledCase, CompiledPlan
from mcda.uncertainty._distributions import combine
from solvers import Termination
from solvers.branch_and_bound import readiness

if TYPE_CHECKING:
    from mcda.arrays import FloatArray
    from mcda.decision import Decision
    from mcda.scenarios.planning._plan import ScenarioPlan
    from mcda.uncertainty import Futures

_KEPT = 2


class _Memory(threading.local):
    """Plans compiled by this thread (a compiled plan has state), by identity of the job: once, not once per chunk."""

    def __init__(self) -> None:
        self.compiled: OrderedDict[str, CompiledPlan] = OrderedDict()


_MEMORY = _Memory()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Job:
    """What every worker needs to know.

    Attributes
    ----------
    key
        Identity of decision and plan.
    pickled
        Decision and plan, compressed.
    group_best
        (cases, groups) what each group's own best portfolio is worth to it; NaN if there is none.
    groups
        Identifiers of the groups.
    threads
        Threads for each chunk; None: all.
    compiled_search
        Whether there is enough work for compiling our own search to pay, if it is not compiled yet.
    """

    key: str
    pickled: bytes = field(repr=False)
    group_best: FloatArray
    groups: tuple[str, ...]
    threads: int | None
    compiled_search: bool = False

    @staticmethod
    def pack(decision: Decision, plan: ScenarioPlan) -> bytes:
        """Return decision and plan as bytes that any worker can read."""
        return zlib.compress(pickle.dumps((decision, plan), protocol=pickle.HIGHEST_PROTOCOL))

    def compiled(self) -> CompiledPlan:
        """Return the compiled plan, from this process's memory if it is there."""
        if self.key not in _MEMORY.compiled:
            decision, plan = pickle.loads(zlib.decompress(self.pickled))  # noqa: S301 - made by our own coordinator
            _MEMORY.compiled[self.key] = CompiledPlan(decision, plan)
            while len(_MEMORY.compiled) > _KEPT:
                _MEMORY.compiled.popitem(last=False)
        return _MEMORY.compiled[self.key]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Chunk:
    """What a worker sends back: a Parquet file, and how long it took."""

    start: int
    stop: int
    parquet: bytes
    seconds: float


def run_chunk(job: Job, start: int, stop: int) -> Chunk:
    """Draw and solve the draws from `start` to before `stop` in every case."""
    if job.compiled_search and not readiness.is_loaded() and readiness.unusable() is None:
        readiness.load()
    began = time.perf_counter()
    compiled = job.compiled()
    tables = [
        _case_columns(case, inputs, compiled.plan, job, position)
        for position, (case, inputs) in enumerate(zip(compiled.cases, compiled.draw(start, stop), strict=True))
    ]
    parquet = to_parquet(_interleaved(compiled, tables, job, start, stop))
    return Chunk(start, stop, parquet, time.perf_counter() - began)


def to_parquet(table: pa.Table) -> bytes:
    """Return a table as a compressed Parquet file."""
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def _case_columns(case: CompiledCase, inputs: Futures, plan: ScenarioPlan, job: Job, position: int) -> dict[str, Any]:
    count = len(inputs.values)
    resources = len(case.problem.resources)
    found: dict[str, Any] = {
        "selected": np.zeros((count, len(case.problem.names)), dtype=bool),
        "value": np.full(count, np.nan),
        "bound": np.full(count, np.inf),
        "status": np.full(count, "failed", dtype="<U17"),
        "proved_by": np.full(count, "", dtype="<U64"),
        "unique": np.full(count, -1, dtype=np.int8),
        "use": np.full((count, resources), np.nan),
        "event": [inputs.events.get(row, "") for row in range(count)],
    }
    valued = np.flatnonzero(np.isfinite(inputs.values.sum(axis=1)))
    _solve_rows(case.problem, inputs, valued, plan, job, found)
    has = (found["status"] == "optimal") | (found["status"] == "feasible")
    shares = _shares(case, found["selected"], job.group_best[position])
    shares[~has] = np.nan
    found["shares"] = shares
    return found


def _solve_rows(
    problem: solvers.Problem,
    inputs: Futures,
    rows: np.ndarray[Any, np.dtype[np.intp]],
    plan: ScenarioPlan,
    job: Job,
    found: dict[str, Any],
) -> None:
    """Solve rows together; if that fails as a whole, one by one, so that only the failing rows count as failures."""
    if not len(rows):
        return
    try:
        batch = solvers.solve_batch(
            problem,
            values=inputs.values[rows],
            synergy_values=inputs.synergy_values[rows] if problem.synergies else None,
            usage=None if inputs.usage is None else inputs.usage[rows],
            capacity=None if inputs.capacity is None else inputs.capacity[rows],
            solver=plan.solver,
            time_limit=None if plan.time_limit is None else plan.time_limit * len(rows),
            threads=job.threads,
        )
    except (solvers.SolversError, ArithmeticError, ValueError) as error:
        if len(rows) == 1:
            found["event"][int(rows[0])] = f"{type(error).__name__}: {error}"
        else:
            for row in rows:
                _solve_rows(problem, inputs, row[None], plan, job, found)
        return
    found["selected"][rows] = batch.selected
    found["value"][rows] = batch.value
    found["bound"][rows] = batch.bound
    found["status"][rows] = batch.termination
    found["proved_by"][rows] = batch.proved_by
    found["unique"][rows] = batch.unique
    found["use"][rows] = batch.usage
    for place, text in batch.events.items():
        found["event"][int(rows[place])] = text


def _shares(case: CompiledCase, selected: np.ndarray[Any, np.dtype[np.bool_]], best: FloatArray) -> FloatArray:
    """Return (s, groups) what each portfolio is worth to each group, as a share of the group's own best."""
    if not len(best):
        return np.empty((len(selected), 0))
    chosen = selected.astype(float)
    worth = combine(chosen, np.ascontiguousarray(case.group_values.T))
    problem = case.problem
    for row, synergy in enumerate(problem.synergies):
        together = np.all(selected[:, problem.positions(synergy.members)], axis=1, keepdims=True)
        worth += together * case.group_synergies[:, row]
    return np.asarray(np.divide(worth, best, out=np.ones(worth.shape), where=best != 0.0))


def group_bests(case: CompiledCase, plan: ScenarioPlan) -> FloatArray:
    """Return (groups,) the value to each group of its own best portfolio, on the case's stated figures."""
    if not len(case.group_values):
        return np.empty(0)
    batch = solvers.solve_batch(
        case.problem,
        values=case.group_values,
        synergy_values=case.group_synergies if case.problem.synergies else None,
        solver=plan.solver,
        time_limit=None if plan.time_limit is None else plan.time_limit * len(case.group_values),
    )
    return np.where(batch.termination == Termination.OPTIMAL, batch.value, np.nan)


def _interleaved(compiled: CompiledPlan, tables: list[dict[str, Any]], job: Job, start: int, stop: int) -> pa.Table:
    """Return one table, in the order of scenarios: all cases of a draw, then the next draw."""
    cases, count = len(tables), stop - start

    def column(name: str) -> np.ndarray[Any, Any]:
        stacked = np.stack([table[name] for table in tables], axis=1)
        return stacked.reshape(count * cases, *stacked.shape[2:])

    problem = compiled.cases[0].problem
    packed = np.packbits(column("selected"), axis=1, bitorder="little")
    width = packed.shape[1]
    unique, shares, use = column("unique"), column("shares"), column("use")
    event = column("event")
    names = pa.array(compiled.names)
    columns: dict[str, pa.Array] = {
        "scenario": pa.array(np.arange(start * cases, stop * cases, dtype=np.int64)),
        "case": pa.DictionaryArray.from_arrays(pa.array(np.tile(np.arange(cases, dtype=np.int32), count)), names),
        "draw": pa.array(np.repeat(np.arange(start, stop, dtype=np.int64), cases)),
        "status": pa.array(column("status")).dictionary_encode(),
        "value": _figures(column("value")),
        "bound": _figures(column("bound")),
        "selection": pa.FixedSizeBinaryArray.from_buffers(
            pa.binary(width), len(packed), [None, pa.py_buffer(np.ascontiguousarray(packed))]
        ),
        "unique": pa.array(unique == 1, mask=unique < 0),
        "proved_by": pa.array(column("proved_by")).dictionary_encode(),
    }
    for place, group in enumerate(job.groups):
        columns[f"share {group}"] = _figures(shares[:, place])
    for place, resource in enumerate(problem.resources):
        columns[f"use {resource}"] = _figures(use[:, place])
    columns["event"] = pa.array(event, mask=event == "")
    return pa.table(columns)


def _figures(values: FloatArray) -> pa.Array:
    return pa.array(values, mask=~np.isfinite(values))
