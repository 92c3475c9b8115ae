"""`mcda compare`: what the Board, each group and each person would fund, and which differences matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mcda.cli._output import Exit, add_folder, add_json_option, complain, say, say_json, step, table
from mcda.cli._question import add_setting_options, change
from mcda.wording import counted, guaranteed, number, percent, points, shorten

if TYPE_CHECKING:
    import argparse

    from mcda.portfolio import Disagreement

FORMAT = 1


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "compare", help="show what each group would fund, and which differences of judgement change the decision"
    )
    add_folder(parser)
    parser.add_argument(
        "--groups-only", action="store_true", help="leave out the portfolios of individual stakeholders"
    )
    add_setting_options(parser)
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compare and report."""
    from mcda.errors import NoAnswerError
    from mcda.files import load
    from mcda.portfolio import disagreement

    with step("reading the decision"):
        decision = load(options.folder)
    try:
        with step("solving with the weights of each view"):
            found = disagreement(
                decision,
                stakeholders=not options.groups_only,
                scenario=options.scenario,
                policies=options.policy,
                solver=options.solver,
            )
    except NoAnswerError as error:
        complain(str(error))
        return Exit.NO
    if options.json:
        say_json(record(found) | {"scenario": options.scenario, "policies": list(options.policy)})
    else:
        say(text(found))
    return Exit.DONE


def record(found: Disagreement) -> dict[str, Any]:
    """Return the comparison as plain data, with stable keys."""
    views = found.to_frame()
    return {
        "format": FORMAT,
        "groups": list(found.groups),
        "stakeholders": list(found.stakeholders),
        "portfolios": {view: list(found.portfolio_of(view)) for view in found.selected.index},
        "best": found.best.to_dict(),
        "share_of_best": found.share_of_best.to_dict(orient="index"),
        "overlap_with_board": views["overlap_with_board"].to_dict(),
        "overlap": found.overlap.loc[["board", *found.groups], ["board", *found.groups]].to_dict(orient="index"),
        "agreed_in": list(found.agreed_in),
        "agreed_out": list(found.agreed_out),
        "split": {
            str(name): [group for group in found.groups if bool(row[group])] for name, row in found.split().iterrows()
        },
        "judgements": found.judgements.to_dict(orient="records"),
        "consensus": {
            "frontier": [
                {
                    "guaranteed_share": float(share),
                    "board_value": float(value),
                    "price": float(found.consensus.board_value[0] - value),
                    "selected": list(chosen),
                }
                for share, value, chosen in zip(
                    found.consensus.guaranteed, found.consensus.board_value, found.consensus.portfolios, strict=True
                )
            ],
            "price": found.consensus.price,
            "fairest": list(found.consensus.fairest),
            "least_regret": list(found.consensus.least_regret),
            "greatest_loss": found.consensus.greatest_loss,
        },
        "input_sha256": found.problem.decision.input_sha256 if found.problem.decision is not None else "",
    }


def text(found: Disagreement) -> str:
    """Return the comparison as tables a manager can read."""
    parts = [_headline(found), _shares(found), _overlaps(found), _split(found), _judgements(found), _consensus(found)]
    if found.stakeholders:
        parts.insert(3, _people(found))
    return "\n\n".join(parts)


def _headline(found: Disagreement) -> str:
    share = found.share_of_best.loc[list(found.groups), "board"]
    lines = [
        "Disagreement measured in portfolios: what each view would fund, each proven optimal",
        (
            f"All groups would fund {len(found.agreed_in)} projects and leave out {len(found.agreed_out)}; "
            f"they split on {len(found.split())}."
        ),
        (
            f"The Board's portfolio gives every group at least {guaranteed(share.min())} of the value of its own "
            f"({share.idxmin()})."
        ),
        (
            f"Of {len(found.judgements)} answers of groups, {len(found.decisive)} would, if the Board adopted them, "
            "change what is funded."
        ),
    ]
    return "\n".join(lines)


