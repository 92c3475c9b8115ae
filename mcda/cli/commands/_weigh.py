"""`mcda weigh`: weights by group side by side, the judgements that need attention, and where people divide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.cli._output import Exit, add_folder, add_json_option, say, say_json, step, table
from mcda.wording import number, percent_figure, shorten

if TYPE_CHECKING:
    import argparse

    from mcda.decision import Decision
    from mcda.weights import DecisionWeights


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "weigh", help="turn judgements into weights for each group, and say how consistent they are"
    )
    add_folder(parser)
    parser.add_argument(
        "--gaps",
        choices=["borrow", "leave_out"],
        default="borrow",
        help="if someone's answers do not link all criteria: borrow their group's weights there, or leave the person "
        "out (of the comparison of people only; default: borrow)",
    )
    parser.add_argument(
        "--consensus",
        choices=["ahp_os", "goepel_2013"],
        default="ahp_os",
        help="published variant of Goepel's consensus S* to use (default: ahp_os)",
    )
    add_json_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Weigh and report."""
    from mcda.files import load
    from mcda.weights import weigh_decision

    with step("reading the decision"):
        decision = load(options.folder)
    with step("weighing"):
        weights = weigh_decision(decision)
    found = None
    if weights.source == "pairwise" and len(decision.stakeholders) > 1:
        from mcda.weights import agreement

        with step("comparing people"):
            found = agreement(decision, gaps=options.gaps, variant=options.consensus)
    if options.json:
        record: dict[str, object] = {
            "agreement": None if found is None else found.to_record(),
            "input_sha256": decision.input_sha256,
        }
        if weights.source == "pairwise":
            from mcda.weights import judgement_advice

            record["advice"] = judgement_advice(decision, weights).to_dict(orient="records")
        say_json(weights.to_record() | record)
        return Exit.DONE
    say(weights_table(decision, weights))
    say()
    say(judgement_notes(decision, weights))
    if found is not None:
        from mcda.cli._agreement import agreement_notes

        say()
        say(agreement_notes(decision, found))
    return Exit.DONE


def weights_table(decision: Decision, weights: DecisionWeights) -> str:
    """Weights in per cent, one column for the Board and one per group."""
    frame = weights.to_frame()
    rows = [
        [leaf, shorten(decision.criteria[str(leaf)].name, 40), *[percent_figure(weight) for weight in row]]
        for leaf, row in zip(frame.index, frame.to_numpy(), strict=True)
    ]
    words = {
        "pairwise": "from pairwise judgements",
        "swing": "from swing points",
        "stated": "as stated in the criteria file",
    }
    return table(
        ["leaf", "criterion", "Board", *[str(group) for group in weights.groups.index]],
        rows,
        left=2,
        title=f"Weights in per cent, {words[weights.source]}",
    )


def judgement_notes(decision: Decision, weights: DecisionWeights) -> str:
    """Say who is inconsistent and on which answers, and who left gaps."""
    if weights.source != "pairwise":
        return "These weights come without pairwise judgements, so there is no consistency to report."
    from mcda.weights import CONSISTENCY_LIMIT

    people = {person.id: person for person in decision.stakeholders}
    worst = weights.consistency.max(axis="columns")
    sound = int((worst <= CONSISTENCY_LIMIT).sum())
    limit = number(CONSISTENCY_LIMIT, 2)
    parts = [f"{sound} of {len(worst)} people answered consistently (consistency ratio at most {limit})."]
    if len(weights.attention):
        rows = [
            [str(item["stakeholder"]), shorten(people[item["stakeholder"]].role, 36), str(item["node"]),
             number(item["consistency_ratio"], 3), f"{item['a']} against {item['b']}", number(item["value"], 2),
             number(item["fitting"], 2)]
            for item in weights.attention.to_dict(orient="records")
        ]  # fmt: skip
        headings = ["who", "role", "node", "ratio", "answer", "said", "would fit"]
        parts.append(
            table(headings, rows, left=3, title="Answers worth another look (furthest from the person's other answers)")
        )
        parts.append(advice_table(decision, weights))
    if len(weights.unanswered):
        rows = [
            [str(item["stakeholder"]), shorten(people[item["stakeholder"]].role, 36), str(item["node"]),
             f"{item['a']} against {item['b']}"]
            for item in weights.unanswered.to_dict(orient="records")
        ]  # fmt: skip
        parts.append(table(["who", "role", "node", "question"], rows, left=4, title="Questions left open"))
    without = weights.stakeholders.index[weights.stakeholders.isna().any(axis="columns")]
    if len(without):
        parts.append(
            f"{', '.join(map(str, without))}: answers do not reach every criterion; "
            "their group's weights rest on its other members there."
        )
    return "\n\n".join(parts)


def advice_table(decision: Decision, weights: DecisionWeights) -> str:
    """For each inconsistent person and node: the strongest cycle, and the smallest change that would mend it."""
    from mcda.weights import judgement_advice

    rows = [
        [str(item["stakeholder"]), str(item["node"]), item["cycles"][0] if item["cycles"] else "none",
         item["repairs"][0] if item["repairs"] else "none of one or two answers"]
        for item in judgement_advice(decision, weights).to_dict(orient="records")
    ]  # fmt: skip
    title = "Cycles in answers, and the smallest change to ask about (nothing is changed here)"
    return table(["who", "node", "circle", "change"], rows, left=4, title=title)
