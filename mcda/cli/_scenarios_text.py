"""A run of scenarios as tables a manager can read."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from mcda.cli._output import table
from mcda.wording import percent, percent_figure, points, shorten, signed, stated_percent

if TYPE_CHECKING:
    import pandas as pd

    from mcda.scenarios import ScenarioPlan, ScenarioRun

_MOST_CASES = 12
_MOST_MEMBERS = 6
_WEIGHTS = {
    "board": "the Board's",
    "group": "one group's",
    "stakeholders": "one person's at a time",
    "stakeholder_mix": "any mix of the people",
    "group_mix": "any mix of the groups",
    "judgements": "the Board's, with errors in people's answers",
    "dirichlet": "around the Board's",
    "uniform": "every weighting that agrees with the information",
}


def run_text(run: ScenarioRun, out: str | None) -> str:
    """Return the whole summary."""
    parts = [_headline(run), _projects(run)]
    if len(run.cases) > 1:
        parts.append(_cases(run))
    parts += [_portfolios(run), _figures(run), _kept(run, out)]
    return "\n\n".join(part for part in parts if part)


def _headline(run: ScenarioRun) -> str:
    tally = run.tally
    cases = "" if len(run.cases) == 1 else f" ({run.draws:,} draws of {len(run.cases)} cases)"
    lines = [f"{tally.scenarios:,} scenarios{cases}: {_outcome(run)}", *what_is_drawn(run.plan)]
    if run.manifest["note"]:
        lines.append(f"NOTE: {run.manifest['note']}")
    if run.stopped_early and run.plan.stop is not None:
        lines.append(
            f"Stopped after {run.draws:,} draws: every acceptability is known within "
            f"{stated_percent(run.plan.stop.half_width)}, jointly with confidence "
            f"{stated_percent(run.plan.stop.confidence)}."
        )
    elif run.plan.stop is not None:
        lines.append(
            f"All {run.draws:,} draws were used before every acceptability was known within "
            f"{stated_percent(run.plan.stop.half_width)}. Continue with --resume and more --draws."
        )
    for message, count in tally.failures.most_common(3):
        lines.append(f"Failed ({count:,}): {message}")
    return "\n".join(lines)


def _outcome(run: ScenarioRun) -> str:
    words = {
        "optimal": "proven optimal",
        "feasible": "with a portfolio that is not proven best",
        "infeasible": "with no portfolio that keeps all limits and rules",
        "no_solution_found": "not answered before the time limit",
        "unbounded": "unbounded",
        "failed": "failed",
    }
    found = run.statuses
    if list(found) == ["optimal"]:
        return "all proven optimal."
    return ", ".join(f"{count:,} {words[status]}" for status, count in found.items()) + "."


def what_is_drawn(plan: ScenarioPlan) -> list[str]:
    """Say in words what changes from scenario to scenario."""
    parts = [f"weights: {_WEIGHTS[plan.weights.kind]}"]
    if plan.performance:
        parts.append(f"performance: {plan.performance.distribution}, from pessimistic to optimistic")
    parts += [
        "costs: within each project's range" if cost.kind == "range" else "costs: optimism bias" for cost in plan.costs
    ]
    if plan.delivery:
        parts.append(f"delivery: projects may fail and keep {stated_percent(plan.delivery.remaining)} of their gains")
    parts += [f"{limit.target} {limit.key}: x {limit.low:g} to {limit.high:g}" for limit in plan.limits]
    words = {"monte_carlo": "Monte Carlo", "latin_hypercube": "Latin hypercube", "sobol": "Sobol points"}
    design = f" ({words[plan.sampling]}, seed {plan.seed})" if plan.drawn else ""
    return ["Drawn" + design + ":" if plan.drawn else "Nothing is drawn:", *[f"  {part}" for part in parts]]


def _projects(run: ScenarioRun) -> str:
    frame = run.acceptability.sort_values("share", ascending=False, kind="stable")
    if frame["share"].isna().all():
        return ""
    names = {project.id: project for project in run.decision.projects}
    verdicts = {"core": "always", "borderline": "", "exterior": "never"}

    def row(name: str, item: pd.Series) -> list[str]:
        project = names[name]
        title = shorten(project.name) + (" (mandatory)" if project.mandatory else "")
        interval = f"{percent_figure(item['lower'], 'down')} to {percent_figure(item['upper'], 'up')}"
        return [name, title, percent_figure(item["share"]), interval, verdicts[str(item["verdict"])]]

    shown = frame[frame["share"] > 0.0]
    never = [str(name) for name in frame.index[frame["share"] == 0.0]]
    level = "95%" if run.plan.stop is None else "interval"
    text = table(
        ["id", "project", "funded %", f"{level} interval" if level == "95%" else level, ""],
        [row(str(name), item) for name, item in shown.iterrows()],
        left=2,
        title="How often each project is in the best portfolio",
    )
    if never:
        most = percent(float(frame["upper"][frame["share"] == 0.0].max()), "up")
        text += "\n" + _wrapped(f"In none of them (so in at most {most}, at the same confidence): ", never)
    return text


def _cases(run: ScenarioRun) -> str:
    record = run.to_record()
    titles = {str(case["name"]): str(case["title"]) for case in run.manifest["cases"]}
    first = record["acceptability_by_case"][run.cases[0]]
    rows = []
    for place, case in enumerate(run.cases[:_MOST_CASES]):
        value = record["figures"][case]["value"]["mean"]
        shares = record["acceptability_by_case"][case]
        moves = {
            name: 100.0 * (item["share"] - first[name]["share"])
            for name, item in shares.items()
            if item["share"] is not None and first[name]["share"] is not None
        }
        moved = sorted(moves, key=lambda name: -abs(moves[name]))[:3]
        changed = [f"{name} {signed(moves[name])}" for name in moved if abs(moves[name]) >= 0.5]
        answered = f"{int(run.tally.portfolios[place]):,}"
        title = shorten(case if titles[case] in case else f"{case} {titles[case]}", 44)
        mean = "-" if value is None else points(value)
        rows.append([title, ", ".join(changed) if place else "", answered, mean])
    text = table(
        ["case", "moves most (points of funded %)", "portfolios", "mean value"],
        rows,
        left=2,
        title="Cases, each with the same draws, against the first",
    )
    more = len(run.cases) - _MOST_CASES
    return text if more <= 0 else f"{text}\n... and {more} more cases; see --json or the results."


def _portfolios(run: ScenarioRun) -> str:
    frame = run.portfolios(5)
    if frame.empty:
        return ""
    count = len(run.tally.distinct)
    if count == 1:
        return "One portfolio is best in all of them: " + " ".join(frame["projects"].iloc[0])
    first = set(frame["projects"].iloc[0])
    rows = []
    for rank, item in frame.iterrows():
        own = set(item["projects"])
        change = [f"+{name}" for name in item["projects"] if name not in first]
        change += [f"-{name}" for name in frame["projects"].iloc[0] if name not in own]
        shown = change if len(change) <= _MOST_MEMBERS else [*change[:_MOST_MEMBERS], f"and {len(change) - 6} more"]
        what = "see below" if rank == 1 else " ".join(shown)
        rows.append([str(rank), what, percent_figure(item["share"]), str(item["count"])])
    text = table(
        ["rank", "against the first", "% of scenarios", "projects"],
        rows,
        left=2,
        title=f"{count:,} different portfolios are best somewhere; the most frequent",
    )
    return text + "\n" + _wrapped("The first: ", list(frame["projects"].iloc[0]))


def _figures(run: ScenarioRun) -> str:
    frame = run.figures()
    rows = []
    for case, name in frame.index[: _MOST_CASES * (1 + len(run.manifest["groups"]))]:
        item = frame.loc[(case, name)]
        if not item["count"] or (len(run.cases) > 1 and name != "value"):
            continue
        share = name.startswith("share ")
        group = name.removeprefix("share ")
        figure = f"share of its own best: {run.decision.group(group).name or group}" if share else "value"
        cells = [item["mean"], item["5%"], item["50%"], item["95%"]]
        shown = [percent(float(cell)) if share else points(float(cell)) for cell in cells]
        rows.append([*([case] if len(run.cases) > 1 else []), figure, *shown])
    if not rows:
        return ""
    title = "Value, and what each group gets" if len(run.cases) == 1 else "Value"
    words = ["case", "figure"] if len(run.cases) > 1 else ["figure"]
    return table(
        [*words, "mean", "5% below", "median", "5% above"],
        rows,
        left=len(words),
        title=title,
    )


def _kept(run: ScenarioRun, out: str | None) -> str:
    if out is None:
        return "Nothing was kept. With --out FOLDER every scenario is, and a stopped run can be resumed."
    where = f"Every scenario:  {out}/chunks/*.parquet  (Parquet; {out}/manifest.json says what they are)"
    return f"{where}\nHash of the results:  {run.sha256}"


def _wrapped(first: str, words: list[str]) -> str:
    return textwrap.fill(first + " ".join(words), width=110, subsequent_indent=" " * len(first))
