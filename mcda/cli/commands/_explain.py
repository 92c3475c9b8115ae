"""`mcda explain`: why each project is in or out, and what each rule and limit costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.cli._output import Exit, add_folder, add_json_option, say, say_json, step, table
from mcda.cli._question import add_question_options, header, read_selection
from mcda.wording import NONE, Rounding, digits_of, number, points, shorten
from solvers import Impossible, Termination, Unproven

if TYPE_CHECKING:
    import argparse

    from mcda.portfolio import CostCut, Explanation, Explanations, Selection

FORMAT = 1
WORDS = ("blocked by", "displaces", "would enter", "would leave", "would leave too")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "explain", help="say why each project is in or out, and what each rule and limit costs"
    )
    add_folder(parser)
    parser.add_argument(
        "projects", metavar="PROJECT", nargs="*", help="explain these projects in sentences (default: a table of all)"
    )
    add_question_options(parser)
    parser.add_argument("--all", action="store_true", help="print sentences for every project and limit")
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Explain and report."""
    from mcda.cli.commands._select import say_selection
    from mcda.portfolio import explain

    selection = read_selection(options)
    if selection.solution.termination is not Termination.OPTIMAL:
        return say_selection(selection, as_json=options.json)
    with step("solving again with each project flipped"):
        found = explain(selection, options.projects or None, limits=not options.projects, solver=options.solver)
    if options.json:
        say_json({"format": FORMAT, **header(selection), **found.to_dict()})
    elif options.projects:
        say("\n\n".join(str(item) for item in found.projects))
    else:
        say(_overview(selection, found, options.all))
    return Exit.DONE


def _overview(selection: Selection, found: Explanations, every: bool) -> str:
    count = f"{len(selection.selected)} of {len(selection.decision.projects)} projects"
    proof = f"value {points(found.value)}, proven optimal. Every figure below is an exact re-solve."
    parts = [f"Why, for {selection.question}\n{count}, {proof}"]
    if every:
        parts += [str(item) for item in found.projects]
        parts.append("\n".join(cost.sentence for cost in found.limits))
    else:
        parts += [_funded(found), _left_out(found), _limits(found)]
        parts.append("One project in sentences: mcda explain FOLDER P30; all of them: --all.")
    return "\n\n".join(parts)


def _figure(answer: float | Impossible | Unproven, rounding: Rounding = "nearest") -> str:
    if isinstance(answer, Impossible):
        return "never"
    return "not known" if isinstance(answer, Unproven) else points(answer, rounding)


def _funded(found: Explanations) -> str:
    rows = [
        [
            item.project,
            shorten(item.name, 34),
            _figure(item.value),
            _figure(item.loss),
            "mandatory" if item.mandatory else _figure(item.value_needed, "up"),
            " ".join(item.enters) or "-",
            " ".join(item.leaves) or "-",
        ]
        for item in sorted(found.projects, key=_by_loss)
        if item.funded
    ]
    headings = ["id", "project", "value", "loss if dropped", "stays above", "would enter", "would leave too"]
    return _table("Funded, firmest first", headings, rows)


def _left_out(found: Explanations) -> str:
    digits = digits_of("money", [item.cheaper.total for item in found.projects if item.cheaper])
    rows = [
        [
            item.project,
            shorten(item.name, 34),
            _figure(item.value),
            _figure(item.loss),
            _figure(item.value_needed, "up"),
            _cut(item.cheaper, digits),
            _plain(item.blocks[0].name) if item.blocks else "-",
            " ".join(item.leaves) or "-",
        ]
        for item in sorted(found.projects, key=_by_loss, reverse=True)
        if not item.funded
    ]
    headings = ["id", "project", "value", "loss if funded", "enters above", "or £k less", "blocked by", "displaces"]
    return _table("Not funded, nearest first", headings, rows)


def _table(title: str, headings: list[str], rows: list[list[str]]) -> str:
    return table(headings, rows, left=2, words=WORDS, title=title)


def _plain(name: str) -> str:
    """The name of a resource as people write it."""
    return name.replace("_k ", " ").removesuffix("_k").replace("_", " ")


def _cut(answer: CostCut | Impossible | Unproven | None, digits: int) -> str:
    if isinstance(answer, Impossible | Unproven):
        return _figure(answer)
    return NONE if answer is None else number(answer.total, digits, "up")


def _by_loss(item: Explanation) -> float:
    return -item.loss if isinstance(item.loss, float) else float("-inf")


def _limits(found: Explanations) -> str:
    rows = [
        [_plain(cost.name), cost.kind, _figure(cost.gain), " ".join(cost.enters), " ".join(cost.leaves)]
        for cost in found.limits
        if cost.gain != 0
    ]
    free = sum(1 for cost in found.limits if cost.gain == 0)
    shown = _table(
        "What rules and limits cost: value gained if one alone is lifted",
        ["rule or limit", "kind", "costs", "would enter", "would leave"],
        rows,
    )
    return f"{shown}\nThe other {free} rules and limits cost nothing: lifting any one of them changes nothing."
