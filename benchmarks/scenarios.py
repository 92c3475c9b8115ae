"""Scenario runs: rates of drawing and solving, memory, sizes, and the estimate for a hundred million.

    python -m benchmarks.scenarios [--scenarios 20000] [--stream 1000000] [--write docs/performance/scenarios.md]

Every measurement runs in a fresh process, so that peak memory is its own.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

import mcda
import solvers
from mcda.scenarios.planning._compile import CompiledPlan
from mcda.scenarios.running._chunk import Job

LARGE = 10**8
PLANS: dict[str, dict[str, Any]] = {
    "weights: mixes of 5 groups": {"weights": mcda.WeightDraw(kind="group_mix")},
    "weights: mixes of 24 people": {"weights": mcda.WeightDraw(kind="stakeholder_mix")},
    "weights: errors in 325 answers": {"weights": mcda.WeightDraw(kind="judgements")},
    "weights: whole simplex": {"weights": mcda.WeightDraw(kind="uniform")},
    "weights: ranking and bounds (hit-and-run)": {
        "weights": mcda.WeightDraw(kind="uniform", ranking=("C1", "C9", "C2"), at_most=(("C1", 0.4),))
    },
    "performance: triangular": {"performance": mcda.PerformanceDraw()},
    "performance: PERT": {"performance": mcda.PerformanceDraw(distribution="pert")},
    "weights, performance and costs": {
        "weights": mcda.WeightDraw(kind="group_mix"),
        "performance": mcda.PerformanceDraw(),
        "costs": (mcda.CostDraw(correlation=0.5),),
    },
    "the same, Sobol": {
        "weights": mcda.WeightDraw(kind="group_mix"),
        "performance": mcda.PerformanceDraw(),
        "costs": (mcda.CostDraw(correlation=0.5),),
        "sampling": "sobol",
    },
    "the same, Latin hypercube": {
        "weights": mcda.WeightDraw(kind="group_mix"),
        "performance": mcda.PerformanceDraw(),
        "costs": (mcda.CostDraw(correlation=0.5),),
        "sampling": "latin_hypercube",
    },
}
MIXES, EVERYTHING = "weights: mixes of 5 groups", "weights, performance and costs"


def plan_of(name: str, draws: int) -> mcda.ScenarioPlan:
    return mcda.ScenarioPlan(draws=draws, seed=1, **PLANS[name])


def peak_mb(who: int = resource.RUSAGE_SELF) -> float:
    """Peak resident memory in MB (of the largest child, for children)."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(who).ru_maxrss * unit / 1e6


def draw(name: str, count: int) -> dict[str, float]:
    """Draws per CPU second, the best of three."""
    compiled = CompiledPlan(mcda.load(mcda.dataset("nhs-digital")), plan_of(name, count))
    compiled.draw(0, 256)
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        compiled.draw(0, count)
        best = min(best, time.process_time() - began)
    return {"rate": count / best}


def stream(name: str, count: int) -> dict[str, float]:
    """Everything but the solver: a stand-in answers with the best of 300 made-up portfolios, and proves nothing."""
    pool = np.random.default_rng(0).random((300, 40)) < 0.4

    def stand_in(problem: solvers.Problem, *, values: Any, **_: Any) -> SimpleNamespace:
        best = (values @ pool.T.astype(float)).argmax(axis=1)
        rows = len(values)
        return SimpleNamespace(
            selected=pool[best],
            value=(values * pool[best]).sum(axis=1),
            bound=np.full(rows, np.inf),
            termination=np.full(rows, "optimal"),
            proved_by=np.full(rows, "nothing"),
            unique=np.full(rows, -1, dtype=np.int8),
            usage=(pool.astype(float) @ problem.usage)[best],
            events={},
        )

    solvers.solve_batch = stand_in  # type: ignore[assignment]
    return solve(name, count, 1)


def solve(name: str, count: int, workers: int) -> dict[str, Any]:
    """A whole run to a folder, summary included."""
    decision = mcda.load(mcda.dataset("nhs-digital"))
    with tempfile.TemporaryDirectory() as folder:
        began, cpu = time.perf_counter(), time.process_time()
        run = mcda.run_scenarios(decision, plan_of(name, count), out=folder, workers=workers)
        run.to_record()
        seconds, used = time.perf_counter() - began, time.process_time() - cpu
        chunks = list(Path(folder, "chunks").iterdir())
        return {
            "rate": count / seconds,
            "cpu": used / count,
            "peak": peak_mb(),
            "worker": peak_mb(resource.RUSAGE_CHILDREN) if workers > 1 else 0.0,
            "bytes": sum(path.stat().st_size for path in chunks) / count,
            "chunks": len(chunks),
            "portfolios": len(run.tally.distinct),
            "statuses": run.statuses,
            "sha256": run.sha256,
        }


def job_size() -> int:
    decision = mcda.load(mcda.dataset("nhs-digital"))
    return len(Job.pack(decision, plan_of(EVERYTHING, 10)))


