"""A run: the same scenarios however they are computed, kept, interrupted and resumed; and each as `solve` says."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import numpy as np
import pytest

import mcda
import solvers
from mcda.scenarios.running import _run
from mcda.scenarios.running._executors import SerialExecutor, WorkerPool
from tests.mcda.scenarios.small import EVERYTHING, small, write

PLAN = EVERYTHING.replace(solver="exhaustive", cases=("base", "N1", "N2"))


@pytest.fixture(scope="module")
def reference():
    return mcda.run_scenarios(small(), PLAN, workers=1)


def rows(run):
    frame = run.to_frame()
    return frame.drop(columns=["bound", "proved_by", "unique"])


def assert_same(one, other):
    assert one.sha256 == other.sha256
    first, second = rows(one), rows(other)
    for column in first:
        assert first[column].astype(str).tolist() == second[column].astype(str).tolist(), column
    assert one.figures().equals(other.figures())
    assert one.acceptability_by_case.equals(other.acceptability_by_case)


def test_every_scenario_is_what_solve_says_with_another_solver(reference):
    frame = reference.to_frame()
    assert frame.index.tolist() == list(range(120))
    for scenario in range(0, 120, 7):
        problem = reference.problem(scenario)
        solution = solvers.solve(problem, "highs")
        row = frame.loc[scenario]
        assert row["case"] == ["base", "N1", "N2"][scenario % 3]
        assert row["draw"] == scenario // 3
        assert row["status"] == solution.termination == "optimal"
        assert row["value"] == pytest.approx(solution.value, abs=1e-9)
        certificate = solvers.certify(problem, [name for name in problem.names if row[name]])
        assert certificate.holds
        assert float(certificate.value) == pytest.approx(row["value"], abs=1e-12)
        for resource, use in certificate.usage.items():
            assert row[f"use {resource}"] == pytest.approx(float(use), abs=1e-9)


def test_the_base_case_without_draws_is_select():
    run = mcda.run_scenarios(small(), mcda.ScenarioPlan(cases=("all",)), workers=1)
    assert run.statuses == {"optimal": 4}
    frame = run.to_frame()
    for scenario, name in enumerate(["N0", "N1", "N2", "N3"]):
        selection = mcda.select(small(), scenario=name)
        assert frame.loc[scenario, "value"] == pytest.approx(selection.value)
        assert [project for project in small().project_ids if frame.loc[scenario, project]] == list(selection.selected)


def test_shares_of_groups_are_those_of_compare_groups():
    run = mcda.run_scenarios(small(), mcda.ScenarioPlan(), workers=1)
    compared = mcda.compare_groups(small()).share_of_best["board"]
    for group in ("clin", "tech"):
        assert run.to_frame().loc[0, f"share {group}"] == pytest.approx(compared[group])


@pytest.mark.parametrize("chunk", [1, 7, 40])
def test_chunks_change_nothing(reference, chunk):
    assert_same(reference, mcda.run_scenarios(small(), PLAN, workers=1, chunk=chunk))


def test_threads_change_nothing(reference):
    with ThreadPoolExecutor(3) as executor:
        assert_same(reference, mcda.run_scenarios(small(), PLAN, executor=executor, chunk=9))
        assert executor.submit(int, "1").result() == 1  # it stays open


def test_worker_processes_change_nothing(reference):
    assert_same(reference, mcda.run_scenarios(small(), PLAN, workers=2, chunk=11))


def test_a_decision_that_states_its_weights_and_nothing_uncertain(tmp_path):
    folder = write(tmp_path / "decision")
    for name in ("groups", "stakeholders", "pairwise_judgements", "scenarios", "synergies"):
        (folder / f"{name}.csv").unlink()
    criteria = (folder / "criteria.csv").read_text(encoding="utf-8").splitlines()
    weights = ["weight", "", "0.5", "0.3", "0.2"]
    text = "\n".join(f"{line},{weight}" for line, weight in zip(criteria, weights, strict=True))
    (folder / "criteria.csv").write_text(text + "\n", encoding="utf-8")
    decision = mcda.load(folder)
    assert mcda.default_plan(decision).weights.kind == "dirichlet"
    run = mcda.run_scenarios(decision, mcda.default_plan(decision, draws=3), workers=1)
    assert run.statuses == {"optimal": 3}
    assert list(run.figures().index) == [("base", "value")]
    with pytest.raises(mcda.InputError, match="need people who judge"):
        mcda.run_scenarios(decision, mcda.ScenarioPlan(draws=3, weights=mcda.WeightDraw(kind="group_mix")), workers=1)


def test_scenarios_not_reached_in_time_are_a_record():
    run = mcda.run_scenarios(small(), PLAN.replace(draws=2, time_limit=1e-9), workers=1)
    assert run.statuses == {"no_solution_found": 6}
    assert run.acceptability["share"].isna().all()


def test_a_seed_changes_everything_drawn(reference):
    assert mcda.run_scenarios(small(), PLAN.replace(seed=4), workers=1).sha256 != reference.sha256


def test_what_is_kept_in_a_folder_is_the_same(reference, tmp_path):
    run = mcda.run_scenarios(small(), PLAN, out=tmp_path / "run", workers=1, chunk=16)
    assert_same(reference, run)
    again = mcda.open_scenarios(tmp_path / "run", small())
    assert again.complete
    assert again.plan == PLAN
    assert again.manifest["result_sha256"] == reference.sha256
    assert_same(reference, again)


def test_a_finished_run_is_refused_then_extended(tmp_path):
    plan = PLAN.replace(draws=20)
    folder = tmp_path / "run"
    mcda.run_scenarios(small(), plan, out=folder, workers=1)
    before = {path.name: path.read_bytes() for path in (folder / "chunks").iterdir()}
    with pytest.raises(mcda.InputError, match=r"holds a finished run of 20 draws and is not overwritten\. Resume it"):
        mcda.run_scenarios(small(), plan, out=folder, workers=1)
    assert {path.name: path.read_bytes() for path in (folder / "chunks").iterdir()} == before
    extended = mcda.run_scenarios(small(), PLAN, out=folder, workers=1, resume=True)
    assert_same(extended, mcda.run_scenarios(small(), PLAN, workers=1))
    assert set(before) < {path.name for path in (folder / "chunks").iterdir()}
    with pytest.raises(mcda.InputError, match="already has 40 draws; ask for at least as many, not 20"):
        mcda.run_scenarios(small(), plan, out=folder, workers=1, resume=True)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"seed": 9}, r"follows another plan \(it differs in seed\)"),
        ({"cases": ("base",)}, "it differs in cases"),
        ({"weights": mcda.WeightDraw(kind="stakeholders")}, "it differs in weights"),
    ],
)
def test_another_plan_is_not_mixed_in(tmp_path, change, message):
    mcda.run_scenarios(small(), PLAN.replace(draws=2), out=tmp_path, workers=1)
    with pytest.raises(mcda.InputError, match=message):
        mcda.run_scenarios(small(), PLAN.replace(draws=4, **change), out=tmp_path, workers=1, resume=True)


def test_another_decision_is_not_mixed_in(tmp_path):
    mcda.run_scenarios(small(), PLAN.replace(draws=2), out=tmp_path / "run", workers=1)
    changed = write(tmp_path / "decision")
    (changed / "budgets.csv").write_text("year,capital_k,revenue_k\n1,301,100\n2,250,120\n", encoding="utf-8")
    other = mcda.load(changed)
    with pytest.raises(mcda.InputError, match="the decision has changed since"):
        mcda.run_scenarios(other, PLAN, out=tmp_path / "run", workers=1, resume=True)
    with pytest.raises(mcda.InputError, match="used other input"):
        mcda.open_scenarios(tmp_path / "run", other)


def test_a_latin_hypercube_cannot_be_extended(tmp_path):
    plan = PLAN.replace(draws=4, sampling="latin_hypercube")
    mcda.run_scenarios(small(), plan, out=tmp_path, workers=1)
    with pytest.raises(mcda.InputError, match="it differs in draws"):
        mcda.run_scenarios(small(), plan.replace(draws=8), out=tmp_path, workers=1, resume=True)


def test_a_damaged_chunk_is_computed_again(reference, tmp_path):
    mcda.run_scenarios(small(), PLAN, out=tmp_path, workers=1, chunk=10)
    chunk = sorted((tmp_path / "chunks").iterdir())[1]
    chunk.write_bytes(chunk.read_bytes()[:-20])
    (tmp_path / "chunks" / "draws-000000000090-000000000100.parquet.partial").write_bytes(b"half")
    assert_same(reference, mcda.run_scenarios(small(), PLAN, out=tmp_path, workers=1, resume=True))
    assert not list((tmp_path / "chunks").glob("*.partial"))


def test_two_runs_do_not_share_a_folder(tmp_path):
    from mcda.scenarios.results._store import FolderStore

    with FolderStore(tmp_path).locked(), pytest.raises(mcda.InputError, match="Another process is running scenarios"):
        mcda.run_scenarios(small(), PLAN, out=tmp_path, workers=1)


class Interrupting(SerialExecutor):
    """Is interrupted, as by Ctrl-C, at one of its chunks."""

    def __init__(self, at: int) -> None:
        self.left = at

    def submit(self, function, /, *arguments, **keywords):
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        return super().submit(function, *arguments, **keywords)


def test_interrupts_lose_only_the_chunk_in_work(reference, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        mcda.run_scenarios(small(), PLAN, out=tmp_path, executor=Interrupting(2), workers=1, chunk=6)
    assert mcda.open_scenarios(tmp_path, small()).draws == 12
    assert not mcda.open_scenarios(tmp_path, small()).complete
    with pytest.raises(mcda.InputError, match="holds a run with 12 draws done"):
        mcda.run_scenarios(small(), PLAN, out=tmp_path, workers=1)
    with pytest.raises(KeyboardInterrupt):
        mcda.run_scenarios(small(), PLAN, out=tmp_path, executor=Interrupting(1), workers=1, chunk=5, resume=True)
    assert mcda.open_scenarios(tmp_path, small()).draws == 17
    assert_same(reference, mcda.run_scenarios(small(), None, out=tmp_path, workers=1, resume=True))


class Backwards(SerialExecutor):
    """Finishes the latest work first, so that chunks come in out of order."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future, object, tuple]] = []

    def submit(self, function, /, *arguments, **keywords):
        future: Future = Future()
        self.waiting.append((future, function, arguments))
        if len(self.waiting) == 4:
            self.flush()
        return future

    def flush(self) -> None:
        for future, function, arguments in reversed(self.waiting):
            future.set_result(function(*arguments))
        self.waiting.clear()


