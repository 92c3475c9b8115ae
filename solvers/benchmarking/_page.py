"""The report: one self-contained HTML page with charts, tables, and claims that cannot be true in red."""

from __future__ import annotations

import math
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.backends.base import SETTINGS
from solvers.benchmarking import _charts
from solvers.benchmarking._statistics import (
    gap_over_time,
    pairwise_ratios,
    performance_profile,
    primal_integral,
    shifted_geometric_mean,
    summary,
    times_table,
    virtual_best,
)

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from solvers.benchmarking._judge import Judgement
    from solvers.benchmarking._records import Run

_STYLE = """
:root{color-scheme:light}
body{font:16px/1.5 Arial,sans-serif;color:#212b32;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1,h2{color:#005eb8;line-height:1.2}h2{margin-top:2.5rem;border-top:1px solid #d8dde0;padding-top:1rem}
table{border-collapse:collapse;margin:1rem 0;font-size:.9rem}caption{text-align:left;font-weight:bold;padding:.3rem 0}
th,td{padding:.25rem .6rem;border-bottom:1px solid #d8dde0;text-align:right}
th:first-child,td:first-child{text-align:left}
th,td{white-space:nowrap}.false th,.false td{text-align:left;white-space:normal}
.wide{overflow-x:auto}svg{width:100%;min-width:36rem;height:auto;font:13px Arial,sans-serif}
.false{color:#d5281b;font-weight:bold}
.quiet{color:#4c6272}@media print{body{margin:0;max-width:none}h2{break-after:avoid}table,svg{break-inside:avoid}}
"""

_HOW_TO_READ_A_PROFILE = (
    "How to read it: at factor 1, the curve shows the share of instances on which a variant is the fastest; further"
    " right, the share that it solves within that many times the fastest time; at the right end, the share that it"
    " solves at all (Dolan and Moré 2002)."
)
_HOW_IT_IS_RUN = (
    "Each run is a fresh process, and runs are in random order. Loading libraries is not counted. The time is that of"
    " the whole call to solve, certificate included."
)


def write_page(
    path: str | os.PathLike[str], runs: Sequence[Run], judgement: Judgement, manifest: Mapping[str, Any]
) -> Path:
    """Write the report of a set of runs.

    Parameters
    ----------
    path
        The HTML file.
    runs, judgement
        The runs, and what they show together.
    manifest
        With `plan` and `machine`, as the runner wrote it.

    Returns
    -------
    Path
        The file.
    """
    Path(path).write_text(page(runs, judgement, manifest), "utf-8")
    return Path(path)


def page(runs: Sequence[Run], judgement: Judgement, manifest: Mapping[str, Any]) -> str:
    """Return the report as HTML; the same runs give the same text."""
    limit = float(manifest["plan"]["time_limit"])
    times = times_table(runs, judgement)
    overall = summary(runs, judgement, limit)
    parts = [
        "<h1>Solvers compared</h1>",
        _lead(runs, judgement, overall, times, limit),
        _unfinished(runs, manifest),
        _refuted(judgement),
        "<h2>Overall</h2>",
        _wide(_bars(overall, limit)),
        _summary_table(overall, "All instances"),
        "<h2>Performance profile</h2>",
        f"<p>{_HOW_TO_READ_A_PROFILE}</p>",
        _wide(_profile(times)),
        "<h2>Gap over time</h2>",
        _gaps(runs, judgement, limit),
        "<h2>By class of instance</h2>",
        *(
            _summary_table(summary(runs, judgement, limit, family), family)
            for family in dict.fromkeys(run.family for run in runs)
        ),
        "<h2>Pairwise</h2>",
        _pairwise(times),
        "<h2>Best-known values</h2>",
        _standings(judgement),
        "<h2>How this was made</h2>",
        _making(runs, manifest),
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport"'
        ' content="width=device-width"><title>Solvers compared</title>'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<style>{_STYLE}</style></head><body><main>{''.join(parts)}</main></body></html>\n"
    )


