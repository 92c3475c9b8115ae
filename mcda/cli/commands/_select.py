"""`mcda select`: the best portfolio, proven and certified."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.cli._output import Exit, add_folder, add_json_option, say, say_json, step, table
from mcda.wording import digits_of, gap, number, points, shorten
from solvers import Termination

if TYPE_CHECKING:
    import argparse

    from mcda.decision import Decision
    from mcda.portfolio import Selection
    from solvers import Conflict

SECONDS_FOR_A_CLASH = 30.0  # with forty projects, the clash is found in well under a second


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser("select", help="find the portfolio of greatest value, proven and certified")
    add_folder(parser)
    parser.add_argument("--group", metavar="GROUP", help="use one stakeholder group's weights, not the Board's")
    parser.add_argument("--scenario", metavar="ID", help="first apply this scenario from scenarios.csv")
    parser.add_argument("--method", choices=("additive", "topsis"), default="additive", help="how to value projects")
    parser.add_argument("--force", metavar="ID", action="append", default=[], help="fund this project (repeatable)")
    parser.add_argument(
        "--forbid", metavar="ID", action="append", default=[], help="do not fund this project (repeatable)"
    )
    parser.add_argument(
        "--policy", metavar="ID", action="append", default=[], help="apply this optional Board rule (repeatable)"
    )
    parser.add_argument(
        "--what-if", metavar="FILE", help="solve again, and certify, a what-if saved from the Board pack (or its link)"
    )
    add_solver_options(parser)
    add_json_option(parser)
    parser.set_defaults(run=run)


def add_solver_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that steer the optimiser."""
    parser.add_argument(
        "--solver", default="auto", help="solver to use (default: %(default)s); `mcda doctor` lists them"
    )
    parser.add_argument("--time-limit", metavar="SECONDS", type=float, help="stop the search after this time")
    parser.add_argument(
        "--gap", type=float, default=0.0, help="prove optimality to within this relative gap (default: 0, exact)"
    )
    parser.add_argument("--threads", type=int, default=1, help="threads that the solver may use (default: %(default)s)")
    parser.add_argument("--cross-check", action="store_true", help="ask a second, independent solver and compare")


def run(options: argparse.Namespace) -> int:
    """Select and report."""
    from mcda.files import load
    from mcda.portfolio import select

    with step("reading the decision"):
        decision = load(options.folder)
    if options.what_if is not None:
        return _what_if(decision, options)
    with step("searching for the best portfolio"):
        selection = select(
            decision,
            group=options.group,
            scenario=options.scenario,
            method=options.method,
            force=options.force,
            forbid=options.forbid,
            policies=options.policy,
            solver=options.solver,
            time_limit=options.time_limit,
            gap=options.gap,
            threads=options.threads,
            cross_check=options.cross_check,
        )
    return say_selection(selection, as_json=options.json)


def say_selection(selection: Selection, *, as_json: bool) -> Exit:
    """Print the result, for people or for programs, and return the exit status that it means."""
    from mcda.report import result_record

    if as_json:
        say_json(result_record(selection) | {"seconds": selection.solution.seconds} | _clash_record(selection))
    else:
        say(selection_text(selection))
    return exit_status(selection)


def _clash_record(selection: Selection) -> dict[str, object]:
    clash = _clash(selection)
    if clash is None:
        return {}
    sets = [[limit.name for limit in members] for members in clash.sets]
    changes = {
        "single_changes": list(map(str, clash.single_changes)),
        "changes_together": list(map(str, clash.relaxation)),
    }
    return {"conflict": {"clashing": sets, **changes}}


def _what_if(decision: Decision, options: argparse.Namespace) -> int:
    """Repeat a what-if of the Board pack and say whether the page's answer stands."""
    from mcda.errors import InputError
    from mcda.portfolio import read_what_if, select_what_if
    from mcda.report import result_record

    flags = ("group", "scenario", "force", "forbid", "policy")
    given = [f"--{name}" for name in flags if getattr(options, name)]
    given += ["--method"] if options.method != "additive" else []
    if given:
        raise InputError(f"--what-if states everything that changes: leave out {', '.join(given)}, or --what-if.")
    what_if = read_what_if(options.what_if)
    with step("searching for the best portfolio"):
        selection = select_what_if(
            decision,
            what_if,
            solver=options.solver,
            time_limit=options.time_limit,
            gap=options.gap,
            threads=options.threads,
            cross_check=options.cross_check,
        )
    same_input = what_if.input_sha256 in (None, decision.input_sha256)
    confirmed = what_if.confirms(selection)
    if options.json:
        comparison = {"page_answer_confirmed": confirmed, "same_input": same_input}
        say_json(result_record(selection) | {"seconds": selection.solution.seconds, "what_if": comparison})
    else:
        say(selection_text(selection))
        say()
        say(_verdict(confirmed, same_input))
    status = exit_status(selection)
    return Exit.NO if status == Exit.DONE and confirmed is False and same_input else status


def _verdict(confirmed: bool | None, same_input: bool) -> str:
    origin = "" if same_input else " The what-if was made on another version of the input files."
    if confirmed is None:
        return f"The what-if does not say what the page answered, so there is nothing to compare.{origin}"
    if confirmed:
        return f"Confirmed: the Board pack's page gave the same answer.{origin}"
    return f"NOT CONFIRMED: the Board pack's page gave another answer.{origin}"


