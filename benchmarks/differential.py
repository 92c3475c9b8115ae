"""Generated problems through every solver: not one disagreement on status, value or bound.

    python -m benchmarks.differential --count 10000 --record out/differential.jsonl
    python -m benchmarks.differential --record out/differential.jsonl --report docs/performance/differential.md

Problem k is a pure function of k, so a run can be done in parts (`--first`), and a disagreement is one number.
"""

from __future__ import annotations

import argparse
import json
import platform
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import solvers
from solvers.backends.base import Feature
from solvers.backends.registry import load
from solvers.testing import random_problem
from solvers.testing.differential import compare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solvers import Problem

SIZES = (8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 14, 14, 14, 14, 14, 30, 30, 30, 60, 60)
"""Largest number of options, by the number of the problem modulo 20."""


def problem_number(k: int) -> Problem:
    """Return problem k: half have up to 8 options, a tenth up to 60; a quarter of the small ones have amounts."""
    most = SIZES[k % len(SIZES)]
    return random_problem(k, most, amounts=most == 8 and k % 4 == 0)


def small_enough(problem: Problem, name: str) -> bool:
    """Say whether looking at every portfolio is fast enough."""
    return name != "exhaustive" or len(problem.names) <= (8 if problem.continuous else 16)


def run(first: int, count: int, record: Path, limit: float, every: int, names: Sequence[str]) -> None:
    """Compare problems and append a line for each to the record."""
    names = names or solvers.backends().usable
    done = {json.loads(line)["problem"] for line in record.read_text().splitlines()} if record.exists() else set()
    record.parent.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with record.open("a", encoding="utf-8") as lines:
        for k in range(first, first + count):
            if k in done:
                continue
            problem = problem_number(k)
            asked = [name for name in names if small_enough(problem, name)]
            found = compare(problem, asked, ties=k % every == 0, time_limit=limit)
            lines.write(json.dumps(line_of(k, problem, found, k % every == 0)) + "\n")
            lines.flush()
            for fault in found.disagreements:
                print(f"problem {k}: {fault}", flush=True)
            if (k - first + 1) % 200 == 0:
                print(f"{k - first + 1} of {count} in {time.monotonic() - began:.0f} s", flush=True)


def run_again(record: Path, limit: float) -> None:
    """Put the problems with disagreements to every solver again, ties included; the new lines count."""
    for k in [line["problem"] for line in latest(record) if line["disagreements"]]:
        problem = problem_number(k)
        asked = [name for name in solvers.backends().usable if small_enough(problem, name)]
        found = compare(problem, asked, ties=True, time_limit=limit)
        with record.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(line_of(k, problem, found, True) | {"again": True}) + "\n")
        print(f"problem {k}: {found.disagreements or 'no disagreement'}", flush=True)


def latest(record: Path) -> list[dict[str, Any]]:
    """Return the last line of each problem, in order; `before` holds the disagreements of earlier ones."""
    lines: dict[int, dict[str, Any]] = {}
    for text in record.read_text(encoding="utf-8").splitlines():
        line = json.loads(text)
        earlier = lines.get(line["problem"], {})
        line["before"] = [*earlier.get("before", []), *earlier.get("disagreements", [])]
        lines[line["problem"]] = line
    return [lines[k] for k in sorted(lines)]


def line_of(k: int, problem: Problem, found: Any, ties: bool) -> dict[str, Any]:
    """Return what is kept of a comparison."""
    settled = [a for a in found.answers.values() if a.termination in {"optimal", "infeasible", "unbounded"}]
    return {
        "problem": k,
        "options": len(problem.names),
        "amounts": problem.continuous,
        "ties": ties,
        "termination": settled[0].termination if settled else "open",
        "answers": {name: [a.termination, a.limit] for name, a in found.answers.items()},
        "open": list(found.open),
        "disagreements": list(found.disagreements),
    }