def _lead(runs: Sequence[Run], judgement: Judgement, overall: pd.DataFrame, times: pd.DataFrame, limit: float) -> str:
    first = overall.iloc[0]
    best = shifted_geometric_mean(virtual_best(times).clip(upper=limit))
    words = (
        f"{len(runs)} runs of {len(overall)} variants on {len(times)} instances, at most {limit:g} seconds each."
        f" <strong>{escape(str(overall.index[0]))}</strong> proves most: {int(first['proven'])} of {len(times)}, in"
        f" {first['seconds']:.3g} seconds (shifted geometric mean). Choosing the fastest variant for each instance"
        f" would take {best:.3g}."
    )
    return f"<p>{words}</p>"


def _unfinished(runs: Sequence[Run], manifest: Mapping[str, Any]) -> str:
    """Say how much of the plan has not been run yet: what has not been run counts as not solved."""
    plan = manifest["plan"]
    wanted = len(plan["variants"]) * len(manifest.get("tasks", ())) * plan["repeats"]
    done = len({run.key[:4] for run in runs})
    if done >= wanted:
        return ""
    words = f"Only {done} of the {wanted} runs of the plan are here; the missing ones count as not solved."
    return f'<p class="false">{words}</p>'


def _refuted(judgement: Judgement) -> str:
    if not judgement.refuted:
        return "<p>Every portfolio passed the exact check, and no claim is refuted by another run.</p>"
    rows = [[each.run.variant, f"{each.run.family}/{each.run.instance}", each.why] for each in judgement.refuted]
    title = f"Claims that cannot be true: {len(rows)}"
    return f'<h2 class="false">{title}</h2>' + _table(["variant", "instance", "why"], rows, mark="false")


def _bars(overall: pd.DataFrame, limit: float) -> str:
    rows = [
        (str(name), float(row["seconds"]), float(row["low"]), float(row["high"])) for name, row in overall.iterrows()
    ]
    words = f"Seconds (shifted geometric mean with 95 % interval; an unsolved instance counts as {limit:g})"
    return _charts.bars(rows, "Time by variant", words)


def _profile(times: pd.DataFrame) -> str:
    profile = performance_profile(times)
    lines = {
        str(name): list(zip(profile.index.tolist(), profile[name].tolist(), strict=True)) for name in profile.columns
    }
    return _charts.curves(lines, "Performance profile", "Factor of the fastest time", "Share of instances", steps=True)


def _gaps(runs: Sequence[Run], judgement: Judgement, limit: float) -> str:
    moments = np.geomspace(min(0.01, limit / 10), limit, 60)
    curve = gap_over_time(runs, judgement, moments)
    lines = {str(name): list(zip(moments.tolist(), curve[name].tolist(), strict=True)) for name in curve.columns}
    best = {(each.family, each.instance): each.best for each in judgement.standings}
    groups: dict[str, dict[tuple[str, str, int], list[Run]]] = {}
    for run in runs:
        if best[run.family, run.instance] is not None:
            groups.setdefault(run.variant, {}).setdefault((run.family, run.instance, run.repeat), []).append(run)
    rows = [[name, f"{_mean_integral(own, best, limit):.4f}"] for name, own in sorted(groups.items())]
    words = (
        "<p>The mean distance from the best portfolio known, at each moment (100 % until there is one), and its mean"
        " over the whole time, the primal integral (Berthold 2013). Lower is better.</p>"
    )
    chart = _charts.curves(lines, "Primal gap over time", "Seconds", "Gap", steps=True)
    return words + _wide(chart) + _table(["variant", "primal integral"], rows)


def _mean_integral(
    groups: Mapping[tuple[str, str, int], Sequence[Run]], best: Mapping[tuple[str, str], float | None], limit: float
) -> float:
    found = [primal_integral(own, best[family, name] or 0.0, limit) for (family, name, _), own in groups.items()]
    return float(np.mean(found))


