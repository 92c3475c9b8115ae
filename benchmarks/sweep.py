"""Every solver on every set, in one resumable run, and the page of what it showed.

    python -m benchmarks.sweep --folder FOLDER        # `make bench` does this
    python -m benchmarks.sweep --report-only --out out/bench

FOLDER holds published instances, one folder per family (`mcda bench sets`); without it only generated sets and the
example decisions are run. The raw runs, tables and the HTML report with charts are left in --out.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from mcda.cli import main as mcda_command
from solvers.benchmarking import judge, read_runs, shifted_geometric_mean, summary
from solvers.benchmarking._records import read_manifest
from solvers.benchmarking._statistics import times_table, virtual_best

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from solvers.benchmarking import Judgement, Run
    from solvers.benchmarking._judge import Standing

PAGE = Path("docs/performance/solvers.md")


def page(folder: Path) -> str:
    """Lay out the page from the runs in a folder."""
    runs, manifest = read_runs(folder), read_manifest(folder)
    judgement = judge(runs, manifest.get("best_known"))
    limit = float(manifest["plan"]["time_limit"])
    parts = [_introduction(runs, manifest, limit), _overall(summary(runs, judgement, limit)), _classes(runs, judgement)]
    parts += [_known(judgement.standings), _faults(runs, judgement), _command(manifest)]
    return "\n\n".join(parts) + "\n"


def _introduction(runs: Sequence[Run], manifest: dict[str, Any], limit: float) -> str:
    plan, machine = manifest["plan"], manifest["machine"]
    spent = sum((run.search_seconds or 0) + (run.warmup_seconds or 0) + (run.build_seconds or 0) for run in runs)
    sample = f"at most {plan['sample']} drawn of each family (seed {plan['seed']})" if plan.get("sample") else "all"
    disturbed = sum(run.disturbed for run in runs)
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    return f"""# Solvers on every set

