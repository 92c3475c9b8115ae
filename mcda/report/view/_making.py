"""How the pack was made: input, method, proof, judgements and versions, so that anyone can reproduce it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcda.portfolio import resource_name
from mcda.versions import versions
from mcda.wording import decimals, isolate, listed, shorten

if TYPE_CHECKING:
    from fractions import Fraction

    from mcda.decision import Decision
    from mcda.portfolio import Selection
    from mcda.weights import DecisionWeights

_WEIGHTS_WORDS = {
    "pairwise": (
        "People compared the criteria in pairs, each pair as swings over stated ranges. A group's weights are the "
        "logarithmic least squares fit to all its members' answers, multiplied down the tree of criteria. The Board's "
        "weights are the average of the groups' weights, by each group's agreed share."
    ),
    "swing": (
        "People gave points to the swing of each criterion over its stated range. A group's weights are the average "
        "of its members' shares of points. The Board's weights are the average of the groups' weights, by each group's "
        "agreed share."
    ),
    "stated": "The weights are those stated in the criteria file, as agreed.",
    "given": "The weights, or the values, were given with the question.",
}
_KINDS = {
    "capacity": "yearly limit", "mandatory": "mandatory", "forbidden": "ruled out", "requires": "prerequisite",
    "excludes": "alternatives",
}  # fmt: skip
CONSISTENT = 0.10
"""Saaty (1980): answers with a consistency ratio of at most a tenth are taken as they are."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One limit or rule, as the certificate states it."""

    name: str
    kind: str
    use: float
    sense: str
    limit: float
    slack: float

    @property
    def digits(self) -> int:
        """Decimals of the row: what it is about has one unit."""
        return decimals((self.use, self.limit, self.slack), 2)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person whose answers are inconsistent or incomplete."""

    id: str
    role: str
    group: str
    worst_ratio: float
    unanswered: int


@dataclass(frozen=True, slots=True)
class Judgements:
    """How sound the judgements are."""

    people: int
    consistent: int
    unanswered: int
    lines: tuple[PersonLine, ...]


@dataclass(frozen=True, slots=True)
class Making:
    """What a reader needs in order to trust the result and to reproduce it."""

    input_sha256: str
    question: str
    weights_words: str
    method: str
    note: str
    solver: str
    versions: tuple[tuple[str, str], ...]
    judgements: Judgements | None
    checks: tuple[CheckLine, ...]


def view_making(selection: Selection, weights: DecisionWeights | None) -> Making:
    """Collect the evidence."""
    certificate = selection.solution.certificate
    names = _names_in_words(selection.decision)
    return Making(
        input_sha256=selection.decision.input_sha256,
        question=selection.question,
        weights_words=_WEIGHTS_WORDS["given" if weights is None else weights.source],
        method=selection.values.method,
        note=selection.values.note,
        solver=selection.solution.solver,
        versions=tuple(versions().items()),
        judgements=_judgements(selection, weights),
        checks=()
        if certificate is None
        else tuple(
            CheckLine(
                isolate(names.get(one.name, one.name)),
                _KINDS.get(one.kind, one.kind),
                float(one.use),
                one.sense,
                _number(one.limit),
                _number(one.slack),
            )
            for one in certificate.checks
        ),
    )


def _names_in_words(decision: Decision) -> dict[str, str]:
    """Return what people call each limit and rule, keyed by its name in the certificate."""
    words = {
        resource_name(resource, year): f"{resource.name}, year {year}, {resource.unit}"
        for resource in decision.resources
        for year in resource.years
    }
    for rule in decision.dependencies:
        joined = listed(list(rule.requires)) if rule.logic == "all" else f"one of {listed(list(rule.requires))}"
        words[rule.id] = f"{rule.id}: {rule.project} needs {joined}"
    words |= {rule.id: f"{rule.id}: at most one of {listed(list(rule.projects))}" for rule in decision.exclusions}
    return words


def _number(exact: Fraction | None) -> float:
    return math.inf if exact is None else float(exact)


def _judgements(selection: Selection, weights: DecisionWeights | None) -> Judgements | None:
    if weights is None or weights.consistency.empty:
        return None
    worst = weights.consistency.max(axis="columns")
    open_questions = weights.unanswered.groupby("stakeholder").size()
    lines = [
        PersonLine(
            person.id,
            shorten(person.role),
            shorten(selection.decision.group(person.group).name or person.group),
            float(worst[person.id]),
            int(open_questions.get(person.id, 0)),
        )
        for person in selection.decision.stakeholders
    ]
    return Judgements(
        people=len(lines),
        consistent=sum(line.worst_ratio <= CONSISTENT for line in lines),
        unanswered=sum(line.unanswered for line in lines),
        lines=tuple(line for line in lines if line.unanswered or not line.worst_ratio <= CONSISTENT),
    )