def test_the_order_in_which_chunks_end_changes_nothing(reference):
    class Waiting(Backwards):
        __module__ = __name__

    executor = Waiting()
    real = _run.wait

    def wait(pending, timeout, return_when):
        executor.flush()
        return real(pending, timeout=timeout, return_when=return_when)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_run, "wait", wait)
        patch.setattr(_run, "SerialExecutor", type("Nothing", (), {}))
        assert_same(reference, mcda.run_scenarios(small(), PLAN, executor=executor, workers=2, chunk=3))


def test_a_worker_that_is_killed_is_replaced(reference):
    killed = []

    class Killing(WorkerPool):
        def submit(self, function, /, *arguments, **keywords):
            future = super().submit(function, *arguments, **keywords)
            if len(killed) < 2 and arguments[1] >= 10:
                process = next(iter(self._pool._processes.values()))
                killed.append(process.pid)
                os.kill(process.pid, signal.SIGKILL)
            return future

    with Killing(2) as pool:
        assert_same(reference, mcda.run_scenarios(small(), PLAN, executor=pool, workers=2, chunk=5))
    assert len(killed) == 2


def test_workers_that_always_die_are_given_up_with_a_remedy():
    class Dying(WorkerPool):
        def submit(self, function, /, *arguments, **keywords):
            future: Future = Future()
            future.set_exception(BrokenProcessPool("killed"))
            return future

    with Dying(1) as pool, pytest.raises(mcda.McdaError, match=r"Workers keep dying .* fewer workers"):
        mcda.run_scenarios(small(), PLAN, executor=pool, workers=2)


