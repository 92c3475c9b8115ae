"""The page of results, from what pytest-benchmark wrote."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks.page_head import page_head

if TYPE_CHECKING:
    from pathlib import Path

INTRODUCTION = """On {machine} ({processor}), Python {python}: CPU time of this process, the least of several rounds
within one run. The decision is the example `nhs-digital` (40 projects, 10 synergies). Rows in italics are not ours:
they are a floor, or another way to do the same."""
NOTES = """Reading includes checking the files and building the decision, neither of which the floor does. A loop of
single solves settles ties and certifies, as the batch does."""


def page(results: Path) -> str:
    """Lay out the page."""
    run = json.loads(results.read_text(encoding="utf-8"))
    lines = [
        page_head("Batches, reading and reports", "make bench-library", INTRODUCTION, run),
        "",
        "| area | what | milliseconds | of | milliseconds each |",
        "| --- | --- | ---: | ---: | ---: |",
    ]
    for bench in run["benchmarks"]:
        about = bench["extra_info"]
        least = bench["stats"]["min"] * 1e3
        name = about["what"] if about["ours"] else f"*{about['what']}*"
        lines.append(
            f"| {about['area']} | {name} | {least:,.2f} | {about['count']:,} | {least / about['count']:,.3f} |"
        )
    return "\n".join([*lines, "", NOTES]) + "\n"
