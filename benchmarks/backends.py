"""Every usable solver on one set of problems, and `auto` against the best of them.

    python -m benchmarks.backends --report docs/performance/backends.md

Whole calls of `solve` in one warm process: building, search, certificate, ties. What a solver does not take or does
not prove within the limit counts as the limit.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import solvers
from solvers.backends.base import Feature, Options
from solvers.backends.registry import load
from solvers.benchmarking._workloads import generated_tasks
from solvers.linear import linearise
from solvers.linear.scaling import scaled
from solvers.solving._attempt import unsuited

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solvers import Problem

SHIFT = 0.01
"""Seconds added before the geometric mean, subtracted after it: what is faster than this hardly counts."""


def problems() -> Iterator[tuple[str, Problem]]:
    """Yield the benchmark set: tiny problems, one budget, several resources, conflicts, decisions of a Board."""
    rng = np.random.default_rng(7)
    for number in range(3):
        usage = rng.integers(1, 50, (10, 2)).astype(float)
        values = rng.integers(1, 50, 10).astype(float)
        yield f"tiny/{number}", solvers.Problem(values, usage, usage.sum(axis=0) // 2)
    for name, count in (("small", 5), ("knapsack", 5), ("conflicts", 5), ("board", 5), ("board-trees", 5)):
        for task in generated_tasks(name)[:count]:
            yield f"{name}/{task.name}", task.problem


def measure(record: Path, limit: float, repeats: int, names: Sequence[str]) -> None:
    """Time every solver on every problem; append a line for each to the record."""
    record.parent.mkdir(parents=True, exist_ok=True)
    done = {(row["problem"], row["solver"]) for row in _read(record)}
    for name in names:
        if name != "auto":
            solvers.solve(solvers.Problem([1], [1], 1), name)  # warm
    with record.open("a", encoding="utf-8") as lines:
        for key, problem in problems():
            for name in names:
                if (key, name) in done:
                    continue
                row = {"problem": key, "solver": name, "seconds": limit, "proven": False, "value": None, "by": ""}
                if name == "auto" or not unsuited(load(name), problem):
                    times = []
                    for _ in range(repeats):
                        began = time.perf_counter()
                        found = solvers.solve(problem, name, time_limit=limit)
                        times.append(time.perf_counter() - began)
                        if times[-1] > 2.0:
                            break
                    proven = found.termination in {"optimal", "infeasible"}
                    row |= {
                        "seconds": min(times) if proven else limit,
                        "proven": proven,
                        "value": found.value if found.has_portfolio else None,
                        "by": found.solver,
                    }
                lines.write(json.dumps(row) + "\n")
                lines.flush()
                print(row, flush=True)


def shifted_mean(seconds: Sequence[float], shift: float = SHIFT) -> float:
    """Return the shifted geometric mean.

    Examples
    --------
    >>> round(shifted_mean([1.0, 1.0, 1.0]), 9)
    1.0
    """
    return float(np.exp(np.mean(np.log(np.array(seconds) + shift))) - shift)


def overhead(options: int, resources: int, repeats: int) -> dict[str, float]:
    """Return the seconds of everything but the search with `highs`: least of several runs, CPU time."""
    from solvers.backends.highs import prepared

    rng = np.random.default_rng(1)
    usage = np.round(rng.uniform(1, 100, (options, resources)), 1)
    problem = solvers.Problem(np.round(rng.uniform(1, 100, options), 2), usage, np.round(usage.sum(axis=0) * 0.3))
    chosen = np.flatnonzero(rng.random(options) < 0.2).tolist()
    steps: dict[str, Any] = {
        "linear model": lambda: linearise(problem),
        "scaling": lambda: scaled(linearise(problem)),
        "handing over": lambda: prepared(scaled(linearise(problem)).model, Options()),
        "certificate": lambda: solvers.certify(problem, chosen),
    }
    took = {}
    for step, action in steps.items():
        action()
        best = np.inf
        for _ in range(repeats):
            began = time.process_time()
            action()
            best = min(best, time.process_time() - began)
        took[step] = best
    return {"model, scaled and handed over": took["handing over"], "certificate": took["certificate"]}


def report(record: Path, page: Path, limit: float) -> None:
    """Write the page of results."""
    rows = _read(record)
    names = list(dict.fromkeys(row["solver"] for row in rows))
    keys = list(dict.fromkeys(row["problem"] for row in rows))
    families = list(dict.fromkeys(key.partition("/")[0] for key in keys))
    took = {(row["problem"], row["solver"]): row for row in rows}
    single = [name for name in names if name != "auto"]
    mean = {name: shifted_mean([took[key, name]["seconds"] for key in keys]) for name in names}
    best = min(single, key=mean.__getitem__)
    ratio = mean["auto"] / mean[best]
    lines = [
        "# Solvers side by side, and `auto`",
        "",
        f"{len(keys)} problems; whole calls to `solve` with gap 0 and ties settled, on one thread in one warm process;",
        f"the least of several runs. The limit is {limit:g} s, which also counts when a solver cannot take a problem",
        f"or does not prove it. Times are shifted geometric means, in milliseconds (shift {1000 * SHIFT:g} ms).",
        "They were measured on a shared machine with two cores, where figures taken at different times differ by a",
        "factor of two and more: look at the order of magnitude. The ratio below compares rows from one run.",
        "",
        f"`auto` takes **{ratio:.2f} times** the time of the best single solver over the set, `{best}`",
        f"(asked: at most 1.3 times; {'reached' if ratio <= 1.3 else 'not reached'}).",
        "",
        "| solver | version | all | proven | " + " | ".join(families) + " |",
        "| --- | --- | ---: | ---: |" + " ---: |" * len(families),
    ]
    for name in sorted(names, key=mean.__getitem__):
        by_family = [
            shifted_mean([took[key, name]["seconds"] for key in keys if key.partition("/")[0] == family])
            for family in families
        ]
        proven = sum(took[key, name]["proven"] for key in keys)
        version = "" if name == "auto" else load(name).version()
        cells = " | ".join(f"{1000 * figure:,.1f}" for figure in by_family)
        lines.append(f"| {name} | {version} | {1000 * mean[name]:,.1f} | {proven} of {len(keys)} | {cells} |")
    used = {family: sorted({took[key, "auto"]["by"].partition(" ")[0] for key in keys if key.startswith(family + "/")})
            for family in families}  # fmt: skip
    lines += ["", "What `auto` chose: " + "; ".join(f"{f}: {', '.join(by)}" for f, by in used.items()) + "."]
    lines += ["", "## Overhead", "", "CPU time of everything except the search, with `highs`, in milliseconds.", ""]
    lines += ["| options x resources | " + " | ".join(overhead(5, 1, 1)) + " |", "| --- | ---: | ---: |"]
    for n, r, repeats in ((100, 11, 50), (10_000, 60, 5)):
        figures = overhead(n, r, repeats)
        lines.append(f"| {n:,} x {r} | " + " | ".join(f"{1000 * f:.2f}" for f in figures.values()) + " |")
    lines += ["", "```sh", "python -m benchmarks.backends --report docs/performance/backends.md", "```"]
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _read(record: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()] if record.exists() else []


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.backends", description=__doc__)
    parser.add_argument("--limit", type=float, default=20.0, help="seconds for each solver and problem")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--solvers", nargs="*", default=[], help="default: auto and every usable one that proves")
    parser.add_argument("--record", type=Path, default=Path("out/backends.jsonl"))
    parser.add_argument("--report", type=Path, help="write this page from the record")
    options = parser.parse_args(arguments)
    proving = [row.name for row in solvers.backends() if row.usable and Feature.PROOF in row.features]
    measure(options.record, options.limit, options.repeats, options.solvers or ["auto", *proving])
    if options.report:
        report(options.record, options.report, options.limit)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
