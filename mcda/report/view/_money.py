"""What money buys: the exact frontier beside the lists that people make, and what more of each limit would buy."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcda.wording import NONE, counted, in_sentence, listed, money, percent, points, quantity, shorten
from solvers import Unproven

if TYPE_CHECKING:
    from mcda.portfolio import EfficientFrontier, Purchases, Selection
    from mcda.report._evidence import BudgetLists, Evidence


@dataclass(frozen=True, slots=True)
class Step:
    """An efficient portfolio: what it costs (£k) and is worth."""

    cost: float
    value: float


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One budget: what the best portfolio and two value-for-money lists achieve with it.

    `budget` and `list_cost` are in £k; a budget may be infinite (only the yearly limits hold).
    """

    budget: float
    optimum: float
    listed: float
    list_cost: float
    bundled: float

    @property
    def loss(self) -> float:
        """Share of the optimum that the value-for-money list loses."""
        return 1 - self.listed / self.optimum if self.optimum > 0 else 0.0


@dataclass(frozen=True, slots=True)
class BuyLine:
    """More of one limit: how much, what it adds, and what changes."""

    name: str
    amount: str
    gain: float
    enough: str
    change: str


@dataclass(frozen=True, slots=True)
class Money:
    """The frontier, the lists and the purchases; each may be empty.

    `asked` counts the questions about more, `unknown` those without a known answer.
    """

    steps: tuple[Step, ...]
    complete: bool
    budgets: tuple[BudgetLine, ...]
    buys: tuple[BuyLine, ...]
    asked: int
    unknown: int = 0

    @property
    def sentence(self) -> str:
        """What to see in the chart of value against cost."""
        text = (
            f"The line is the best that can be achieved with each total budget: "
            f"{counted(len(self.steps), 'portfolio')}, each proven. "
        )
        worst = max(self.budgets, key=lambda line: line.loss, default=None)
        if worst is not None and worst.loss > 0:
            at = "the whole budget" if math.isinf(worst.budget) else money(worst.budget)
            text += (
                f"The diamonds are what a value-for-money list achieves: at worst {percent(worst.loss)} less (at {at})."
            )
        else:
            text += "The value-for-money list (diamonds) reaches the line at every budget compared."
        return text

    @property
    def buy_sentence(self) -> str:
        """What to see in the table of purchases."""
        open_ones = f" For {self.unknown}, the answer is not known." if self.unknown else ""
        if not self.buys:
            rest = "any one of the" if not self.unknown else f"any one of {self.asked - self.unknown} of the"
            return f"Raising {rest} {self.asked} limits on its own would buy nothing.{open_ones}"
        top = self.buys[0]
        return (
            f"Of {counted(self.asked, 'increase')} tried by solving again, {len(self.buys)} would add value."
            f"{open_ones} "
            f"{top.amount} for {top.name} adds most: {points(top.gain)} points."
        )


def view_money(selection: Selection, evidence: Evidence) -> Money | None:
    """Collect what is known about money; None if nothing was asked."""
    if not selection.found or (evidence.frontier is None and evidence.purchases is None):
        return None
    found, purchases = evidence.frontier, evidence.purchases
    return Money(
        () if found is None else tuple(Step(float(point.cost), float(point.value)) for point in found.points),
        found is not None and found.complete,
        () if found is None else tuple(_budget(found, lists) for lists in evidence.lists or ()),
        () if purchases is None else _buys(selection, purchases),
        0 if purchases is None else len(purchases.items),
        0 if purchases is None else sum(isinstance(item.gain, Unproven) for item in purchases.items),
    )


def _budget(found: EfficientFrontier, lists: BudgetLists) -> BudgetLine:
    spent = sum(step.cost for step in lists.plain.steps)
    best = found.at(lists.budget)
    return BudgetLine(lists.budget, float(best.value), lists.plain.value, float(spent), lists.bundled.value)


def _buys(selection: Selection, purchases: Purchases) -> tuple[BuyLine, ...]:
    decision = selection.decision
    periods = decision.periods
    found = []
    for item in purchases.items:
        if not isinstance(item.gain, float) or item.gain < 0.005:
            continue
        period = periods.get(item.resource)
        resource = decision.resource(item.resource if period is None else period.resource)
        words = f"{in_sentence(resource.name)} in {'every year' if period is None else f'year {period.year}'}"
        changes = [
            f"{listed(list(names))} {word}" for names, word in ((item.enters, "in"), (item.leaves, "out")) if names
        ]
        found.append(
            BuyLine(
                shorten(words, 60),
                f"{quantity(item.amount, resource.kind)} more",
                item.gain,
                NONE if item.enough is None else quantity(float(item.enough), resource.kind, "up"),
                "; ".join(changes),
            )
        )
    return tuple(sorted(found, key=lambda line: -line.gain))
