"""Robustness: how long the questions take on the flagship decision, and RPM on generated problems.

    python -m benchmarks.robustness [--draws 10000] [--write docs/performance/robustness.md]

Times are seconds of processor time, all threads together, and by the clock; the first batch of a process also compiles
the search, which is done once beforehand and reported by itself.
"""

from __future__ import annotations

import argparse
import platform
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import mcda
import solvers

if TYPE_CHECKING:
    from collections.abc import Callable

FLAGSHIP = "The flagship decision (40 projects, 10 leaves, 45 limits)"


def timed(question: Callable[[], Any]) -> tuple[Any, float, float]:
    """Return the answer, processor time and time by the clock."""
    clock, processor = time.perf_counter(), time.process_time()
    answer = question()
    return answer, time.process_time() - processor, time.perf_counter() - clock


def flagship(draws: int) -> list[tuple[str, str, float, float]]:
    """Return (question, answer, processor, clock) rows."""
    decision = mcda.load(mcda.dataset("nhs-digital"))
    questions: dict[str, Callable[[], Any]] = {
        "warm up: 50 draws of stakeholder mixes": lambda: mcda.portfolio_smaa(decision, "stakeholders", draws=50),
        f"SMAA, {draws:,} stakeholder mixes": lambda: mcda.portfolio_smaa(decision, "stakeholders", draws=draws),
        f"SMAA, {draws:,} group mixes": lambda: mcda.portfolio_smaa(decision, "groups", draws=draws),
        f"SMAA, {draws:,} draws of any weights": lambda: mcda.portfolio_smaa(decision, "any", draws=draws),
        "SMAA, 1,000 stakeholder mixes, performance and delivery": lambda: mcda.portfolio_smaa(
            decision, "stakeholders", draws=1000, performance=True, delivery=True
        ),
        "SMAA, 1,000 stakeholder mixes, performance, costs and delivery": lambda: mcda.portfolio_smaa(
            decision, "stakeholders", draws=1000, performance=True, costs=True, delivery=True
        ),
        "regions of all group mixes": lambda: mcda.weight_regions(decision),
        "stability of the ten Board weights": lambda: mcda.portfolio_stability(decision),
        "least regret and fairest share of five groups": lambda: mcda.regret(decision),
        "disagreement, 5 groups and 24 people": lambda: mcda.disagreement(decision),
        "protected budgets, gamma 0 to 3": lambda: mcda.protect(decision),
        "decide now over ten scenarios": lambda: mcda.decide_now(decision),
    }
    rows = []
    for name, question in questions.items():
        answer, processor, clock = timed(question)
        rows.append((name, repr(answer), processor, clock))
    return rows


def rpm() -> list[tuple[str, str, float, float]]:
    """Return the same for RPM on generated problems of one budget."""
    rows = []
    for options in (20, 30, 40):
        for name in ("nothing known", "ranking"):
            rng = np.random.default_rng(0)
            names = [f"P{i + 1}" for i in range(options)]
            usage = rng.integers(5, 100, options).astype(float)
            problem = solvers.Problem(np.zeros(options), usage, 25.0 * options, names=names)
            seen = mcda.scored_problem(problem, rng.integers(0, 100, (options, 3)).astype(float))
            known = mcda.weight_set(seen.criteria, ranking=seen.criteria if name == "ranking" else None)
            answer, processor, clock = timed(partial(mcda.robust_portfolios, seen, known))
            rows.append((f"{options} options, 3 criteria, {name}", repr(answer), processor, clock))
    return rows


def scores() -> list[tuple[str, str, float, float]]:
    """Return the same for SMAA of scores."""
    rng = np.random.default_rng(0)
    table, directions = rng.random((30, 6)), ["max"] * 6
    many = mcda.normal_draws(table, 0.1, draws=10_000)
    return [
        (name, repr(answer), processor, clock)
        for name, (answer, processor, clock) in {
            "SMAA-2, 30 x 6, 10,000 weights": timed(lambda: mcda.smaa(table)),
            "SMAA-2, 30 x 6, 10,000 weights and tables": timed(lambda: mcda.smaa(many)),
            "SMAA-2 by TOPSIS, 30 x 6, 10,000 weights": timed(
                lambda: mcda.smaa(table, None, directions, method="topsis")
            ),
            "SMAA-2 by geometry, 8 x 4": timed(lambda: mcda.smaa_exact(table[:8, :4])),
        }.items()
    ]


def text(sections: dict[str, list[tuple[str, str, float, float]]], arguments: list[str]) -> str:
    """Return the page."""
    machine = f"{platform.machine()}, Python {platform.python_version()}, numpy {np.__version__}"
    lines = [
        "# Robustness and disagreement: times",
        "",
        "Written by",
        "",
        f"    python -m benchmarks.robustness {' '.join(arguments)}".rstrip(),
        "",
        f"on {machine}, two cores. The machine was shared with other work, so times by the clock are upper bounds.",
        "Every portfolio is proven optimal and certified.",
    ]
    for title, rows in sections.items():
        lines += ["", f"## {title}", "", "| question | processor s | clock s | answer |", "| --- | ---: | ---: | --- |"]
        lines += [f"| {name} | {cpu:.2f} | {clock:.2f} | `{said}` |" for name, said, cpu, clock in rows]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=10_000)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    arguments = [f"--draws {options.draws}"] + ([f"--write {options.write}"] if options.write else [])
    page = text(
        {
            FLAGSHIP: flagship(options.draws),
            "Robust Portfolio Modelling": rpm(),
            "Scores": scores(),
        },
        arguments,
    )
    print(page)
    if options.write:
        options.write.parent.mkdir(parents=True, exist_ok=True)
        options.write.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
