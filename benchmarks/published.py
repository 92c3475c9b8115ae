"""Published instances against their known optima: what is proven, and how near the rest comes within the limit.

    python -m benchmarks.published FOLDER --families sac94 orlib_mkp --limit 10 --record out/published.jsonl
    python -m benchmarks.published --record out/published.jsonl --report docs/performance/published.md

FOLDER holds the instances, a folder per family (formats: `solvers.instances`). A record resumes where it stopped.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import solvers
from solvers.instances import Instance, read_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


COLUMNS = (
    "set",
    "instances",
    "proven",
    "of these, equal to the best known",
    "best known found, not proven",
    "rest",
    "largest gap among those not proven",
    "median s",
)


def wanted(folder: Path, families: Sequence[str], files: Sequence[str]) -> Iterator[Instance]:
    """Yield the instances of families, of some files only if any are named."""
    for instance in read_folder(folder, only=families or None):
        if not files or instance.path.stem in files or instance.family != "orlib_mkp":
            yield instance


def shuffled(instances: Iterable[Instance], seed: int) -> list[Instance]:
    """Return those with a published value in random order, so that a run cut short is an even sample of all."""
    known = [instance for instance in instances if instance.best_known is not None]
    random.Random(seed).shuffle(known)  # noqa: S311 - an order, not a secret
    return known


def run(instances: Iterable[Instance], record: Path, limit: float, solver: str, threads: int) -> None:
    """Solve instances and append a line for each to the record."""
    record.parent.mkdir(parents=True, exist_ok=True)
    done = {json.loads(line)["name"] for line in record.read_text().splitlines()} if record.exists() else set()
    with record.open("a", encoding="utf-8") as lines:
        for instance in instances:
            if instance.name in done:
                continue
            found = solvers.solve(instance.problem, solver, time_limit=limit, threads=threads, gap=1e-12)
            known = instance.best_known
            line = {
                "family": instance.family,
                "file": instance.path.stem,
                "name": instance.name,
                "options": len(instance.problem.names),
                "resources": len(instance.problem.resources),
                "termination": found.termination,
                "value": found.value if found.has_portfolio else None,
                "bound": found.bound,
                "seconds": round(found.seconds, 2),
                "solver": found.solver,
                "limit": limit,
                "known": None if known is None else known.value,
                "status": None if known is None else known.status,
                "judgement": "",
            }
            line["judgement"] = judgement(line)
            lines.write(json.dumps(line) + "\n")
            lines.flush()
            print(f"{instance.family}/{instance.name}: {found!r} known {line['known']} {line['judgement']}", flush=True)


def judgement(line: dict[str, Any]) -> str:
    """Check an answer against what is known: a word, or "WRONG" with the reason."""
    wrong = _contradiction(line)
    if wrong:
        return f"WRONG: {wrong}"
    known, value = line["known"], line["value"]
    equal = known is not None and value is not None and abs(value - known) <= _tolerance(line)
    if line["termination"] == "optimal":
        further = "" if known is None else ", better than known" if value > known else ", below an unverified hint"
        return "proven" + (", as known" if equal else further)
    if value is None:
        return "nothing found"
    return "best known found, not proven" if equal or (known is not None and value > known) else "not proven"


def _tolerance(line: dict[str, Any]) -> float:
    return 1e-6 * max(1.0, abs(float(line["known"] or 0.0)))


def _contradiction(line: dict[str, Any]) -> str:
    """Say what contradicts a known value; a "hint" proves nothing, and a bound may be beaten."""
    known, value, bound = line["known"], line["value"], line["bound"]
    if line["status"] not in {"optimal", "bound"}:
        return ""
    if bound is not None and bound < known - _tolerance(line):
        return f"the bound {bound:g} is below the known value"
    if line["status"] == "optimal" and value is not None and value > known + _tolerance(line):
        return f"{value:g} is above the known optimum"
    return ""


def report(record: Path, page: Path) -> None:
    """Write the page of results."""
    lines = [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
    wrong = [line for line in lines if line["judgement"].startswith("WRONG")]
    limits = sorted({line["limit"] for line in lines})
    text = [
        "# Published instances",
        "",
        f'{len(lines)} instances, `solver="auto"`, one thread, at most {" or ".join(map("{:g}".format, limits))} s',
        "each, on a shared machine with two cores; what is not proven here might be with more time. Proven optima are",
        f"compared with the known ones: **{len(wrong)} contradictions**.",
        "",
        _standing(lines),
        "",
        f"| {' | '.join(COLUMNS)} |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(_row(key, [line for line in lines if _key(line) == key]) for key in sorted(set(map(_key, lines)))),
        "",
        "## Not proven within the limit",
        "",
        "| instance | options x resources | best found | best known | below best known | bound | gap |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
        *(_detail(line) for line in sorted(lines, key=_place) if line["termination"] != "optimal"),
        "",
        "```sh",
        f"python -m benchmarks.published FOLDER --seed 1 --limit {limits[-1]:g} --record out/published.jsonl",
        "python -m benchmarks.published --record out/published.jsonl --report docs/performance/published.md",
        "```",
    ]
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("\n".join(text) + "\n", encoding="utf-8")


def _place(line: dict[str, Any]) -> tuple[str, str]:
    return str(line["family"]), str(line["name"])


def met(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the runs that ended with the best-known value."""
    return [line for line in lines if _above(line) is not None and abs(_above(line) or 0.0) <= _tolerance(line)]


