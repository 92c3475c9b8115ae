"""On a real Dask cluster of processes on this machine: the same results, also when a worker is killed on the way."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time

import pytest

import mcda
from mcda.cli import main
from tests.mcda.scenarios.small import EVERYTHING, small, write

distributed = pytest.importorskip("distributed", reason="a cluster needs the extra 'distributed'")

pytestmark = [
    pytest.mark.slow,
    # The cluster's client leaves sockets to the garbage collector; that is not what is tested here.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
PLAN = EVERYTHING.replace(solver="exhaustive", draws=150, cases=("base", "N1"))


def start(*arguments, cwd):
    environment = os.environ | {"DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=cwd,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def drain(stream):
    with contextlib.suppress(ValueError):
        for _ in stream:
            pass


@pytest.fixture
def cluster(tmp_path):
    """A scheduler and two worker processes on loopback: its address, and the workers."""
    where = ("--host", "127.0.0.1")
    quiet = ("--no-dashboard",)
    scheduler = start("distributed.cli.dask_scheduler", *where, "--port", "0", *quiet, cwd=tmp_path)
    processes = [scheduler]
    try:
        address = None
        assert scheduler.stderr is not None
        for line in scheduler.stderr:
            if found := re.search(r"(tcp://127\.0\.0\.1:\d+)", line):
                address = found[1]
                break
        assert address is not None, "the scheduler did not say where it listens"
        workers = [
            start(
                "distributed.cli.dask_worker", address, *where, "--nthreads", "1", "--no-nanny", *quiet,
                "--local-directory", str(tmp_path), cwd=tmp_path,
            )
            for _ in range(2)
        ]  # fmt: skip
        processes += workers
        for process in processes:
            threading.Thread(target=drain, args=(process.stderr,), daemon=True).start()
        yield address, workers
    finally:
        for process in processes:
            process.kill()
            process.wait(timeout=300)
            process.stderr.close()


def test_a_cluster_gives_the_same_and_a_killed_worker_loses_nothing(cluster, tmp_path):
    address, workers = cluster
    expected = mcda.run_scenarios(small(), PLAN, workers=1)
    out = tmp_path / "run"
    killed = []

    def kill_one():
        while not killed:
            done = list((out / "chunks").glob("*.parquet")) if (out / "chunks").exists() else []
            if len(done) >= 3:
                workers[0].send_signal(signal.SIGKILL)
                killed.append(len(done))
            time.sleep(0.01)

    with distributed.Client(address, timeout=300) as client:
        client.wait_for_workers(2, timeout=120)
        thread = threading.Thread(target=kill_one, daemon=True)
        thread.start()
        with client.get_executor(pure=False, retries=3) as executor:
            run = mcda.run_scenarios(small(), PLAN, out=out, executor=executor, workers=2, chunk=3)
        thread.join(timeout=300)
        assert len(client.scheduler_info()["workers"]) == 1
    assert killed
    assert killed[0] < 50, "the worker was killed after everything was done"
    assert workers[0].wait(timeout=300) == -signal.SIGKILL
    assert run.sha256 == expected.sha256
    assert run.to_frame().index.tolist() == list(range(300))  # nothing lost, nothing double
    assert run.statuses == expected.statuses


def test_the_command_runs_on_a_cluster(cluster, tmp_path, capsys):
    address, _ = cluster
    folder = str(write(tmp_path / "decision"))
    with distributed.Client(address, timeout=300) as client:
        client.wait_for_workers(2, timeout=120)
    assert main(["scenarios", folder, "--draws", "30", "--dask", address, "--json"]) == 0
    on_cluster = json.loads(capsys.readouterr().out)
    assert main(["scenarios", folder, "--draws", "30", "--workers", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["result_sha256"] == on_cluster["result_sha256"]


def test_no_cluster_is_said_plainly(tmp_path, capsys):
    folder = str(write(tmp_path / "decision"))
    assert main(["scenarios", folder, "--dask", "nonsense://here"]) == 2
    assert "No Dask scheduler answers at nonsense://here" in capsys.readouterr().err
