"""Batches of scenarios, reading a decision, and writing what the Board reads; smoke mode is part of the suite."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

import mcda
import solvers
from mcda.report import result_record, write_result_csv, write_result_workbook
from solvers.branch_and_bound import readiness

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.benchmark(timer=time.process_time)
FOLDER = mcda.dataset("nhs-digital")


@cache
def example() -> tuple[Any, Any, Any]:
    """Return the decision, its weights and the best portfolio, made once."""
    decision = mcda.load(FOLDER)
    weights = mcda.weigh_decision(decision)
    return decision, weights, mcda.select(decision, weights=weights.board, solver="highs")


def scenario_values(count: int) -> tuple[solvers.Problem, Any]:
    """Return the problem of the example, and its values changed by up to a tenth."""
    decision, weights, _ = example()
    problem = mcda.build_problem(decision, mcda.value_projects(decision, weights.board))
    return problem, problem.values * np.random.default_rng(1).uniform(0.9, 1.1, (count, len(problem.names)))


def describe(benchmark: Any, area: str, what: str, count: int = 1, *, ours: bool = True) -> None:
    benchmark.extra_info.update({"area": area, "what": what, "count": count, "ours": ours})


def test_batch(benchmark: Any) -> None:
    if reason := readiness.cold():
        pytest.skip(reason)
    problem, values = scenario_values(3 if benchmark.disabled else 500)

    def batch() -> Any:
        return solvers.solve_batch(problem, values=values, threads=1)

    found = benchmark.pedantic(batch, rounds=3, warmup_rounds=1)
    describe(benchmark, "batches", "`solve_batch`, changed values", len(values))
    assert (found.termination == "optimal").all()


def test_batch_as_a_loop(benchmark: Any) -> None:
    problem, values = scenario_values(2 if benchmark.disabled else 10)

    def loop() -> list[Any]:
        changed = [problem.replace(values=row) for row in values]
        return [solvers.solve(one, "highs") for one in changed]

    found = benchmark.pedantic(loop, rounds=1 if benchmark.disabled else 3)
    describe(benchmark, "batches", "a loop of `solve` with HiGHS", len(values), ours=False)
    assert {each.termination for each in found} == {"optimal"}


def test_reading_a_folder(benchmark: Any) -> None:
    decision = benchmark.pedantic(lambda: mcda.load(FOLDER), rounds=5, warmup_rounds=1)
    describe(benchmark, "reading", "`mcda.load` of a folder of CSV files")
    assert len(decision.projects) == 40


def test_reading_with_pandas_alone(benchmark: Any) -> None:
    files = sorted(FOLDER.glob("*.csv"))
    frames = benchmark.pedantic(lambda: [pd.read_csv(file) for file in files], rounds=5, warmup_rounds=1)
    describe(benchmark, "reading", "`pandas.read_csv` of the same files, unchecked", ours=False)
    assert len(frames) == len(files) > 5


def test_reading_a_workbook(benchmark: Any, tmp_path: Path) -> None:
    book = tmp_path / "decision.xlsx"
    mcda.convert(FOLDER, book)
    decision = benchmark.pedantic(lambda: mcda.load(book), rounds=3, warmup_rounds=1)
    describe(benchmark, "reading", "`mcda.load` of an Excel workbook")
    assert len(decision.projects) == 40


def test_board_pack(benchmark: Any) -> None:
    _, weights, selection = example()
    html = benchmark.pedantic(lambda: mcda.board_pack(selection, weights), rounds=3, warmup_rounds=1)
    describe(benchmark, "reports", "`mcda.board_pack`, which solves in the page")
    assert html.startswith("<!DOCTYPE html>")


def test_result_as_json(benchmark: Any) -> None:
    _, weights, selection = example()
    record = benchmark.pedantic(lambda: result_record(selection, weights), rounds=3, warmup_rounds=1)
    describe(benchmark, "reports", "the result as a record for JSON")
    assert record


def test_result_as_workbook(benchmark: Any, tmp_path: Path) -> None:
    _, weights, selection = example()
    path = tmp_path / "result.xlsx"
    benchmark.pedantic(lambda: write_result_workbook(path, selection, weights), rounds=3, warmup_rounds=1)
    describe(benchmark, "reports", "the result as an Excel workbook")
    assert path.stat().st_size > 1000


def test_result_as_tables(benchmark: Any, tmp_path: Path) -> None:
    _, weights, selection = example()
    benchmark.pedantic(lambda: write_result_csv(tmp_path, selection, weights), rounds=3, warmup_rounds=1)
    describe(benchmark, "reports", "the result as CSV files")
    assert list(tmp_path.glob("*.csv"))
