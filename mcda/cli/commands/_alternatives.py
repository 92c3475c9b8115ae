"""`mcda alternatives`: the next best portfolios, all that are nearly as good, and the most different good one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.cli._output import Exit, add_folder, add_json_option, say, say_json, step, table
from mcda.cli._question import add_question_options, change, header, read_selection
from mcda.wording import percent, points
from solvers import Termination

if TYPE_CHECKING:
    import argparse

    from mcda.portfolio import AlternativePortfolios, Selection

FORMAT = 1


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "alternatives", help="find other good portfolios: the next best, or the most different"
    )
    add_folder(parser)
    add_question_options(parser)
    parser.add_argument("-k", metavar="N", type=int, default=5, help="find at most this many (default: 5)")
    parser.add_argument(
        "--within",
        metavar="SHARE",
        type=float,
        help="find all that lose at most this share of the best value, such as 0.02",
    )
    parser.add_argument(
        "--different", metavar="SHARE", type=float, help="find the most different ones that lose at most this share"
    )
    parser.add_argument("--time-limit", metavar="SECONDS", type=float, help="stop the search after this time")
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Find alternatives and report."""
    from mcda.cli.commands._select import say_selection
    from mcda.portfolio import alternatives

    selection = read_selection(options)
    if selection.solution.termination is not Termination.OPTIMAL:
        return say_selection(selection, as_json=options.json)
    with step("looking for other portfolios"):
        found = alternatives(
            selection,
            options.k,
            within=options.within,
            different=options.different is not None,
            loss=0.05 if options.different is None else options.different,
            solver=options.solver,
            time_limit=options.time_limit,
        )
    if options.json:
        say_json({"format": FORMAT, **header(selection), **found.to_dict()})
    else:
        say(_text(selection, found))
    return Exit.DONE


def _text(selection: Selection, found: AlternativePortfolios) -> str:
    rows = [
        [
            str(rank),
            points(item.value),
            percent(item.share),
            str(len(item.selected)),
            change(item.enters, item.leaves) or "the best",
        ]
        for rank, item in enumerate(found.items, start=1)
    ]
    against = "against the best"
    shown = table(["rank", "value", "gives up", "projects", against], rows, left=0, words=[against])
    core = f"In every one of them: {' '.join(found.core) or 'none'}."
    more = "" if found.complete else "\nThere may be more: ask for a larger number with -k, or give it longer."
    return f"Other portfolios, for {selection.question}\n\n{shown}\n\n{core}{more}"