{len(runs)} runs: {len(plan["variants"])} variants on {len(manifest["tasks"])} instances, {sample};
at most {limit:g} s per run, one thread, gap 0, a fresh process for each run. {spent / 60:.0f} minutes of measured time.
{machine["processor"]}, {machine["cores"]} cores; {versions}.
In {disturbed} runs, other work on the machine took more than 30 % of the time. For these, processor time is counted,
and what is not proven here might be with more time or on a quieter machine."""


def _overall(frame: pd.DataFrame) -> str:
    rows = [
        f"| {name} | {row['proven']:.0f} of {row['instances']:.0f} | {row['seconds']:.3g} | "
        f"{row['low']:.3g} to {row['high']:.3g} | {row['wins']:.0f} | {_share(row['gap_unproven'])} | "
        f"{row['failures']:.0f} | {row['refuted']:.0f} |"
        for name, row in frame.iterrows()
    ]
    return _table(
        "## Overall\n\nShifted geometric means (shift 0.1 s); an unproven instance counts as the limit. A win is a time"
        " within 5 %\nof the fastest. If optimality was not proven, the gap is to the best portfolio from all runs.\n",
        "variant | proven | seconds | 95 % interval | wins | mean gap where unproven | failed or refused | refuted",
        rows,
    )


def _classes(runs: Sequence[Run], judgement: Judgement) -> str:
    limit = max(run.limit for run in runs)
    times = times_table(runs, judgement)
    rows = []
    for family in dict.fromkeys(times.index.get_level_values(0)):
        own = times[times.index.get_level_values(0) == family]
        means = {name: shifted_geometric_mean(own[name].clip(upper=limit).fillna(limit)) for name in own.columns}
        best = min(means.values())
        cells = []
        for name in own.columns:
            proven = int(np.isfinite(own[name]).sum())
            text = f"{means[name]:.2g} ({proven})"
            cells.append(f"**{text}**" if proven and means[name] <= 1.05 * best else text)
        fastest = shifted_geometric_mean(virtual_best(own).clip(upper=limit))
        rows.append(f"| {family} | {len(own)} | {' | '.join(cells)} | {fastest:.2g} |")
    return _table(
        "## By class\n\nSeconds (shifted geometric mean) and, in brackets, how many were proven; the best is in bold."
        " The last column\ntakes the fastest variant for each instance.\n",
        f"class | instances | {' | '.join(times.columns)} | virtual best",
        rows,
    )


def _known(standings: Iterable[Standing]) -> str:
    families: dict[str, list[Standing]] = {}
    for each in standings:
        if each.known is not None:
            families.setdefault(each.family, []).append(each)
    if not families:
        return "## Best-known values\n\nNo values are published for these instances."
    rows, missed = [], []
    for family, own in families.items():
        count = Counter(each.verdict.split()[0] for each in own)
        gaps = [_gap(each) for each in own if each.verdict.startswith("missed")]
        far = f"{max(gaps):.2%}" if gaps else ""
        proven = sum(each.proven for each in own)
        lost = count["missed"] + count["no"]
        rows.append(f"| {family} | {len(own)} | {count['met']} | {count['better']} | {lost} | {far} | {proven} |")
        missed += [
            f"| {each.family}/{each.instance} | {each.known:,.10g} | {each.status} | "
            f"{'' if each.best is None else f'{each.best:,.10g}'} | {each.verdict} | {'yes' if each.proven else ''} |"
            for each in own
            if each.verdict != "met"
        ]
    text = _table(
        "## Best-known values\n\nThe best certified portfolio from all variants, compared with the published value.\n",
        "class | with a known value | met | beaten | missed | furthest | proven here",
        rows,
    )
    if missed:
        head = "instance | known | how sure | best here | verdict | proven here"
        text += "\n\n" + _table("Not met, or beaten:\n", head, missed)
    return text


def _gap(each: Standing) -> float:
    assert each.known is not None
    assert each.best is not None
    return abs(each.known - each.best) / max(abs(each.known), 1e-12)


def _faults(runs: Sequence[Run], judgement: Judgement) -> str:
    lines = ["## Wrong answers and failures", ""]
    lines += [
        f"- **Cannot be true**: {each.run.variant} on {each.run.family}/{each.run.instance}: {each.why}."
        for each in judgement.refuted
    ]
    if not judgement.refuted:
        lines.append("- Every portfolio passed the exact check, and no claim is refuted by another run.")
    failed = Counter((run.variant, run.termination) for run in runs if run.termination in FAILED)
    lines += [f"- {variant}: {count} {words}" for (variant, words), count in sorted(failed.items())]
    late = [run for run in runs if run.cpu_seconds and run.cpu_seconds > 1.2 * run.limit + 0.5]
    lines += [
        f"- Over its limit of {run.limit:g} s: {run.variant} on {run.family}/{run.instance}, "
        f"{run.cpu_seconds:.1f} s of processor time"
        for run in late
    ]
    return "\n".join(lines)


FAILED = {"crashed", "killed", "failed", "refused"}


def _command(manifest: dict[str, Any]) -> str:
    folder = "FOLDER=path/to/instances" if manifest.get("best_known") else ""
    return f"```sh\nmake bench {folder}\n```".replace(" \n", "\n")


def _share(figure: float) -> str:
    return "" if np.isnan(figure) else f"{figure:.2%}"


def _table(words: str, head: str, rows: Iterable[str]) -> str:
    return "\n".join([words, f"| {head} |", "| --- " * (head.count("|") + 1) + "|", *rows])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run or resume, write the page; the exit status is that of `mcda bench run`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sweep", description=__doc__)
    parser.add_argument("--folder", help="where published instances are")
    parser.add_argument("--plan", default="benchmarks/full.toml")
    parser.add_argument("--out", type=Path, default=Path("out/bench"))
    parser.add_argument("--page", type=Path, default=PAGE, help="the page to write")
    parser.add_argument("--report-only", action="store_true", help="write the page of runs that are there")
    options = parser.parse_args(arguments)
    status = 0
    if not options.report_only:
        folder = ["--folder", options.folder] if options.folder else []
        status = mcda_command(["bench", "run", "--plan", options.plan, "--out", str(options.out), "--resume", *folder])
        if status not in {0, 1}:
            return status
    options.page.parent.mkdir(parents=True, exist_ok=True)
    options.page.write_text(page(options.out), encoding="utf-8")
    return status


if __name__ == "__main__":
    raise SystemExit(main())