def exit_status(selection: Selection) -> Exit:
    """Return 0 if proven, 1 if there is no portfolio, 3 if a limit came first, 2 if the solver failed."""
    statuses = {
        "optimal": Exit.DONE,
        "infeasible": Exit.NO,
        "feasible": Exit.LIMIT,
        "no_solution_found": Exit.LIMIT,
    }
    return statuses.get(selection.solution.termination, Exit.USAGE)


def selection_text(selection: Selection) -> str:
    """Return the result as tables a manager can read."""
    if not selection.found:
        return _no_portfolio(selection)
    return "\n\n".join([_headline(selection), _funded(selection), _use(selection), _left_out(selection)])


def _headline(selection: Selection) -> str:
    solution = selection.solution
    if solution.termination is Termination.OPTIMAL:
        proof = "proven optimal" if not solution.gap else f"proven within {gap(solution.gap)} of the best"
    else:
        short = "an unknown gap" if solution.gap is None else f"a gap of {gap(solution.gap)}"
        stopped = {
            "interrupt": "the best found before you stopped the search",
            "heuristic": "found by a rule of thumb",
        }
        when = stopped.get(str(solution.limit), f"the best found when the {solution.limit} limit was reached")
        proof = f"{when}, with {short}: not proven"
    held = len(solution.certificate.checks) if solution.certificate else 0
    count = f"{len(selection.selected)} of {len(selection.decision.projects)} projects"
    lines = [
        f"Portfolio for {selection.question}",
        f"{count}, value {points(selection.value)}, {proof}.",
        f"Certified in exact arithmetic: all {held} limits and rules hold. Solver: {solution.solver}.",
    ]
    if solution.unique is False:
        lines.append("Other portfolios have the same value; this one uses the least of the first resource.")
    lines += [f"{event[0].upper()}{event[1:]}." for event in solution.events if event.startswith("cross-checked")]
    return "\n".join(lines)


def _project_rows(selection: Selection, funded: bool) -> tuple[list[str], list[list[str]]]:
    money = [resource.id for resource in selection.decision.resources if resource.kind == "money"]
    frame, digits = selection.to_frame(), _money_digits(selection)
    shown = frame[frame["funded"] == funded].sort_values("value", ascending=False, kind="stable")
    headings = ["id", "project", "value", *[f"{name.removesuffix('_k')} £k" for name in money]]
    rows = [
        [str(name), shorten(str(row["name"])) + (" (mandatory)" if row["mandatory"] else ""), points(row["value"])]
        + [number(row[resource], digits) for resource in money]
        for name, row in shown.iterrows()
    ]
    return headings, rows


def _money_digits(selection: Selection) -> int:
    """Decimals of every column of money, for funded projects and others alike."""
    money = [resource.id for resource in selection.decision.resources if resource.kind == "money"]
    return digits_of("money", selection.to_frame()[money].to_numpy().ravel().tolist())


def _funded(selection: Selection) -> str:
    headings, rows = _project_rows(selection, funded=True)
    digits = _money_digits(selection)
    chosen = set(selection.selected)
    together = [
        [item.id, "synergy of " + " + ".join(item.members), points(selection.values.synergies[item.id])]
        + ["" for _ in headings[3:]]
        for item in selection.decision.synergies
        if chosen.issuperset(item.members)
    ]
    total = ["", "Total, synergies included", points(selection.value)] + [
        number(selection.total_use(resource.id), digits)
        for resource in selection.decision.resources
        if resource.kind == "money"
    ]
    return table(headings, [*rows, *together, total], left=2, title="Funded")


def _left_out(selection: Selection) -> str:
    headings, rows = _project_rows(selection, funded=False)
    return table(headings, rows, left=2, title="Not funded")


def _use(selection: Selection) -> str:
    rows = []
    for resource in selection.decision.resources:
        use = selection.use_frame().loc[resource.id]
        digits = digits_of(resource.kind, [*use["use"], *use["limit"]])
        cells = [
            f"{number(used, digits)} / {number(limit, digits)}"
            for used, limit in zip(use["use"], use["limit"], strict=True)
        ]
        by_year = dict(zip(resource.years, cells, strict=True))
        rows.append([resource.name, resource.unit, *[by_year.get(year, "-") for year in selection.decision.years]])
    headings = ["resource", "unit", *[f"year {year}" for year in selection.decision.years]]
    return table(headings, rows, left=2, title="Use of money and teams: used / available")


def _no_portfolio(selection: Selection) -> str:
    reasons = {
        "infeasible": "No portfolio satisfies every limit and rule at once.",
        "no_solution_found": "No portfolio was found before the limit was reached; there may be one.",
        "unbounded": "The value has no upper bound; check for a negative use of an unlimited resource.",
        "failed": "The solver failed.",
    }
    events = "".join(f"\n  {event}" for event in selection.solution.remarks)
    said = f"Portfolio for {selection.question}\n{reasons[selection.solution.termination]}{events}"
    clash = _clash(selection)
    return said if clash is None else f"{said}\n\n{clash.explain()}"


def _clash(selection: Selection) -> Conflict | None:
    """The limits and rules that clash, if that is why there is no portfolio and it can be settled in time."""
    import solvers

    if selection.solution.termination is not Termination.INFEASIBLE:
        return None
    try:
        with step("finding what clashes"):
            return solvers.conflict(selection.problem, time_limit=SECONDS_FOR_A_CLASH)
    except solvers.SolversError:
        return None
