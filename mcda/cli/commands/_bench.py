"""`mcda bench`: compare solvers on sets of problems, report what was found, and compare two sets of runs."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from mcda.cli._output import Exit, add_json_option, say, say_json, table

if TYPE_CHECKING:
    import argparse

    from solvers.benchmarking import Plan, Run, Task

DECISIONS = "decisions"
"""The set of problems made from the library's example decisions."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command and its parts."""
    parser = commands.add_parser("bench", help="compare solvers on sets of problems, or two sets of runs")
    parts = parser.add_subparsers(title="parts", metavar="PART", required=True)
    runs = parts.add_parser("run", help="run solvers on problems, each in a fresh process (can be resumed)")
    runs.add_argument(
        "instances",
        nargs="*",
        metavar="SET",
        help="generated sets (see `mcda bench sets`), 'decisions', or families and names in --folder; default: all",
    )
    runs.add_argument("--folder", metavar="FOLDER", help="where published instances are, with one folder per family")
    runs.add_argument("--plan", metavar="FILE", help="a plan as a TOML file: limits, repeats and solver variants")
    runs.add_argument("--solvers", metavar="NAMES", help="compare these solvers, separated by commas")
    runs.add_argument("--time-limit", type=float, metavar="SECONDS", help="limit for each search (default: 10)")
    runs.add_argument("--repeats", type=int, metavar="N", help="how often to run each (default: 1)")
    runs.add_argument("--anytime", action="store_true", help="also run with shorter limits, to show the gap over time")
    runs.add_argument(
        "--sample", type=int, metavar="N", help="draw at most N problems from each family, using the seed"
    )
    runs.add_argument("--out", metavar="FOLDER", default="out/bench", help="where to write (default: %(default)s)")
    runs.add_argument("--resume", action="store_true", help="continue the runs in the folder")
    runs.set_defaults(run=run)
    reports = parts.add_parser("report", help="rewrite the report on a folder of runs")
    reports.add_argument("folder", metavar="FOLDER")
    add_json_option(reports)
    reports.set_defaults(run=report)
    comparisons = parts.add_parser(
        "compare", help="say whether any variant is slower by more than noise (exit status 1 if so)"
    )
    comparisons.add_argument("old", metavar="OLD", help="folder of runs")
    comparisons.add_argument("new", metavar="NEW", help="folder of runs")
    add_json_option(comparisons)
    comparisons.set_defaults(run=compare)
    sets = parts.add_parser("sets", help="list generated sets and published families")
    sets.set_defaults(run=list_sets)


def run(options: argparse.Namespace) -> int:
    """Run a plan, report what was found."""
    from solvers.benchmarking import run_plan, sampled

    plan = _plan(options)
    tasks = sampled(list(_tasks(plan.instances, options.folder)), plan.sample, plan.seed)
    out = Path(options.out)
    run_plan(plan, tasks, out, resume=options.resume, progress=_Progress())
    return _report(out, as_json=False)


def report(options: argparse.Namespace) -> int:
    """Write the report of a folder of runs."""
    return _report(Path(options.folder), as_json=options.json)


def compare(options: argparse.Namespace) -> int:
    """Compare two folders of runs."""
    from dataclasses import asdict

    from solvers.benchmarking import compare as compare_runs
    from solvers.benchmarking import read_runs

    found = compare_runs(read_runs(options.old), read_runs(options.new))
    if options.json:
        say_json({"variants": [asdict(each) | {"verdict": each.verdict} for each in found]})
    else:
        rows = [
            [each.variant, str(each.instances), f"{each.ratio:.3f}", f"{each.low:.3f} to {each.high:.3f}",
             str(len(each.lost)), str(len(each.gained)), each.verdict]
            for each in found
        ]  # fmt: skip
        head = ["variant", "instances", "new / old", "95% interval", "lost", "gained", "verdict"]
        say(table(head, rows, title="Time of the new runs against the old (processor time, fastest repeat)"))
    return Exit.NO if any(each.slower for each in found) else Exit.DONE


def list_sets(_options: argparse.Namespace) -> int:
    """List what can be run."""
    from solvers.benchmarking import GENERATED
    from solvers.instances import families

    rows = [[name, str(count), words] for name, (words, count, _) in GENERATED.items()]
    rows.append([DECISIONS, "2", "the example decisions of this library"])
    say(table(["set", "problems", "what"], rows, left=3, title="Generated here"))
    say()
    rows = [[name, title] for name, (title, _) in families().items()]
    say(table(["family", "what"], rows, left=2, title="Published; read from --folder"))
    return Exit.DONE


