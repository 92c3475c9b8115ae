"""What each group thinks matters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcda.wording import percent, shorten

if TYPE_CHECKING:
    from mcda.portfolio import Selection
    from mcda.weights import DecisionWeights


@dataclass(frozen=True, slots=True)
class WeightLine:
    """One criterion: the weight in this portfolio's question, and each group's."""

    id: str
    name: str
    used: float
    groups: tuple[float, ...]

    @property
    def spread(self) -> float:
        """Largest weight given by a group, less the smallest."""
        return max(self.groups) - min(self.groups) if self.groups else 0.0


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by criterion and group; `used` names the view whose weights chose the portfolio."""

    groups: tuple[str, ...]
    used: str
    lines: tuple[WeightLine, ...]

    @property
    def widest(self) -> WeightLine:
        """The criterion on which the groups differ most."""
        return max(self.lines, key=lambda line: line.spread)

    @property
    def sentence(self) -> str:
        """What to see in the chart."""
        narrowest = min(self.lines, key=lambda line: line.spread)
        return (
            f"The further apart the marks in a row, the more the groups differ. They differ most on {self.widest.name} "
            f"({self.range_of(self.widest)}) and least on {narrowest.name}."
        )

    def range_of(self, line: WeightLine) -> str:
        """Say which groups give a criterion least and most."""
        low, high = min(line.groups), max(line.groups)
        lowest, highest = (self.groups[line.groups.index(share)] for share in (low, high))
        return f"{percent(low)} for {lowest}, {percent(high)} for {highest}"


def view_weights(selection: Selection, weights: DecisionWeights | None) -> Weights | None:
    """Put the groups' weights side by side; None if no weights were used."""
    if selection.weights is None:
        return None
    decision = selection.decision
    groups = [] if weights is None else [str(name) for name in weights.groups.index]
    lines = tuple(
        WeightLine(
            leaf.id,
            shorten(leaf.name or leaf.id),
            float(selection.weights[leaf.id]),
            tuple(float(weights.of_group(group)[leaf.id]) for group in groups) if weights is not None else (),
        )
        for leaf in decision.criteria.leaves
    )
    board = weights is not None and all(
        abs(float(selection.weights[leaf]) - float(weights.board[leaf])) < 1e-12 for leaf in decision.criteria.leaf_ids
    )
    names = tuple(shorten(decision.group(group).name or group) for group in groups)
    return Weights(names, "Board" if board else "This portfolio", lines)
