"""The page of results, from what pytest-benchmark wrote."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks.page_head import page_head

if TYPE_CHECKING:
    from pathlib import Path

INTRODUCTION = """On {machine} ({processor}), Python {python}: CPU time of one thread, the least of several rounds
within one run. Ours is one call to `mcda.ahp` on the stack: input checks, weights, largest eigenvalue, consistency
ratio and geometric consistency index (GCI). Other libraries are called once per matrix, on 200 matrices. None of them
gives the GCI, so their loop also computes its formula in NumPy; the rows without it do less than ours."""
NOTES = """pymcdm accepts only whole Saaty numbers, so its loop gets such matrices. ahpy stops its iteration at a stated
number of digits (12 here). pyanp, which has the index with a different scaling, could not be installed
from a package index."""


def page(results: Path) -> str:
    """Lay out the page."""
    run = json.loads(results.read_text(encoding="utf-8"))
    each = {
        (bench["extra_info"]["who"], bench["extra_info"]["index"]): bench["stats"]["min"]
        / bench["extra_info"]["count"]
        * 1e6
        for bench in run["benchmarks"]
    }
    own = each[("ours, eigenvector", True)]
    lines = [
        page_head("Weights: 10,000 judgement matrices of 9 x 9", "make bench-weights", INTRODUCTION, run),
        "",
        "| what | microseconds per matrix | seconds for 10,000 | times ours |",
        "| --- | ---: | ---: | ---: |",
    ]
    for (who, index), micro in sorted(each.items(), key=lambda item: item[1]):
        name = who if who.startswith("ours") else f"{who}, {'with' if index else 'without'} the GCI"
        lines.append(f"| {name} | {micro:,.2f} | {micro / 100:,.4f} | {micro / own:,.1f} |")
    peers = {key: micro for key, micro in each.items() if not key[0].startswith("ours")}
    full = min((micro for (_, index), micro in peers.items() if index), default=None)
    if full is not None:
        times = full / own
        verdict = "reached" if times >= 50 else "not reached"
        lines += [
            "",
            (
                "Target: at least 50 times as fast as the fastest library that computes the same: "
                f"**{times:.0f} times, {verdict}**."
            ),
        ]
    return "\n".join([*lines, "", NOTES]) + "\n"
