"""Which differences of judgement change what would be funded, and which do not matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcda.wording import counted, guaranteed, listed, points, shorten

if TYPE_CHECKING:
    from mcda.portfolio import Disagreement, Selection

MOST = 10
"""The table shows at most this many of the differences that matter, those that would cost the Board most."""


@dataclass(frozen=True, slots=True)
class JudgementLine:
    """One group's answer to one question, in place of the Board's."""

    group: str
    question: str
    distance: float
    enters: str
    leaves: str
    loss: float


@dataclass(frozen=True, slots=True)
class CompromiseLine:
    """A portfolio that guarantees every group a share of its own best, and what that costs the Board."""

    guaranteed: float
    value: float
    price: float
    change: str


@dataclass(frozen=True, slots=True)
class Judging:
    """The differences that matter, costliest first, and how many there are in all."""

    matter: tuple[JudgementLine, ...]
    count_matter: int
    idle: tuple[JudgementLine, ...]
    agreed_in: tuple[str, ...]
    agreed_out: tuple[str, ...]
    people: int
    compromises: tuple[CompromiseLine, ...]

    @property
    def sentence(self) -> str:
        """What to see in the table."""
        total = self.count_matter + len(self.idle)
        text = (
            f"Groups differ from the Board on {counted(total, 'judgement')}. If the Board adopted them one by one, "
            f"{self.count_matter} would change what is funded; {len(self.idle)} would change nothing, so there is no "
            "need to argue about them."
        )
        if self.idle:
            widest = max(self.idle, key=lambda line: line.distance)
            text += f" The widest of those: {widest.group} on {widest.question}."
        return text

    @property
    def compromise_sentence(self) -> str:
        """What to see in the trade-off between value and fairness."""
        if len(self.compromises) < 2:
            least = guaranteed(self.compromises[0].guaranteed) if self.compromises else ""
            return (
                f"No other portfolio guarantees every group a larger share of its own best than this one ({least}): "
                "there is no fairer compromise to be had within the limits."
            )
        last = self.compromises[-1]
        return (
            f"Every group could be guaranteed {guaranteed(last.guaranteed)} of its own best, instead of "
            f"{guaranteed(self.compromises[0].guaranteed)}; this would cost the Board {points(last.price)} points."
        )


def view_judging(selection: Selection, found: Disagreement | None) -> Judging | None:
    """Sort the differences of judgement by whether they matter; None if that was not asked."""
    if found is None or not selection.found:
        return None
    names = {group.id: shorten(group.name or group.id, 40) for group in selection.decision.groups}

    def line(row: object) -> JudgementLine:
        fields = row._asdict()  # type: ignore[attr-defined]
        return JudgementLine(
            names.get(str(fields["group"]), str(fields["group"])),
            "the balance of the objectives"
            if fields["question"] == selection.decision.criteria.goal
            else shorten(str(fields["question_name"]), 60),
            float(fields["distance"]),
            listed(str(fields["enter"]).split()),
            listed(str(fields["leave"]).split()),
            float(fields["loss_to_board"]),
        )

    matter = [line(row) for row in found.decisive.itertuples(index=False)]
    matter.sort(key=lambda one: -one.loss)
    consensus = found.consensus.to_frame()
    compromises = tuple(
        CompromiseLine(
            float(row["guaranteed_share"]),
            float(row["board_value"]),
            float(row["price"]),
            "; ".join(part for part in (_signed(row["enter"], "in"), _signed(row["leave"], "out")) if part),
        )
        for _, row in consensus.iterrows()
    )
    return Judging(
        tuple(matter[:MOST]),
        len(matter),
        tuple(line(row) for row in found.idle.itertuples(index=False)),
        tuple(found.agreed_in),
        tuple(found.agreed_out),
        len(found.stakeholders),
        compromises,
    )


def _signed(names: object, word: str) -> str:
    return f"{listed(str(names).split())} {word}" if names else ""
