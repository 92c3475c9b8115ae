"""`mcda money`: what would more of each resource buy, year by year?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.cli._output import Exit, add_folder, add_json_option, complain, say, say_json, step, table
from mcda.cli._question import add_question_options, change, header, read_selection
from mcda.wording import NONE, digits_of, number, points, quantity
from solvers import Termination, Unproven

if TYPE_CHECKING:
    import argparse

    from mcda.portfolio import Purchases, ResourceCurve, Selection

FORMAT = 1


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser("money", help="say what another £1m, or one more person, would buy in each year")
    add_folder(parser)
    parser.add_argument(
        "resources",
        metavar="RESOURCE",
        nargs="*",
        help="resources to ask about, such as capital_k or integration (default: all)",
    )
    add_question_options(parser)
    parser.add_argument("--more", metavar="AMOUNT", type=float, help="how much more (default: £1.00m, or 1 person)")
    parser.add_argument("--year", metavar="YEAR", type=int, help="print the whole curve for one resource in this year")
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Solve again with more of each resource, and report."""
    from mcda.cli.commands._select import say_selection
    from mcda.decision import ResourceYear
    from mcda.portfolio import resource_curve, what_more_buys

    if options.year is not None and len(options.resources) != 1:
        complain("--year needs one RESOURCE, such as: mcda money FOLDER capital_k --year 1")
        return Exit.USAGE
    selection = read_selection(options)
    if selection.solution.termination is not Termination.OPTIMAL:
        return say_selection(selection, as_json=options.json)
    if options.year is not None:
        name = ResourceYear(options.resources[0], options.year).name
        with step("solving for every limit"):
            curve = resource_curve(selection, name, more=options.more, solver=options.solver)
        if options.json:
            say_json({"format": FORMAT, **header(selection), **_curve_record(curve)})
        else:
            say(_curve_text(selection, curve))
        return Exit.DONE
    with step("solving again with more of each"):
        found = what_more_buys(selection, options.more, resources=options.resources or None, solver=options.solver)
    if options.json:
        say_json({"format": FORMAT, **header(selection), **found.to_dict()})
    else:
        say(_text(selection, found))
    return Exit.DONE


def _text(selection: Selection, found: Purchases) -> str:
    buying = [item for item in found.items if item.gain or isinstance(item.gain, Unproven) or item.predicted > 0.005]
    rows = []
    for item in buying:
        period = selection.decision.periods.get(item.resource)
        kind = selection.decision.resource(item.resource if period is None else period.resource).kind
        name = item.resource.replace("_k", "").replace("_", " ")
        rows.append(
            [
                name if period is not None else f"{name}, every year",
                quantity(item.amount, kind),
                _known(item.gain),
                points(item.predicted),
                NONE if item.enough is None else quantity(item.enough, kind, "up"),
                _known(item.ceiling),
                " ".join(item.enters) or "-",
                " ".join(item.leaves) or "-",
            ]
        )
    headings = ["resource", "more", "buys", "LP says", "enough", "at most", "would enter", "would leave"]
    now = f"The best portfolio is worth {points(found.value)} now. 'Buys' is an exact re-solve; 'LP says' is the shadow"
    lines = [
        f"What more would buy, for {selection.question}\n{now} price, which funds projects in part and so misprices.",
        table(headings, rows, words=headings[-2:], title="Gain in value")
        if rows
        else "More of any one resource would buy nothing.",
    ]
    idle = [item for item in found.items if item not in buying]
    if idle:
        free = sum(1 for item in idle if item.binds is False)
        lines.append(
            f"More of the other {len(idle)} would buy nothing; {free} of those limits do not bind at all, whatever the "
            "amount."
        )
    best = found.most_binding
    if best is not None:
        lines.append(f"What binds most: {best.sentence}")
    return "\n\n".join(lines)


def _known(answer: float | Unproven) -> str:
    return "not known" if isinstance(answer, Unproven) else points(answer)


def _curve_record(curve: ResourceCurve) -> dict[str, object]:
    from dataclasses import asdict

    return {
        "resource": curve.resource,
        "current": curve.current,
        "complete": curve.complete,
        "steps": [asdict(item) for item in curve.steps],
    }


def _curve_text(selection: Selection, curve: ResourceCurve) -> str:
    resource = selection.decision.resource(selection.decision.periods[curve.resource].resource)
    digits = digits_of(resource.kind, [curve.current, *(float(item.limit) for item in curve.steps)])
    rows = [
        [
            number(item.limit, digits),
            number(item.limit - curve.current, digits),
            points(item.value),
            change(item.enters, item.leaves) or "now",
        ]
        for item in curve.steps
    ]
    name = curve.resource.replace("_k", "").replace("_", " ")
    title = f"Best value for every limit of {name}, for {selection.question}"
    return f"{title}\nBetween two steps, more of it buys nothing.\n\n" + table(
        [f"from limit, {resource.unit}", f"more, {resource.unit}", "value", "change"], rows, left=0, words=["change"]
    )
