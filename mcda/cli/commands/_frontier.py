"""`mcda frontier`: value against cost, and what a list loses against the optimum."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from mcda.cli._output import Exit, add_folder, add_json_option, say, say_json, step, table
from mcda.cli._question import add_question_options, change, header, read_selection
from mcda.wording import digits_of, money, number, percent, points
from solvers import Termination

if TYPE_CHECKING:
    import argparse

    from mcda.portfolio import ListComparison, PriorityList, Selection

FORMAT = 1


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "frontier", help="set value against cost: every efficient portfolio, and what priority lists lose"
    )
    add_folder(parser)
    add_question_options(parser)
    parser.add_argument(
        "--cost",
        metavar="RESOURCE",
        action="append",
        help="what counts as cost, such as capital_k (repeatable; default: all money in all years)",
    )
    parser.add_argument(
        "--objective",
        metavar="NAME[:max|min]",
        action="append",
        default=[],
        help="compare two or more objectives instead: value, a resource, a measured criterion or a column of numbers",
    )
    parser.add_argument(
        "--budgets", metavar="N", type=int, default=10, help="how many budgets to compare (default: 10)"
    )
    parser.add_argument(
        "--time-limit", metavar="SECONDS", type=float, default=60.0, help="limit for the nested list (default: 60)"
    )
    parser.add_argument("--all", action="store_true", help="print every efficient portfolio, not just the comparison")
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Find the frontier and the lists, and report."""
    from mcda.cli.commands._select import say_selection
    from mcda.portfolio import compare_lists

    selection = read_selection(options)
    if selection.solution.termination is not Termination.OPTIMAL:
        return say_selection(selection, as_json=options.json)
    if options.objective:
        return _trade_offs(options, selection)
    with step("finding every efficient portfolio and the best nested list"):
        found = compare_lists(
            selection, options.budgets, cost=options.cost, solver=options.solver, time_limit=options.time_limit
        )
    if options.json:
        say_json({"format": FORMAT, **header(selection), **_record(found)})
    else:
        say(_text(selection, found, options.all))
    return Exit.DONE if found.frontier.complete else Exit.LIMIT


def _trade_offs(options: argparse.Namespace, selection: Selection) -> Exit:
    """Find and print every portfolio that no other portfolio dominates."""
    from mcda.portfolio import trade_offs

    names, senses = [], {}
    for given in options.objective:
        name, _, sense = given.partition(":")
        names.append(name)
        if sense:
            senses[name] = sense
    with step("finding every non-dominated portfolio"):
        found = trade_offs(selection, names, senses, solver=options.solver, time_limit=options.time_limit)
    if options.json:
        points = [
            {"objectives": dict(zip(names, map(float, point), strict=True)), "selected": list(portfolio.selected)}
            for point, portfolio in zip(found.points, found.portfolios, strict=True)
        ]
        say_json({"format": FORMAT, **header(selection), "complete": found.complete, "points": points})
    else:
        best = set(selection.selected)
        rows = []
        for point, portfolio in zip(found.points, found.portfolios, strict=True):
            chosen = set(portfolio.selected)
            moves = change([name for name in portfolio.selected if name not in best], sorted(best - chosen))
            rows.append([*(number(float(figure), 2) for figure in point), moves or "the best"])
        count = f"{len(found)} portfolios that no other dominates on {' and '.join(names)}"
        state = "" if found.complete else " (not all: the time limit came first)"
        shown = table([*names, "against the best"], rows, left=0, words=["against the best"])
        say(f"{count}{state}, for {selection.question}\n\n{shown}")
    return Exit.DONE if found.complete else Exit.LIMIT


def _record(found: ListComparison) -> dict[str, object]:
    def listed(item: PriorityList) -> dict[str, object]:
        return {"value": item.value, "selected": list(item.selected), "steps": [asdict(step) for step in item.steps]}

    nested = found.nested
    return {
        "resources": list(found.frontier.resources),
        "complete": found.frontier.complete,
        "points": [asdict(point) for point in found.frontier.points],
        "budgets": [None if budget == float("inf") else budget for budget in found.budgets],
        "optimum": [found.frontier.at(budget).value for budget in found.budgets],
        "value_for_money": [listed(item) for item in found.lists],
        "value_for_money_bundles": [listed(item) for item in found.bundles],
        "nested": {
            "proven": nested.proven,
            "expected_value": nested.expected_value,
            "bound": nested.bound,
            "values": list(nested.values),
            "portfolios": [list(portfolio) for portfolio in nested.portfolios],
            "order": [{"step": entered, "project": name} for entered, name in nested.order],
        },
    }


def _text(selection: Selection, found: ListComparison, every: bool) -> str:
    curve = found.frontier
    supported = sum(point.supported for point in curve.points)
    title = f"Value against cost, for {selection.question}"
    count = f"{len(curve)} efficient portfolios, each proven best for its cost{'' if curve.complete else ' (not all)'};"
    hull = f"only {supported} of them are best at some fixed price of money."
    parts = [f"{title}\n{count} {hull}\nCost: {_cost_words(selection, found)}, £k."]
    if every:
        parts.append(_points(found))
    parts += [_comparison(found), _nested(found), _list(found.lists[-1]), _list(found.bundles[-1])]
    if not every:
        parts.append("Every efficient portfolio: --all.")
    return "\n\n".join(parts)


def _cost_words(selection: Selection, found: ListComparison) -> str:
    periods = selection.decision.periods
    names = dict.fromkeys(periods[name].resource for name in found.frontier.resources)
    return " and ".join(name.removesuffix("_k").replace("_", " ") for name in names) + " of all years"


def _points(found: ListComparison) -> str:
    digits = digits_of("money", [float(point.cost) for point in found.frontier.points])
    rows = [
        [
            number(point.cost, digits),
            points(point.value),
            "yes" if point.supported else "no",
            str(len(point.selected)),
            change(point.enters, point.leaves),
        ]
        for point in found.frontier.points
    ]
    headings = ["from £k", "value", "supported", "projects", "change"]
    return table(headings, rows, left=0, words=["change"], title="Efficient portfolios, cheapest first")


def _comparison(found: ListComparison) -> str:
    frame = found.to_frame()
    digits = digits_of("money", [float(str(budget)) for budget in frame.index])
    rows = []
    for budget, row in frame.iterrows():
        cells = ["all limits" if budget == float("inf") else number(float(str(budget)), digits), points(row["optimum"])]
        for name in ("list", "bundles", "nested"):
            cells += [points(row[name]), percent(row[f"{name}_loss"])]
        rows.append(cells)
    headings = ["budget £k", "optimum", "list", "loses", "bundled list", "loses", "nested list", "loses"]
    return table(headings, rows, left=0, title="The same budget spent three ways: value, and share of the optimum lost")


def _nested(found: ListComparison) -> str:
    nested = found.nested
    more = points(nested.bound - nested.expected_value, "up")
    found_in_time = f"the best found in time; no nested list can be worth more than {more} more"
    state = "proven best of its kind" if nested.proven else found_in_time
    lines = [f"Nested list: {state}. Once in, a project stays in as the budget grows."]
    for at, budget in enumerate(found.budgets, start=1):
        entering = " ".join(name for entered, name in nested.order if entered == at)
        shown = "all limits" if budget == float("inf") else money(budget)
        lines.append(f"  {shown}: {entering or 'nothing more'}")
    return "\n".join(lines)


def _list(item: PriorityList) -> str:
    order = ", then ".join(" + ".join(step.projects) for step in item.steps)
    return f"{item.rule[:1].upper() + item.rule[1:]} (all limits): value {points(item.value)}.\n  {order}."
