"""Running plans: fresh processes, kills, resuming, plans as files, and a page that reads well and loads nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import solvers
from mcda.cli import main
from solvers.backends.base import Feature, Outcome
from solvers.benchmarking import (
    Plan,
    Variant,
    generated_tasks,
    judge,
    read_plan,
    read_runs,
    run_plan,
    sampled,
    tasks_of,
    write_page,
    write_tables,
)
from solvers.benchmarking._records import read_manifest
from solvers.benchmarking._run import run_once
from solvers.benchmarking._worker import asked_of, cpu_seconds
from solvers.model.problem import ARGUMENTS

pytestmark = pytest.mark.newest_only

HIGHS, BRUTE = Variant("highs", "highs"), Variant("look at all", "exhaustive")


def test_a_plan_is_run_kept_judged_and_written(tmp_path):
    tasks = generated_tasks("smoke")
    plan = Plan((HIGHS, BRUTE, Variant("none", "no-such-solver")), time_limit=30)
    seen = []
    runs = run_plan(plan, tasks, tmp_path, progress=lambda done, total, _run: seen.append((done, total)))
    assert seen[-1] == (6, 6)
    assert {run.termination for run in runs if run.variant != "none"} == {"optimal"}
    assert all("There is no solver 'no-such-solver'" in run.note for run in runs if run.variant == "none")
    for task in tasks:
        values = {run.value for run in runs if run.instance == task.name and run.value is not None}
        assert values == {solvers.solve(task.problem).value}
    for run in runs:
        if run.variant != "none":
            assert run.certified
            assert run.build_seconds >= 0
            assert run.warmup_seconds > 0
            assert run.memory_mib > 10
    manifest = read_manifest(tmp_path)
    assert manifest["machine"]["versions"]["numpy"]
    judgement = judge(runs, manifest["best_known"])
    assert judgement.refuted == ()
    page = write_page(tmp_path / "report.html", runs, judgement, manifest).read_text("utf-8")
    assert page == write_page(tmp_path / "again.html", runs, judgement, manifest).read_text("utf-8")
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")
    assert "no claim is refuted" in page
    assert [path.name for path in write_tables(tmp_path, runs, judgement, 30.0)] == [
        "runs.csv", "runs.parquet", "summary.csv", "best.csv",
    ]  # fmt: skip


def test_runs_are_neither_overwritten_nor_mixed(tmp_path):
    tasks, plan = generated_tasks("smoke")[:1], Plan((BRUTE,), time_limit=30)
    before = run_plan(plan, tasks, tmp_path)
    with pytest.raises(solvers.ProblemError, match="holds runs already"):
        run_plan(plan, tasks, tmp_path)
    with pytest.raises(solvers.ProblemError, match="runs of another plan"):
        run_plan(Plan((HIGHS,)), tasks, tmp_path, resume=True)
    assert run_plan(plan, tasks, tmp_path, resume=True) == before


def test_a_killed_sweep_goes_on_where_it_was(tmp_path):
    code = (
        "from solvers.benchmarking import *\n"
        f"run_plan(Plan((Variant('a', 'exhaustive'), Variant('b', 'exhaustive')), time_limit=30, repeats=2),"
        f" generated_tasks('smoke'), {str(tmp_path)!r}, resume=True)"
    )
    sweep = subprocess.Popen([sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)})
    file = tmp_path / "runs.jsonl"
    while not (file.exists() and file.read_text().count("\n") >= 2):
        assert sweep.poll() is None
        time.sleep(0.05)
    sweep.send_signal(signal.SIGKILL)
    sweep.wait()
    with file.open("a") as lines:
        lines.write('{"family": "cut o')  # what a kill in the middle of a write leaves
    first = read_runs(tmp_path)
    assert 2 <= len(first) < 8
    exec(code, {})  # noqa: S102 - the same sweep again
    runs = read_runs(tmp_path)
    assert runs[: len(first)] == first
    assert len({run.key for run in runs}) == len(runs) == 8


def test_a_process_that_dies_or_hangs_is_recorded(tmp_path, monkeypatch):
    task = generated_tasks("smoke")[0]
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert run_once(task, BRUTE, 0, 1.0, 4096).termination == "crashed"
    sleeper = tmp_path / "sleeper"
    sleeper.write_text("#!/bin/sh\nexec sleep 60\n")
    sleeper.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(sleeper))
    monkeypatch.setattr("solvers.benchmarking._run.START_UP", 0.2)
    ended = run_once(task, BRUTE, 0, 0.1, 4096)
    assert (ended.termination, ended.proven) == ("killed", False)


def test_a_plan_as_a_file(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text('time_limit = 5\nanytime = true\n[[variant]]\nname = "h2"\nsolver = "highs"\nthreads = 2\n')
    plan = read_plan(path)
    assert plan.variants == (Variant("h2", "highs", threads=2),)
    assert plan.limits() == (0.25, 0.3125, 0.625, 1.25, 2.5, 5)
    for text, words in (
        ('colour = "red"', "plan.toml has 'colour', which is not known. It may have: variants, instances"),
        ('[[variant]]\nname = "x"', r"\[\[variant\]\] of plan.toml has no 'solver'"),
        ("time_limit =", "is not TOML"),
        ("repeats = 0", "repeats must be at least 1. Got 0"),
        ('[[variant]]\nname="a"\nsolver="highs"\n[[variant]]\nname="a"\nsolver="scip"', "Two variants are called 'a'"),
    ):
        path.write_text(text)
        with pytest.raises(solvers.ProblemError, match=words):
            read_plan(path)
    with pytest.raises(solvers.ProblemError, match="cannot be read"):
        read_plan(tmp_path / "none.toml")


def test_settings_of_a_variant_reach_the_solver_or_are_refused_with_the_remedy(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text(
        '[[variant]]\nname = "plain"\nsolver = "highs"\npresolve = false\nheuristics = false\n'
        '[[variant]]\nname = "proof"\nsolver = "highs"\nemphasis = "proof"\n'
    )
    plan = read_plan(path)
    assert plan.variants[0] == Variant("plain", "highs", presolve=False, heuristics=False)
    runs = {run.variant: run for run in run_plan(plan, generated_tasks("smoke")[:1], tmp_path / "runs")}
    assert runs["plain"].termination == "optimal"
    assert runs["proof"].termination == "refused"
    assert "'highs' has no setting 'emphasis'. Remedy: name a solver that has it: scip" in runs["proof"].note
    every, manifest = list(runs.values()), read_manifest(tmp_path / "runs")
    page = write_page(tmp_path / "report.html", every, judge(every), manifest)
    assert "presolve off, heuristics off" in page.read_text("utf-8")


def test_a_sample_of_a_family_depends_on_that_family_and_the_seed_alone():
    small, board = generated_tasks("small"), generated_tasks("board")
    drawn = sampled([*small, *board], 2, seed=1)
    assert [task.family for task in drawn] == ["generated small"] * 2 + ["generated board"] * 2
    assert [task.key for task in drawn[2:]] == [task.key for task in sampled(board, 2, seed=1)]
    assert len({tuple(task.key for task in sampled(board, 2, seed=seed)) for seed in range(9)}) > 1
    assert sampled(small, 0, seed=1) == sampled(small, 99, seed=1) == small


def test_libraries_that_auto_will_use_are_loaded_before_the_clock_starts():
    task = generated_tasks("medium")[0]
    job = {"arguments": {key: getattr(task.problem, key) for key in ARGUMENTS}, "time_limit": 1.0}
    asked = asked_of({"solver": "auto", "threads": 1}, job)
    assert asked[0] == "auto"
    assert "highs" in asked[1:]
    assert asked_of({"solver": "scip"}, job) == ["scip"]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="only where the system lists processes")
def test_processor_time_counts_programs_that_a_worker_process_ran_and_that_have_ended():
    burn = "import time\nwhile time.process_time() < 0.6: pass"
    parent = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}]); print('x', flush=True); input()"
    )
    before = cpu_seconds()
    worker = subprocess.Popen([sys.executable, "-c", parent], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert worker.stdout.readline() == b"x\n"
        assert cpu_seconds() - before >= 0.5
    finally:
        worker.communicate(b"\n")


def test_sets_by_name():
    assert [task.key for task in tasks_of(("smoke",))] == ["generated smoke/1", "generated smoke/2"]
    with pytest.raises(solvers.ProblemError, match="'sac94' is not a generated set"):
        list(tasks_of(("sac94",)))
    with pytest.raises(solvers.ProblemError, match="There is no generated set 'x'"):
        generated_tasks("x")


def test_the_command(tmp_path, capsys):
    out = str(tmp_path / "one")
    assert main(["bench", "run", "smoke", "--solvers", "exhaustive", "--time-limit", "30", "--out", out]) == 0
    assert "2 of 2" in capsys.readouterr().out
    assert main(["bench", "run", "smoke", "--solvers", "exhaustive", "--out", out]) == 2
    assert "holds runs already" in capsys.readouterr().err
    assert main(["bench", "report", out, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["summary"][0]["proven"] == 2
    assert main(["bench", "compare", out, out]) == 0
    assert "no difference beyond noise" in capsys.readouterr().out
    assert main(["bench", "sets"]) == 0
    assert "board-trees" in capsys.readouterr().out


def test_the_report_says_when_the_plan_is_not_done(tmp_path):
    plan = Plan((BRUTE,), time_limit=30)
    runs = run_plan(plan, generated_tasks("smoke"), tmp_path)
    manifest = read_manifest(tmp_path)
    for some, words in ((runs, False), (runs[:1], True)):
        page = write_page(tmp_path / "report.html", some, judge(some), manifest).read_text("utf-8")
        assert ("Only 1 of the 2 runs of the plan are here" in page) == words


def test_a_false_claim_ends_with_status_1(tmp_path, capsys):
    out = tmp_path / "runs"
    run_plan(Plan((BRUTE,), time_limit=30), generated_tasks("smoke")[:1], out)
    line = json.loads((out / "runs.jsonl").read_text())
    better = line | {"variant": "liar", "value": line["value"] - 1, "bound": line["value"] - 1}
    (out / "runs.jsonl").write_text(json.dumps(line) + "\n" + json.dumps(better) + "\n")
    assert main(["bench", "report", str(out)]) == 1
    assert "CANNOT BE TRUE: liar" in capsys.readouterr().out
    assert 'class="false"' in (out / "report.html").read_text()


class Liar:
    """A back end that says of everything that nothing is the best."""

    name = "liar"
    features = frozenset(Feature)

    def version(self):
        return "1"

    def unusable(self):
        return None

    def lacks(self, problem):
        return None

    def select(self, problem, options):
        return Outcome.infeasible("no")


def test_a_solver_of_another_package_must_pass_the_conformance_suite(tmp_path, monkeypatch):
    monkeypatch.setattr("solvers.benchmarking._third_party.usable", lambda name: Liar())
    with pytest.raises(solvers.ProblemError, match="The solver 'liar' does not pass the conformance suite"):
        run_plan(Plan((Variant("liar", "liar"),)), generated_tasks("smoke"), tmp_path)