def test_an_executor_that_gives_up_is_named_and_what_is_done_is_kept(tmp_path):
    class GivingUp(ThreadPoolExecutor):
        def submit(self, function, /, *arguments, **keywords):
            if arguments[1] < 10:
                return super().submit(function, *arguments, **keywords)
            future: Future = Future()
            future.set_exception(RuntimeError("the cluster is gone"))
            return future

    with (
        GivingUp(1) as executor,
        pytest.raises(mcda.McdaError, match=r"could not compute draws 10 to 15: RuntimeError"),
    ):
        mcda.run_scenarios(small(), PLAN, out=tmp_path, executor=executor, workers=1, chunk=5)
    assert mcda.open_scenarios(tmp_path, small()).draws <= 10
    assert mcda.run_scenarios(small(), PLAN, out=tmp_path, resume=True, workers=1).complete


SCRIPT = """
import sys
import mcda
# No guard on purpose: worker processes must not run this script again.
decision = mcda.load(sys.argv[1])
plan = mcda.read_plan(sys.argv[2])
run = mcda.run_scenarios(decision, plan, out=sys.argv[3], resume=True, workers=int(sys.argv[4]), chunk=int(sys.argv[5]))
print(run.sha256)
"""


def children_of(process):
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False)
    return [int(word) for word in listed.stdout.split()]


