"""How long explanations, frontiers, money and schedules of the flagship take: writes docs/performance/explanations.md.

Run with ``python -m benchmarks.explanations``. Wall and CPU seconds of one run each, of this process and its threads.
"""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path
from typing import TYPE_CHECKING

import mcda

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).parents[1] / "docs" / "performance" / "explanations.md"


def main() -> None:
    decision = mcda.load(mcda.dataset("nhs-digital"))
    selection = mcda.select(decision)
    tasks: dict[str, tuple[str, Callable[[], object]]] = {
        "explain all 40 projects, rules, limits, groups and scenarios": ("30", lambda: mcda.explain(selection)),
        "frontier, every efficient point": ("60", lambda: mcda.frontier(selection)),
        "what more buys, every resource and year": ("", lambda: mcda.what_more_buys(selection)),
        "nested list over 10 budgets, with frontier and lists": ("", lambda: mcda.compare_lists(selection)),
        "schedule with start years": ("", lambda: mcda.schedule(decision)),
    }
    rows = []
    for name, (asked, task) in tasks.items():
        wall, cpu = time.perf_counter(), time.process_time()
        result = task()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        rows.append(f"| {name} | {asked or '-'} | {wall:.1f} | {cpu:.1f} | `{result!r}` |")
        print(rows[-1], flush=True)
    load = os.getloadavg()[0]
    cores = os.cpu_count()
    PAGE.write_text(
        "# Explanations, frontiers and money on the flagship\n\n"
        "Written by `python -m benchmarks.explanations`, which runs each task once on 40 projects with 45 limits "
        "and 10 synergies.\n\n"
        "| task | asked, s | wall, s | CPU, s | result |\n| --- | --- | --- | --- | --- |\n"
        + "\n".join(rows)
        + f"\n\nPython {platform.python_version()}, {cores} cores, load average {load:.1f} at the end. If the "
        "load exceeds the number of cores, wall time is mostly waiting; compare the CPU time instead.\n"
        "\nBatches are proven by our own branch and bound if it has been compiled, and otherwise by HiGHS.\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