def report(record: Path, page: Path) -> None:
    """Write the page of results."""
    lines = latest(record)
    faults = [line for line in lines if line["disagreements"]]
    kinds = Counter(line["termination"] for line in lines)
    sizes = Counter(
        "1 to 8" if n <= 8 else "9 to 14" if n <= 14 else "15 to 30" if n <= 30 else "31 to 60"
        for n in (line["options"] for line in lines)
    )
    text = [
        "# Differential test of the solvers",
        "",
        "Every usable solver gets the same generated problems (every kind of rule, synergies, signed use, partial",
        "funding, curves, movements of capacity; many of them degenerate or tight). Small problems are also solved by",
        "looking at every portfolio. All solvers must agree on status, exact value and bound. On some of the problems",
        "they must also agree on the portfolio that the tie rule picks, and on whether it is the only one. Solvers",
        "without proof must return feasible portfolios and valid bounds, and must not claim anything untrue.",
        "",
        f"**{len(lines):,} problems, {len(faults)} disagreements.** "
        + ", ".join(f"{number:,} {kind}" for kind, number in kinds.most_common())
        + "; "
        + ", ".join(f"{sizes[size]:,} with {size} options" for size in ("1 to 8", "9 to 14", "15 to 30", "31 to 60"))
        + f"; {sum(line['amounts'] for line in lines):,} with amounts; ties compared on "
        + f"{sum(line['ties'] for line in lines):,}.",
        "",
        "| solver | version | problems accepted | proven | not settled within the limit | without proof |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
        *_rows(lines),
        "",
        f"Python {platform.python_version()}. Commands:",
        "",
        "```sh",
        f"python -m benchmarks.differential --count {len(lines)} --record out/differential.jsonl",
        "python -m benchmarks.differential --record out/differential.jsonl --report docs/performance/differential.md",
        "```",
    ]
    again = [line for line in lines if line["before"]]
    if again:
        text += [
            "",
            f"**An earlier run found disagreements on {len(again)} of the problems**, each caused by a fault in",
            "one solver that the other solvers and the exact certificates exposed. The back ends now handle these",
            "faults (see `tests/solvers/backends/test_solver_faults.py`), and every solver was given these problems",
            "again (`--again`), ties included. For all other problems, the table shows the earlier run.",
            "",
            *(f"- problem {line['problem']}: {_short(line['before'][0])}" for line in again),
        ]
    if faults:
        text += ["", "Disagreements:", ""]
        text += [f"- problem {line['problem']}: {fault}" for line in faults for fault in line["disagreements"]]
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("\n".join(text) + "\n", encoding="utf-8")


def _short(fault: str) -> str:
    return fault if len(fault) <= 110 else f"{fault[:107]}..."


def _rows(lines: list[dict[str, Any]]) -> list[str]:
    rows = []
    for name in dict.fromkeys(name for line in lines for name in line["answers"]):
        answers = [line["answers"][name] for line in lines if name in line["answers"]]
        proven = sum(kind in {"optimal", "infeasible", "unbounded"} for kind, _ in answers)
        rest = len(answers) - proven
        late, best = (rest, 0) if Feature.PROOF in load(name).features else (0, rest)
        rows.append(f"| {name} | {load(name).version()} | {len(answers):,} | {proven:,} | {late:,} | {best:,} |")
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Run part of the test, or write its report; exit status 1 if there are disagreements."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.differential", description=__doc__)
    parser.add_argument("--first", type=int, default=0, help="number of the first problem")
    parser.add_argument("--count", type=int, default=0, help="how many problems")
    parser.add_argument("--limit", type=float, default=20.0, help="seconds for each solver and problem")
    parser.add_argument("--ties-every", type=int, default=4, help="compare ties on every such problem")
    parser.add_argument("--again", action="store_true", help="run the problems with disagreements again")
    parser.add_argument("--solvers", nargs="*", default=[], help="these only (default: every usable one)")
    parser.add_argument("--record", type=Path, default=Path("out/differential.jsonl"))
    parser.add_argument("--report", type=Path, help="write this page from the record")
    options = parser.parse_args(arguments)
    if options.count:
        run(options.first, options.count, options.record, options.limit, options.ties_every, options.solvers)
    if options.again:
        run_again(options.record, options.limit)
    if options.report:
        report(options.record, options.report)
    return int(any(line["disagreements"] for line in latest(options.record)))


if __name__ == "__main__":
    raise SystemExit(main())