def measured(what: str, name: str, count: int, workers: int = 1) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.scenarios", "--measure", what, name, str(count), str(workers)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 - ourselves
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def report(scenarios: int, streamed: int) -> str:
    rates = {name: measured("draw", name, 8192)["rate"] for name in PLANS}
    streams = {name: measured("stream", name, streamed) for name in (MIXES, EVERYTHING)}
    runs = {
        (name, workers): measured("solve", name, scenarios, workers)
        for name in (MIXES, EVERYTHING)
        for workers in (1, 2)
    }
    for name in (MIXES, EVERYTHING):
        assert runs[name, 1]["sha256"] == runs[name, 2]["sha256"], name
    lines = [
        "# Scenario runs: rates, memory, sizes",
        "",
        "Written by",
        "",
        (
            f"    python -m benchmarks.scenarios --scenarios {scenarios} --stream {streamed}"
            " --write docs/performance/scenarios.md"
        ),
        "",
        (
            f"on {platform.machine()}, Python {platform.python_version()}, numpy {np.__version__}; the "
            "flagship decision (40 projects, 10 leaves, 45 limits). The machine was shared with other work, so "
            "rates by the clock are lower bounds; CPU times, memory and sizes are hardly affected."
        ),
        "",
        "## Drawing",
        "",
        "Draws per second of CPU time, including the values of all projects and synergies.",
        "",
        "| what is drawn | draws per second | microseconds per draw |",
        "| --- | ---: | ---: |",
        *[f"| {name} | {rate:,.0f} | {1e6 / rate:.1f} |" for name, rate in rates.items()],
        "",
        f"## A run of {streamed:,} scenarios: everything except the solver",
        "",
        (
            "A stand-in for the solver answers with the best of 300 made-up portfolios and proves nothing. What is "
            "measured is drawing, laying out, writing Parquet, reading it back and summarising, in one process."
        ),
        "",
        "| what is drawn | scenarios per second | peak memory | bytes per scenario on disk |",
        "| --- | ---: | ---: | ---: |",
        *[
            f"| {name} | {item['rate']:,.0f} | {item['peak']:,.0f} MB | {item['bytes']:.0f} |"
            for name, item in streams.items()
        ],
        "",
        f"## A run of {scenarios:,} scenarios, each proven",
        "",
        (
            "| what is drawn | workers | scenarios per second | peak memory: coordinator | largest worker | "
            "bytes per scenario | different portfolios |"
        ),
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        *[
            f"| {name} | {workers} | {item['rate']:,.0f} | {item['peak']:,.0f} MB | "
            f"{item['worker']:,.0f} MB | {item['bytes']:.0f} | {item['portfolios']:,} |"
            for (name, workers), item in runs.items()
        ],
        "",
        (
            "One and two workers gave the same results to the last bit (`result_sha256`). With one worker there is "
            "only the coordinator. Apart from the table of different portfolios, memory does not grow with the number "
            "of scenarios."
        ),
        "",
        *estimate(runs[MIXES, 1], runs[EVERYTHING, 1]),
    ]
    return "\n".join(lines) + "\n"


def estimate(mixes: dict[str, Any], everything: dict[str, Any]) -> list[str]:
    """What a hundred million scenarios would take on a cluster, from what was measured."""
    size = job_size()
    rows = []
    for name, item in ((MIXES, mixes), (EVERYTHING, everything)):
        seconds = item["cpu"]
        a_chunk = 5.0 / seconds
        chunks = LARGE / a_chunk
        transfer = LARGE * item["bytes"] + chunks * size
        hours = {cores: LARGE * seconds / cores / 3600 for cores in (2, 64, 512)}
        rate = transfer / (hours[512] * 3600) / 1e6
        rows.append(
            f"| {name} | {1e3 * seconds:.2f} ms | {LARGE * seconds / 3600:,.0f} h | "
            + " | ".join(f"{value:,.1f} h" for value in hours.values())
            + f" | {LARGE * item['bytes'] / 1e9:,.1f} GB | {chunks * size / 1e9:,.1f} GB | {rate:.2f} MB/s |"
        )
    return [
        "## The estimate for 100,000,000 scenarios",
        "",
        (
            "The estimate uses the CPU time and the sizes measured above. A job (decision and plan) of "
            f"{size / 1000:.0f} kB goes out with every five-second chunk, and the compressed results come back. It "
            "assumes perfect scaling over cores, because chunks share nothing. The last column is what the "
            "coordinator would receive with 512 cores."
        ),
        "",
        (
            "| what is drawn | CPU per scenario | CPU in total | 2 cores | 64 cores | 512 cores | results | jobs out | "
            "coordinator at 512 |"
        ),
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        *rows,
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenarios", type=int, default=2000, help="scenarios of each proven run")
    parser.add_argument("--stream", type=int, default=10**6, help="scenarios of each run without the solver")
    parser.add_argument("--write", type=Path, help="write the page here")
    parser.add_argument("--measure", nargs=4, metavar=("WHAT", "PLAN", "COUNT", "WORKERS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        what, name, count, workers = options.measure
        if what == "draw":
            print(json.dumps(draw(name, int(count))))
        elif what == "stream":
            print(json.dumps(stream(name, int(count))))
        else:
            print(json.dumps(solve(name, int(count), int(workers))))
        return
    text = report(options.scenarios, options.stream)
    if options.write:
        options.write.parent.mkdir(parents=True, exist_ok=True)
        options.write.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
