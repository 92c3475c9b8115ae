"""The page of results, from what pytest-benchmark wrote."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import mcda
from benchmarks.page_head import page_head

if TYPE_CHECKING:
    from pathlib import Path

SAME = 1e-6  # scores of a peer that far from ours are the same method; else the note says what differs
NOTES = {
    "copras": "pymcdm treats costs as benefits, so it does not compute COPRAS.",
    "multimoora": "scikit-criteria counts dominance differently (wins only), pair by pair in Python.",
    "mabac": "With 200 alternatives, the peers' border product of 200 factors underflows; we compute it in logarithms.",
    "probid": "Each score needs a distance to each of 200 sorted ideals: 40,000 square roots per weighting. We found "
    "no reformulation that avoids them, and they alone cost more than a fiftieth of the peer's call.",
    "vikor": "pyDecision returns a different order.",
    "waspas": "pyDecision returns different scores (the reference case disagrees with it).",
    "codas": "pyDecision leaves out psi; the bare function compares all pairs with NumPy.",
}

TITLE = "Scoring: speed against a floor, against other libraries, and as the problem grows"
INTRODUCTION = """On {machine} ({processor}, {cores} cores), Python {python}. Figures are the least of several rounds
within one run. One thread is timed by its CPU time, several by the clock; the machine was shared with other work, so
two free cores would be at least as fast as the threaded figures. Other libraries ("peers") are called once per set of
weights, as often as fits into a third of a second, and the time is multiplied up to all sets; the scores of each are
first compared with ours. "Bare" is an inner function of scikit-criteria without any validation, with everything
normalised beforehand, which is less than its users run."""
METHODS_NOTE = """Milliseconds for all 10,000. The target is at least 50 times as fast as the fastest peer (PROMETHEE
II: 5,000 times as fast as pymcdm). The fastest peer is the fastest public call that gives our scores, or our order if
the scale differs."""
SWEEP_NOTE = """Linear growth means a constant cost per score as the number of weightings or alternatives grows (within
the caches), and a constant cost per score and criterion as the number of criteria grows. With few criteria, storing the
result dominates. PROMETHEE II sorts once per matrix."""


def page(results: Path) -> str:
    """Lay out the page."""
    run = json.loads(results.read_text(encoding="utf-8"))
    rows = [
        bench["extra_info"] | {"seconds": bench["stats"]["min"] * bench["extra_info"].get("s", 1) / _calls(bench)}
        for bench in run["benchmarks"]
        if "part" in bench["extra_info"]
    ]
    parts = [
        page_head(TITLE, "make bench-scoring", INTRODUCTION, run),
        _topsis([row for row in rows if row["part"] == "floor"]),
        _methods([row for row in rows if row["part"] == "methods"]),
        _sweep([row for row in rows if row["part"] == "sweep"]),
    ]
    return "\n\n".join(parts) + "\n"


def _calls(bench: dict[str, Any]) -> int:
    info = bench["extra_info"]
    return int(info["calls"]) if info["who"] not in {"ours", "floor"} else int(info.get("s", 1))


def _topsis(rows: list[dict[str, Any]]) -> str:
    found = {(row["who"], row.get("threads", 1)): row["seconds"] for row in rows}
    own, both = found[("ours", 1)], found[("ours", "all")]
    lines = [
        "## TOPSIS, 10,000 weightings of 1000 x 10",
        "| what | seconds | ns per score | times ours (one thread) | asked |",
        "| --- | ---: | ---: | ---: | --- |",
    ]
    asked = {"pymcdm": "at least 1,000", "pymcdm, validation off": "at least 40", "floor": "ours at most 1.5 x floor"}
    for (who, threads), seconds in sorted(found.items(), key=lambda item: item[1]):
        name = f"ours, {'one thread' if threads == 1 else 'all threads (clock)'}" if who == "ours" else who
        lines.append(
            f"| {name} | {seconds:.4f} | {seconds / 1e7 * 1e9:.2f} | {seconds / own:,.2f} | {asked.get(who, '')} |"
        )
    note = f"Two threads: {own / both:.2f} times as fast as one."
    if ("floor", 1) in found:
        note = f"Ours takes **{own / found[('floor', 1)]:.2f} times the floor** (target: at most 1.5). " + note
    return "\n".join(lines) + "\n\n" + note


def _methods(rows: list[dict[str, Any]]) -> str:
    own: dict[str, dict[Any, float]] = defaultdict(dict)
    theirs: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["who"] == "ours":
            own[row["method"]][row["threads"]] = row["seconds"]
        else:
            theirs[row["method"]].append(row)
    lines = [
        "## Every method, 10,000 weightings of 200 x 10",
        METHODS_NOTE,
        "| method | ours, 1 thread | ours, all threads | fastest peer | its ms | times | bare (ms) | times | reached |",
        "| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | --- |",
    ]
    missed = []
    for method in mcda.methods():
        if method not in own:
            continue
        one, both = own[method][1], own[method]["all"]
        same = [row for row in theirs[method] if row["difference"] < SAME or row["same_order"]]
        public = min((r for r in same if "bare" not in r["who"]), key=lambda r: r["seconds"], default=None)
        bare = min((r for r in same if "bare" in r["who"]), key=lambda r: r["seconds"], default=None)
        cells = [method, f"{one * 1e3:,.1f}", f"{both * 1e3:,.1f}"]
        cells += (
            [public["who"], f"{public['seconds'] * 1e3:,.0f}", f"{public['seconds'] / one:,.0f}"]
            if public
            else ["-"] * 3
        )
        cells += [f"{bare['seconds'] * 1e3:,.0f}", f"{bare['seconds'] / one:,.0f}"] if bare else ["-"] * 2
        ratios = [row["seconds"] / one for row in (public, bare) if row]
        reached = "no peer gives our scores" if not ratios else "yes" if min(ratios) >= 50 else "no"
        if method == "promethee_ii":
            shipped = next(row for row in same if row["who"] == "pymcdm")["seconds"] / one
            reached = f"{'yes' if shipped >= 5000 else 'no'}: pymcdm as shipped {shipped:,.0f} times"
        if reached.startswith("no:") or reached == "no":
            missed.append(method)
        lines.append("| " + " | ".join([*cells, reached]) + " |")
    notes = [f"- {method}: {text}" for method, text in NOTES.items() if method in own]
    verdict = f"Target missed: {', '.join(missed)}." if missed else "Every target is met."
    return "\n".join(lines[:2]) + "\n\n" + "\n".join(lines[2:]) + f"\n\n{verdict}\n\n" + "\n".join(notes)


def _sweep(rows: list[dict[str, Any]]) -> str:
    lines = [
        "## Growth, one thread",
        SWEEP_NOTE,
        "| method | grows | weightings | alternatives | criteria | seconds | ns per score | per score and criterion |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in sorted(rows, key=lambda r: (r["method"], r["axis"], r["s"], r["a"], r["c"])):
        each = row["seconds"] / row["s"] / row["a"] * 1e9
        lines.append(
            f"| {row['method']} | {row['axis']} | {row['s']:,} | {row['a']:,} | {row['c']} | {row['seconds']:.3f} "
            f"| {each:.2f} | {each / row['c']:.3f} |"
        )
    return "\n".join(lines[:2]) + "\n\n" + "\n".join(lines[2:])