def alive(process):
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return bool(state.stdout.strip()) and not state.stdout.startswith("Z")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("undisturbed")
    (folder / "plan.toml").write_text(
        'draws = 240\nseed = 3\nsolver = "exhaustive"\ncases = ["base", "N1"]\n'
        '[weights]\nkind = "group_mix"\n[performance]\n',
        encoding="utf-8",
    )
    write(folder / "decision")
    run = mcda.run_scenarios(mcda.load(folder / "decision"), mcda.read_plan(folder / "plan.toml"), workers=1)
    return folder, run


@pytest.mark.slow
@pytest.mark.newest_only
@pytest.mark.skipif(os.name != "posix", reason="needs signals and ps")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_real_kills_change_nothing(undisturbed, tmp_path, how):
    """Kill a running process again and again; the results are those of an undisturbed run."""
    home, expected = undisturbed
    folder, plan = home / "decision", home / "plan.toml"
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    out = tmp_path / "out"

    def command(workers, chunk):
        return [sys.executable, str(script), str(folder), str(plan), str(out), str(workers), str(chunk)]

    done = 0
    for workers, chunk in ((1, 20), (2, 20)):
        process = subprocess.Popen(command(workers, chunk), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        chunks = out / "chunks"
        while process.poll() is None:
            found = len(list(chunks.glob("*.parquet"))) if chunks.exists() else 0
            if found >= done + 2:
                break
            time.sleep(0.005)
        workers_alive = children_of(process.pid)
        process.send_signal(how)
        process.wait(timeout=600)
        ends = time.monotonic() + 300
        while any(alive(worker) for worker in workers_alive):
            assert time.monotonic() < ends, "a worker outlives its coordinator"
            time.sleep(0.05)
        done = len(list(chunks.glob("*.parquet")))
        assert done >= 2
    ended = subprocess.run(command(1, 60), capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == expected.sha256
    assert_same(expected, mcda.open_scenarios(out, mcda.load(folder)))
    assert np.array_equal(expected.to_frame().index, np.arange(480))
