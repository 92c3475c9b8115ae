"""`mcda schedule`: which projects, and from which year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.cli._output import Exit, add_folder, add_json_option, say, say_json, step, table
from mcda.cli._question import add_question_options
from mcda.wording import digits_of, number, points, shorten, stated_percent
from solvers import Impossible, Termination, Unproven
from solvers.answers import figure_or_none

if TYPE_CHECKING:
    import argparse

    from mcda.portfolio import Schedule, Version

FORMAT = 1
COLUMNS = ["project_id", "version_id", "value_share", "use_share"]


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser("schedule", help="choose projects and their start years together")
    add_folder(parser)
    add_question_options(parser)
    parser.add_argument("--most-delay", metavar="YEARS", type=int, help="longest delay (default: each project's own)")
    parser.add_argument(
        "--carry-forward",
        metavar="RESOURCE",
        action="append",
        default=[],
        help="money that may be carried forward if a year leaves it unspent, such as capital_k (repeatable)",
    )
    parser.add_argument(
        "--discount-rate",
        metavar="RATE",
        type=float,
        default=0.035,
        help="rate per year (default: 0.035, the Green Book's)",
    )
    parser.add_argument(
        "--versions",
        metavar="FILE",
        help=f"CSV file of other ways to do projects, with the columns {', '.join(COLUMNS)}",
    )
    parser.add_argument("--time-limit", metavar="SECONDS", type=float, help="stop the search after this time")
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Schedule and report."""
    from mcda.files import load
    from mcda.portfolio import schedule

    with step("reading the decision"):
        decision = load(options.folder)
        versions = _versions(options.versions) if options.versions else []
    with step("choosing projects and start years"):
        plan = schedule(
            decision,
            group=options.group,
            scenario=options.scenario,
            versions=versions,
            most_delay=options.most_delay,
            carry_forward=options.carry_forward,
            discount_rate=options.discount_rate,
            force=options.force,
            forbid=options.forbid,
            policies=options.policy,
            solver=options.solver,
            time_limit=options.time_limit,
        )
    if options.json:
        say_json(_record(plan))
    elif plan.solution.has_portfolio:
        say(_text(plan))
    elif plan.solution.termination is Termination.INFEASIBLE:
        say("No plan satisfies every limit and rule at once.")
    else:
        say(f"No plan was found ({plan.solution.termination}); there may be one.")
    statuses = {"optimal": Exit.DONE, "infeasible": Exit.NO, "feasible": Exit.LIMIT, "no_solution_found": Exit.LIMIT}
    return statuses.get(plan.solution.termination, Exit.USAGE)


def _versions(path: str) -> list[Version]:
    """Read other ways of doing projects from a CSV file."""
    import csv
    from pathlib import Path

    from mcda.errors import InputError
    from mcda.portfolio import Version

    found = []
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if list(rows.fieldnames or []) != COLUMNS:
            raise InputError(
                f"{path}: the columns must be {', '.join(COLUMNS)}. Got {', '.join(rows.fieldnames or [])}."
            )
        for line, row in enumerate(rows, start=2):
            try:
                shares = float(row["value_share"]), float(row["use_share"])
            except (TypeError, ValueError):
                raise InputError(
                    f"{path}:{line}: value_share and use_share must be numbers such as 0.6. "
                    f"Got {row['value_share']!r} and {row['use_share']!r}."
                ) from None
            found.append(Version(row["project_id"], row["version_id"], *shares))
    return found


def _record(plan: Schedule) -> dict[str, object]:
    from mcda.portfolio import resource_name
    from mcda.versions import versions

    solution = plan.solution
    has = solution.has_portfolio
    return {
        "format": FORMAT,
        "decision": plan.decision.name,
        "input_sha256": plan.decision.input_sha256,
        "termination": solution.termination,
        "limit": solution.limit,
        "value": plan.value if has else None,
        "bound": solution.bound,
        "gap": solution.gap,
        "discount_rate": plan.discount_rate,
        "gain_over_planned_starts": figure_or_none(plan.gain) if has and plan.gain is not None else None,
        "selected": [
            {
                "project": option.project,
                "version": None if option.version is None else option.version.id,
                "start_year": option.start_year,
                "delay": option.delay,
            }
            for option in (plan.chosen if has else ())
        ],
        "usage": {
            resource.id: {str(year): float(solution.usage[resource_name(resource, year)]) for year in resource.years}
            for resource in plan.decision.resources
        }
        if has
        else None,
        "solver": solution.solver,
        "versions": versions(),
    }


def _text(plan: Schedule) -> str:
    solution = plan.solution
    proof = "proven optimal" if solution.termination is Termination.OPTIMAL else "the best found, not proven"
    rate = f"{stated_percent(plan.discount_rate)} a year"
    lines = [
        f"{len(plan.chosen)} of {len(plan.decision.projects)} projects, value {points(plan.value)}, {proof}.",
        f"Value is each year's benefit over the planning years, discounted by {rate}; the first year counts in full.",
    ]
    gain = plan.gain
    if isinstance(gain, float) and plan.planned is not None:
        before = points(plan.planned.value)
        lines.append(f"With every start as planned, the best is {before}: choosing adds {points(gain)}.")
    elif isinstance(gain, Impossible):
        lines.append("With every start as planned, no plan keeps every limit and rule.")
    elif isinstance(gain, Unproven):
        lines.append("What choosing adds to planned starts is not known: one of the two was not proven best.")
    return "\n\n".join(["\n".join(lines), _projects(plan), _use(plan)])


def _projects(plan: Schedule) -> str:
    worth = dict(zip(plan.problem.names, plan.problem.values.tolist(), strict=True))
    rows = [
        [
            option.project,
            shorten(plan.decision.project(option.project).name)
            + ("" if option.version is None else f" ({option.version.id})"),
            str(option.start_year),
            f"{option.delay} later" if option.delay else "as planned",
            points(worth[option.name]),
        ]
        for option in sorted(plan.chosen, key=lambda option: (option.start_year, -worth[option.name]))
    ]
    return table(["id", "project", "from year", "start", "value"], rows, left=2, title="Funded, by start year")


def _use(plan: Schedule) -> str:
    from mcda.portfolio import resource_name

    rows = []
    for resource in plan.decision.resources:
        used = [plan.solution.usage[resource_name(resource, year)] for year in resource.years]
        digits = digits_of(resource.kind, [*used, *resource.available.tolist()])
        by_year = {
            year: f"{number(plan.solution.usage[resource_name(resource, year)], digits)} / {number(limit, digits)}"
            for year, limit in zip(resource.years, resource.available.tolist(), strict=True)
        }
        rows.append([resource.name, resource.unit, *[by_year.get(year, "-") for year in plan.decision.years]])
    headings = ["resource", "unit", *[f"year {year}" for year in plan.decision.years]]
    shown = table(headings, rows, left=2, title="Use of money and teams: used / the year's own limit")
    carried = [carry.name.removesuffix(" carried").removesuffix("_k") for carry in plan.problem.carries]
    return shown + (f"\nUnspent {' and '.join(carried)} is carried to the next year." if carried else "")