def beaten(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the runs that ended above it."""
    return [line for line in lines if (_above(line) or 0.0) > _tolerance(line)]


def missed(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the runs that ended below it."""
    return [line for line in lines if (_above(line) or 0.0) < -_tolerance(line)]


def _above(line: dict[str, Any]) -> float | None:
    if line["value"] is None or line["known"] is None:
        return None
    return float(line["value"] - line["known"])


def _standing(lines: list[dict[str, Any]]) -> str:
    counts = [len(some(lines)) for some in (met, beaten, missed)]
    return (
        f"The best-known value was met on {counts[0]} instances, beaten on {counts[1]}{_named(beaten(lines))} and "
        f"missed on {counts[2]};\non {len(lines) - sum(counts)} no portfolio was found."
    )


def _named(lines: list[dict[str, Any]]) -> str:
    words = ", ".join(f"{line['name']}: {line['value']:,.10g}, published {line['known']:,.10g}" for line in lines)
    return f" ({words})" if words else ""


def _key(line: dict[str, Any]) -> str:
    return str(line["file"] if line["family"] == "orlib_mkp" else line["family"])


def gap_of(line: dict[str, Any]) -> float | None:
    """Return how far the bound is above the value, as a share of the value."""
    if line["value"] in {None, 0} or line["bound"] is None:
        return None
    return float(max(0.0, line["bound"] - line["value"]) / abs(line["value"]))


def _row(key: str, lines: list[dict[str, Any]]) -> str:
    kinds = Counter(line["judgement"] for line in lines)
    proven = [line for line in lines if line["termination"] == "optimal"]
    rest = [line for line in lines if line["termination"] != "optimal"]
    gaps = [gap for line in rest if (gap := gap_of(line)) is not None]
    seconds = sorted(line["seconds"] for line in lines)[len(lines) // 2]
    near = kinds["best known found, not proven"]
    equal = kinds["proven, as known"]
    widest = f"{max(gaps):.2%}" if gaps else "" if not rest else "no bound"
    return f"| {key} | {len(lines)} | {len(proven)} | {equal} | {near} | {len(rest) - near} | {widest} | {seconds:g} |"


def _detail(line: dict[str, Any]) -> str:
    value, known, gap = line["value"], line["known"], gap_of(line)
    below = f"{(known - value) / abs(known):.2%}" if known and value is not None else ""
    shown = [("" if figure is None else f"{figure:,.10g}") for figure in (value, known, line["bound"])]
    size = f"{line['options']} x {line['resources']}"
    return (
        f"| {line['family']}/{line['name']} | {size} | {shown[0]} | {shown[1]} | {below} | {shown[2]} | "
        f"{'' if gap is None else f'{gap:.2%}'} |"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Solve, or write the report; exit status 1 if an answer contradicts what is known."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.published", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="where the instances are")
    parser.add_argument("--families", nargs="*", default=[], help="families or names of instances (default: all)")
    parser.add_argument("--files", nargs="*", default=[], help="of orlib_mkp: these files only, such as mknapcb1")
    parser.add_argument("--limit", type=float, default=10.0, help="seconds for each instance")
    parser.add_argument("--seed", type=int, help="only those with a published value, in this random order")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--solver", default="auto")
    parser.add_argument("--record", type=Path, default=Path("out/published.jsonl"))
    parser.add_argument("--report", type=Path, help="write this page from the record")
    options = parser.parse_args(arguments)
    if options.folder is not None:
        chosen = wanted(options.folder, options.families, options.files)
        if options.seed is not None:
            chosen = iter(shuffled(chosen, options.seed))
        run(chosen, options.record, options.limit, options.solver, options.threads)
    if options.report:
        report(options.record, options.report)
    lines = options.record.read_text(encoding="utf-8").splitlines()
    return int(any(json.loads(line)["judgement"].startswith("WRONG") for line in lines))


if __name__ == "__main__":
    raise SystemExit(main())
