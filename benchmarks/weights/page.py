"""The page of results, from what pytest-benchmark wrote."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks.page_head import page_head

if TYPE_CHECKING:
    from pathlib import Path

INTRODUCTION = """On {machine} ({processor}), Python {python}: CPU time of one thread, least of several rounds within
one run. Ours is one call of `mcda.ahp` on the stack: input checks, weights, largest eigenvalue, consistency ratio and
geometric consistency index (GCI). Peers are called once per matrix (200 of them). No peer gives the GCI, so it is added
to their loop as its formula in NumPy; the rows without it do less than asked."""
NOTES = """pymcdm takes whole Saaty numbers only, so its loop gets such matrices; ahpy stops its iteration at a stated
number of digits (12 here). pyanp, which has the index under another scaling, is on no package index."""


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
        "| what | microseconds a matrix | seconds for 10,000 | times ours |",
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
            f"Asked: at least 50 times the fastest peer that computes the same: **{times:.0f} times, {verdict}**.",
        ]
    return "\n".join([*lines, "", NOTES]) + "\n"