def _plan(options: argparse.Namespace) -> Plan:
    from dataclasses import replace

    from solvers.benchmarking import Plan, Variant, default_variants, read_plan

    plan = read_plan(options.plan) if options.plan else Plan(default_variants())
    changes: dict[str, object] = {}
    if options.solvers:
        changes["variants"] = tuple(Variant(name, name) for name in options.solvers.split(","))
    for key in ("time_limit", "repeats", "sample"):
        if getattr(options, key) is not None:
            changes[key] = getattr(options, key)
    if options.anytime:
        changes["anytime"] = True
    if options.instances:
        changes["instances"] = tuple(options.instances)
    return replace(plan, **changes)  # type: ignore[arg-type]  # each of the type of its attribute


def _tasks(sources: tuple[str, ...], folder: str | None) -> list[Task]:
    from solvers.benchmarking import tasks_of

    others = tuple(name for name in sources if name != DECISIONS)
    tasks = list(tasks_of(others, folder)) if others or not sources else []
    return tasks + (_decisions() if DECISIONS in sources or not sources else [])


def _decisions() -> list[Task]:
    from mcda.files import dataset, load
    from mcda.portfolio import build_problem
    from mcda.scoring._projects import value_projects
    from mcda.weights import weigh_decision
    from solvers.benchmarking import Task

    tasks = []
    for name in ("nhs-digital", "starter"):
        decision = load(dataset(name))
        weights = weigh_decision(decision)
        views = {"board": weights.board, **{str(group): row for group, row in weights.groups.iterrows()}}
        for view, leaf_weights in views.items():
            problem = build_problem(decision, value_projects(decision, leaf_weights))
            tasks.append(Task(DECISIONS, f"{name}-{view}", problem))
    return tasks


def _report(folder: Path, *, as_json: bool) -> int:
    from solvers.benchmarking import judge, read_runs, summary, write_page, write_tables
    from solvers.benchmarking._records import read_manifest

    runs, manifest = read_runs(folder), read_manifest(folder)
    judgement = judge(runs, manifest.get("best_known"))
    limit = float(manifest["plan"]["time_limit"])
    frame = summary(runs, judgement, limit)
    page = write_page(folder / "report.html", runs, judgement, manifest)
    files = write_tables(folder, runs, judgement, limit)
    if as_json:
        rows = frame.reset_index().astype(object).where(frame.reset_index().notna(), None).to_dict(orient="records")
        say_json({"summary": rows, "refuted": [f"{each.run!r}: {each.why}" for each in judgement.refuted]})
        return Exit.NO if judgement.refuted else Exit.DONE
    lines = [
        [
            str(name),
            f"{row['proven']:.0f} of {row['instances']:.0f}",
            f"{row['seconds']:.3g}",
            f"{row['low']:.3g} to {row['high']:.3g}",
            *(f"{row[key]:.0f}" for key in ("wins", "failures", "refuted")),
        ]
        for name, row in frame.iterrows()
    ]
    head = ["variant", "proven", "seconds", "95% interval", "wins", "failures", "refuted"]
    say(table(head, lines, title=f"Solvers compared, at most {limit:g} s each (shifted geometric means)"))
    for each in judgement.refuted:
        say(f"CANNOT BE TRUE: {each.run.variant} on {each.run.family}/{each.run.instance}: {each.why}")
    say()
    say(f"Report:  {page}  (open it in a browser)")
    say(f"Tables:  {', '.join(path.name for path in files)} in {folder}")
    return Exit.NO if judgement.refuted else Exit.DONE


class _Progress:
    """Shows runs done and time left on a terminal."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.shown = sys.stderr.isatty()

    def __call__(self, done: int, total: int, last: Run | None) -> None:
        if not self.shown:
            return
        left = (time.monotonic() - self.began) / done * (total - done)
        sys.stderr.write(f"\r  {done} of {total} runs, about {left / 60:.0f} minutes left; {last!r}"[:118].ljust(118))
        if done == total:
            sys.stderr.write("\n")
        sys.stderr.flush()
