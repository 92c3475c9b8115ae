"""How far people agree and where they divide, as `mcda weigh` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mcda.cli._output import table
from mcda.wording import number, percent, shorten

if TYPE_CHECKING:
    from mcda.decision import Decision
    from mcda.weights import Agreement

_QUESTIONS = 8
_CHANCE = 0.05
_SAME_CLUSTERS_FROM = 0.5  # silhouettes: above, clusters are real (Rousseeuw 1987)


def agreement_notes(decision: Decision, found: Agreement) -> str:
    """Say how far everyone, and each group, agrees, who is divided from whom, and on which questions."""
    parts = [consensus_table(decision, found), variance_note(found), compatibility_table(found), cluster_note(found)]
    parts += [questions_table(found), gaps_note(found)]
    return "\n\n".join(part for part in parts if part)


def consensus_table(decision: Decision, found: Agreement) -> str:
    """Consensus S* by node and Kendall's W, for everyone and each group."""
    frame = found.to_frame()
    rows = [
        ["everyone" if str(name) == "all" else str(name), *[number(value, 2) for value in line]]
        for name, line in zip(frame.index, frame.to_numpy(), strict=True)
    ]
    nodes = [str(node) for node in found.consensus.columns]
    named = ", ".join(f"{node} {shorten(decision.criteria[node].name, 40)}" for node in nodes)
    title = (
        f"Agreement: Goepel's S* by node (variant {found.variant}; 1 is full consensus) and Kendall's W of the order\n"
        f"{named}"
    )
    return table(["", *nodes, "W"], rows, title=title)


def variance_note(found: Agreement) -> str:
    """Whether groups differ, or people within them."""
    share = found.variance
    if share is None:
        return ""
    verdict = "more than chance would make them" if share.p_value < _CHANCE else "no more than chance would make them"
    return (
        f"{percent(share.between)} of the disagreement at the top is between groups, {percent(share.within)} within "
        f"them; groups differ {verdict} (p = {share.p_value:.4f}, {share.permutations:,} permutations)."
    )


def compatibility_table(found: Agreement) -> str:
    """Garuti's G between the groups' weights, and the pair furthest apart."""
    frame = found.compatibility
    groups = [str(group) for group in frame.index]
    if len(groups) < 2:
        return ""
    values = frame.to_numpy()
    pairs = [(float(values[i, j]), groups[i], groups[j]) for i in range(len(groups)) for j in range(i)]
    least, most = min(pairs), max(pairs)
    rows = [[group, *[number(float(value), 2) for value in line]] for group, line in zip(groups, values, strict=True)]
    note = f"The widest divide is between {least[2]} and {least[1]} (G {number(least[0], 2)})"
    note += f"; nearest are {most[2]} and {most[1]} (G {number(most[0], 2)})." if len(pairs) > 1 else "."
    title = "Garuti's G between groups (0.90 and above: compatible; below 0.65: different)"
    return table(["", *groups], rows, title=title) + "\n" + note


def cluster_note(found: Agreement) -> str:
    """Who thinks alike at the top of the tree, whatever their group."""
    if len(found.clusters) < 2:
        return "At the top of the tree everyone answers alike: no camps stand out."
    camps = "\n".join(f"  {position}. {', '.join(camp)}" for position, camp in enumerate(found.clusters, 1))
    real = "clear" if found.silhouette > _SAME_CLUSTERS_FROM else "faint"
    return (
        f"Who thinks alike at the top of the tree, whatever their group ({real} camps, "
        f"silhouette {number(found.silhouette, 2)}):\n{camps}"
    )


def questions_table(found: Agreement) -> str:
    """The questions on which groups differ most: each group's mean answer."""
    if not len(found.divisive):
        return ""
    records: list[dict[str, Any]] = [
        {str(key): value for key, value in row.items()} for row in found.divisive.head(_QUESTIONS).to_dict("records")
    ]
    groups = list(dict.fromkeys(name for row in records for name in row["means"]))
    rows = [
        [str(row["node"]), f"{row['a']} against {row['b']}", *[_answer(row["means"].get(group)) for group in groups]]
        for row in records
    ]
    title = "Questions on which groups differ most (how many times more the first counts, mean answer)"
    return table(["node", "question", *map(str, groups)], rows, left=2, title=title)


def _answer(value: float | None) -> str:
    if value is None or value != value:  # noqa: PLR0124 - a missing mean is NaN
        return "-"
    return number(value, 1) if value > 1.0 / 1.05 else f"1/{number(1.0 / value, 1)}"


def gaps_note(found: Agreement) -> str:
    """What was done about people whose answers do not link all items compared."""
    notes = []
    if found.borrowed:
        notes.append(
            "For this comparison "
            + ", ".join(f"{person} at {node}" for person, node in found.borrowed)
            + " got their group's weights (--gaps borrow), as their own answers do not link all items there."
        )
    if found.left_out:
        notes.append(
            "Left out of this comparison, as their answers do not link all items: "
            + ", ".join(f"{person} at {node}" for person, node in found.left_out)
            + " (--gaps leave_out)."
        )
    return "\n".join(notes)
