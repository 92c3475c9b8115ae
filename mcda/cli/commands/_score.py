"""`mcda score`: what each project is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.cli._output import Exit, add_folder, add_json_option, say, say_json, step, table
from mcda.wording import number, points, shorten

if TYPE_CHECKING:
    import argparse

    import pandas as pd

    from mcda.decision import Decision

TITLES = {
    "additive": "Value of each project, and what each criterion contributes to it",
    "topsis": "TOPSIS score of each project less that of doing nothing, and its value on each criterion (0 to 100)",
}


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser("score", help="value every project, measured from doing nothing")
    add_folder(parser)
    parser.add_argument(
        "--method",
        default="additive",
        metavar="NAME",
        help="how to score: additive (default) and topsis measure from doing nothing; vikor, promethee_ii and the "
        "other methods in mcda.methods(), and pymcdm:NAME, rank the projects against each other",
    )
    parser.add_argument("--group", metavar="GROUP", help="use one stakeholder group's weights, not the Board's")
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Score and report."""
    from mcda.files import load
    from mcda.scoring._projects import value_projects
    from mcda.weights import weigh_decision

    with step("reading the decision"):
        decision = load(options.folder)
    elicited = weigh_decision(decision)
    weights = elicited.board if options.group is None else elicited.of_group(options.group)
    if options.method not in TITLES:
        return _rank(options, decision, weights)
    values = value_projects(decision, weights, options.method)
    frame = values.to_frame()
    if options.json:
        say_json(
            {
                "method": values.method,
                "weights_of": options.group or "board",
                "values": values.projects.to_dict(),
                "synergies": values.synergies.to_dict(),
                "by_criterion": values.by_criterion.to_dict(orient="index"),
                "note": values.note,
                "input_sha256": decision.input_sha256,
            }
        )
        return Exit.DONE
    digits = 2 if values.method == "additive" else 4
    rows = [
        [str(place), str(name), shorten(decision.project(str(name)).name), number(row["value"], digits),
         *[number(row[leaf], 1) for leaf in values.by_criterion.columns]]
        for place, (name, row) in enumerate(frame.iterrows(), start=1)
    ]  # fmt: skip
    say(
        table(
            ["rank", "id", "project", "value", *map(str, values.by_criterion.columns)],
            rows,
            left=3,
            title=TITLES[values.method],
        )
    )
    if len(values.synergies) and values.synergies.any():
        pairs = [
            [synergy.id, " + ".join(synergy.members), points(values.synergies[synergy.id])]
            for synergy in decision.synergies
        ]
        say()
        say(table(["id", "members", "value"], pairs, left=2, title="Value added when all members are funded"))
    say()
    say(values.note)
    return Exit.DONE


def _rank(options: argparse.Namespace, decision: Decision, weights: pd.Series) -> int:
    """Rank the projects among themselves by any other method."""
    from mcda.scoring._projects import score_projects
    from mcda.scoring._registry import methods

    scores = score_projects(decision, weights, options.method)
    title = options.method if options.method.startswith("pymcdm:") else methods()[options.method].title
    note = (
        "These scores rank the projects among themselves. They do not measure value that adds up, "
        "so no portfolio is chosen by them."
    )
    if options.json:
        record = {"method": options.method, "weights_of": options.group or "board", "scores": scores.to_dict()}
        say_json(record | {"note": note, "input_sha256": decision.input_sha256})
        return Exit.DONE
    rows = [
        [str(place), str(name), shorten(decision.project(str(name)).name), number(score, 4)]
        for place, (name, score) in enumerate(scores.items(), start=1)
    ]
    say(table(["rank", "id", "project", "score"], rows, left=3, title=f"{title} score of each project, best first"))
    say()
    say(note)
    return Exit.DONE