def _shares(found: Disagreement) -> str:
    portfolios = ["board", *found.groups]
    rows = [
        [view, str(len(found.portfolio_of(view))), *[_share(found, view, name) for name in portfolios]]
        for view in portfolios
    ]
    title = "Share of its own best value that each view (row) gets from each portfolio (column)"
    return table(["view", "projects", *portfolios], rows, title=title)


def _share(found: Disagreement, view: str, portfolio: str) -> str:
    return guaranteed(found.share_of_best.to_dict()[portfolio][view])


def _overlaps(found: Disagreement) -> str:
    names = ["board", *found.groups]
    rows = [[one, *[percent(found.overlap.to_dict()[two][one]) for two in names]] for one in names]
    return table(
        ["portfolio", *names], rows, title="Overlap: projects in both portfolios, divided by projects in either"
    )


def _people(found: Disagreement) -> str:
    decision = found.problem.decision
    roles = {person.id: person for person in decision.stakeholders} if decision is not None else {}
    frame = found.to_frame().loc[list(found.stakeholders)]
    rows = [
        [
            str(name),
            roles[str(name)].group,
            shorten(roles[str(name)].role, 36),
            str(int(row["options"])),
            percent(float(row["overlap_with_board"])),
            guaranteed(float(row["share_from_board"])),
        ]
        for name, row in frame.iterrows()
    ]
    count = found.distinct_portfolios()
    title = f"Everyone's own portfolio: {len(rows)} stakeholders would choose {count} different ones"
    headings = ["id", "group", "role", "projects", "overlap with Board", "gets from Board"]
    return table(headings, rows, left=3, title=title)


def _split(found: Disagreement) -> str:
    decision = found.problem.decision
    frame = found.split().sort_values("for", ascending=False, kind="stable")
    rows = [
        [
            str(name),
            shorten(decision.project(str(name)).name, 44) if decision is not None else "",
            "in" if bool(row["board"]) else "",
            *["in" if bool(row[group]) else "" for group in found.groups],
        ]
        for name, row in frame.iterrows()
    ]
    return table(["id", "project", "board", *found.groups], rows, left=2, title="Projects on which the groups split")


def _judgements(found: Disagreement) -> str:
    rows = [
        [
            str(row["group"]),
            shorten(str(row["question_name"]), 44),
            number(float(row["distance"]), 2),
            str(int(row["changes"])),
            points(float(row["loss_to_board"])),
            change(row["enter"].split(), row["leave"].split()),
        ]
        for _, row in found.decisive.iterrows()
    ]
    headings = ["group", "question", "apart", "changes", "loss", "what the Board would then fund"]
    title = "Differences of judgement that would change the decision, if the Board adopted the group's answer"
    if not rows:
        return f"{title}\nNone: whichever group's answer the Board adopted, it would fund the same projects."
    idle = found.idle
    lines = [table(headings, rows, left=2, words=headings[-1:], title=title)]
    if len(idle):
        farthest = idle.sort_values("distance", ascending=False, kind="stable").iloc[0]
        lines.append(
            f"The other {counted(len(idle), 'changes', 'change')} nothing; the widest is {farthest['group']} on "
            f"'{farthest['question_name']}' ({number(float(farthest['distance']), 2)} apart, where 1 is opposite)."
        )
    return "\n".join(lines)


def _consensus(found: Disagreement) -> str:
    frame = found.consensus.to_frame()
    rows = [
        [
            guaranteed(float(row["guaranteed_share"])),
            points(float(row["board_value"])),
            points(float(row["price"])),
            change(row["enter"].split(), row["leave"].split()) or "the Board's portfolio",
        ]
        for _, row in frame.iterrows()
    ]
    shown = table(
        ["every group gets", "value to Board", "price", "changes"],
        rows,
        left=0,
        words=["changes"],
        title="The price of consensus: what it costs the Board to guarantee every group more",
    )
    last = (
        "No portfolio guarantees every group more than the Board's does."
        if len(rows) == 1
        else f"No portfolio guarantees every group more than {rows[-1][0]}."
    )
    return f"{shown}\n{last}"