def _summary_table(frame: pd.DataFrame, caption: str) -> str:
    head = ["variant", "instances", "proven", "wins", "seconds", "95 % interval", "gap where unproven", "failures"]
    head += ["refuted", "disturbed"]
    rows = [
        [
            name,
            str(int(row["instances"])),
            str(int(row["proven"])),
            str(int(row["wins"])),
            f"{row['seconds']:.3g}",
            f"{row['low']:.3g} to {row['high']:.3g}",
            "" if math.isnan(row["gap_unproven"]) else f"{row['gap_unproven']:.2%}",
            str(int(row["failures"])),
            str(int(row["refuted"])),
            str(int(row["disturbed"])),
        ]
        for name, row in frame.iterrows()
    ]
    return _table(head, rows, caption=caption)


def _standings(judgement: Judgement) -> str:
    known = [each for each in judgement.standings if each.known is not None]
    if not known:
        return "<p>No best-known values are recorded for these instances.</p>"
    verdicts = [each.verdict for each in known]
    better = [each for each in known if each.verdict == "better"]
    words = (
        f"<p>{len(known)} instances have a best-known value: it is met on {verdicts.count('met')}, beaten on"
        f" {len(better)} and missed on {len(known) - verdicts.count('met') - len(better)}.</p>"
    )
    rows = [
        [f"{each.family}/{each.instance}", f"{each.known:.12g}", each.status,
         "" if each.best is None else f"{each.best:.12g}", "proven" if each.proven else "", each.verdict]
        for each in known if each.verdict != "met"
    ]  # fmt: skip
    return words + (_table(["instance", "known", "status", "best here", "", "verdict"], rows) if rows else "")


def _making(runs: Sequence[Run], manifest: Mapping[str, Any]) -> str:
    machine, plan = manifest.get("machine", {}), manifest["plan"]
    versions = ", ".join(f"{name} {number}" for name, number in machine.get("versions", {}).items())
    disturbed = sum(run.disturbed for run in runs)
    where = [machine.get(key, "") for key in ("processor", "cores", "system", "python")]
    lines = [
        "Machine: {}, {} cores, {}, Python {}.".format(*where),
        f"Versions: {versions}.",
        _HOW_IT_IS_RUN,
        f"In {disturbed} runs, other work took more than 30 % of the time; for these, processor time is counted.",
        f"Repeats: {plan['repeats']}. Memory limit: {plan['memory_mib']} MiB. Seed of the order: {plan['seed']}.",
    ]
    variants = [
        [each["name"], each["solver"], str(each["threads"]), f"{each['gap']:g}", str(each["seed"]), _settings(each)]
        for each in plan["variants"]
    ]
    listed = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<ul class="quiet">{listed}</ul>' + _table(
        ["variant", "solver", "threads", "gap", "seed", "settings"], variants
    )


def _settings(variant: Mapping[str, Any]) -> str:
    """Settings that only some solvers have, if they differ from the solver's defaults."""
    words = {True: "on", False: "off"}
    given = [(key, variant.get(key)) for key in SETTINGS]
    return ", ".join(f"{key} {words.get(value, value)}" for key, value in given if value is not None)


def _pairwise(times: pd.DataFrame) -> str:
    ratios = pairwise_ratios(times)
    rows = [
        [name, *("" if math.isnan(figure) else f"{figure:.3g}" for figure in row.tolist())]
        for name, row in ratios.iterrows()
    ]
    words = "The time of the row divided by the time of the column: geometric mean over the instances that both solve."
    return f"<p>{words}</p>" + _table(["", *times.columns], rows)


def _wide(chart: str) -> str:
    return f'<div class="wide">{chart}</div>'


def _table(head: Sequence[object], rows: Iterable[Sequence[object]], *, caption: str = "", mark: str = "") -> str:
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    top = "".join(f'<th scope="col">{escape(str(cell))}</th>' for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    css = f' class="{mark}"' if mark else ""
    return f'<div class="wide"><table{css}>{title}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'
