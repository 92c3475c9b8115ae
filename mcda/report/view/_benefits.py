"""What the portfolio delivers, criterion by criterion, in the units people know."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcda.wording import counted, decimals, isolate, listed, percent, shorten

if TYPE_CHECKING:
    from mcda.decision import Criterion
    from mcda.portfolio import Selection


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """One criterion.

    Attributes
    ----------
    change
        Sum of the funded projects' changes from doing nothing, synergies included, in the natural unit, at the most
        likely level.
    better
        Whether that change is for the better; None if there is none.
    value
        What it adds to the portfolio's value; NaN if the values given do not split by criterion.
    """

    id: str
    name: str
    unit: str
    change: float
    better: bool | None
    value: float

    @property
    def digits(self) -> int:
        """Decimals of the change, in its own unit: none from 100 upwards, where they would say nothing."""
        return 0 if abs(self.change) >= 100 else decimals([self.change])


@dataclass(frozen=True, slots=True)
class Benefits:
    """What the portfolio delivers; `adds_up` says whether the parts by criterion sum to the value."""

    lines: tuple[BenefitLine, ...]
    adds_up: bool
    lowest: float
    highest: float

    @property
    def sentence(self) -> str:
        """What to see in the table."""
        worse = [shorten(line.name) for line in self.lines if line.better is False]
        price = f" The price: {listed(worse)} {'gets' if len(worse) == 1 else 'get'} worse." if worse else ""
        if not self.adds_up:
            better = sum(line.better is True for line in self.lines)
            verb = "improves" if better == 1 else "improve"
            return f"{counted(better, 'criterion', 'criteria')} {verb}.{price}"
        best = sorted(self.lines, key=lambda line: -line.value)[:2]
        total = math.fsum(line.value for line in self.lines)
        share = percent(math.fsum(line.value for line in best) / total) if total > 0 else "Most"
        return f"{share} of the value comes from {listed([shorten(line.name) for line in best])}.{price}"


def view_benefits(selection: Selection) -> Benefits:
    """Add up what the funded projects deliver; empty if there is no portfolio."""
    if not selection.found:
        return Benefits((), False, 0.0, 0.0)
    lines = tuple(_line(selection, leaf) for leaf in selection.decision.criteria.leaves)
    parts = [line.value for line in lines]
    # Ready-made values, or scores that do not add up, need not split this way; no split is then shown.
    if not math.isclose(math.fsum(parts), selection.value, rel_tol=1e-9, abs_tol=1e-9):
        lines = tuple(BenefitLine(one.id, one.name, one.unit, one.change, one.better, math.nan) for one in lines)
        return Benefits(lines, False, 0.0, 0.0)
    return Benefits(lines, True, min(parts), max(parts))


def _line(selection: Selection, leaf: Criterion) -> BenefitLine:
    decision = selection.decision
    chosen = set(selection.selected)
    rows = [position for position, name in enumerate(decision.project_ids) if name in chosen]
    column = decision.criteria.leaf_ids.index(leaf.id)
    performance = decision.performance
    change = math.fsum((performance.most_likely - performance.do_nothing)[rows, column]) + math.fsum(
        effect.amount
        for synergy in decision.synergies
        if chosen.issuperset(synergy.members)
        for effect in synergy.effects
        if effect.criterion == leaf.id
    )
    change = round(change, 9)
    better = None if change == 0 else (change > 0) == (leaf.direction == "max")
    value = math.nan
    if selection.weights is not None and leaf.reference_worse is not None and leaf.reference_better is not None:
        swing = leaf.reference_better - leaf.reference_worse
        value = 100 * change / swing * float(selection.weights[leaf.id])
    return BenefitLine(leaf.id, isolate(leaf.name or leaf.id), isolate(leaf.unit), change, better, value)
