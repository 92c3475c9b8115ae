"""Performance, costs, delivery and limits, draw by draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.errors import InputError, LabelError
from mcda.uncertainty._distributions import Quantiles, Together, combine
from mcda.uncertainty._special import special

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Sequence

    from numpy.typing import NDArray

    from mcda.arrays import FloatArray
    from mcda.decision import Decision, Resource
    from mcda.uncertainty._sources import CostDraw, DeliveryDraw, LimitDraw, PerformanceDraw

DECIMALS = 3
"""Drawn money and people are rounded to this many decimals: a pound, and a thousandth of a person."""


class PerformanceSampler:
    """Leaf values of projects between those of the pessimistic and the optimistic level.

    Parameters
    ----------
    decision
        The decision of the case.
    asked
        How to draw.

    Raises
    ------
    InputError
        If a level is not stated, or the most likely one does not lie between the other two.
    """

    def __init__(self, decision: Decision, asked: PerformanceDraw) -> None:
        stated = decision.performance
        swings = np.array([_points(leaf.reference_worse, leaf.reference_better) for leaf in decision.criteria.leaves])
        low, mid, high = (
            (stated.level(level) - stated.do_nothing) / swings + 0.0
            for level in ("pessimistic", "most_likely", "optimistic")
        )
        rows, columns = np.nonzero(low != high)
        wrong = (mid - np.minimum(low, high) < -1e-9) | (mid - np.maximum(low, high) > 1e-9)
        if wrong.any():
            row, column = (int(index[0]) for index in np.nonzero(wrong))
            raise InputError(
                f"Performance cannot be drawn for project '{stated.projects[row]}' on '{stated.leaves[column]}': the "
                f"most likely level {stated.most_likely[row, column]:g} must lie between the pessimistic and the "
                "optimistic one. Correct performance.csv."
            )
        self._cells = rows * len(stated.leaves) + columns
        self._low, self._range = low[rows, columns], (high - low)[rows, columns]
        self._still = mid
        groups = [
            _group(decision, asked.by, int(row), stated.leaves[column])
            for row, column in zip(rows, columns, strict=True)
        ]
        self._together = Together(groups, asked.correlation)
        modes = np.clip((mid - low)[rows, columns] / self._range, 0.0, 1.0)
        self._quantiles = Quantiles(asked.distribution, modes)

    @property
    def columns(self) -> int:
        """How many uniform numbers a draw uses."""
        return self._together.columns

    def draw(self, uniform: FloatArray) -> FloatArray:
        """Return (rows, projects, leaves) values in points."""
        found = np.repeat(self._still.reshape(1, -1), len(uniform), axis=0)
        if self._cells.size:
            found[:, self._cells] = self._low + self._range * self._quantiles(self._together(uniform))
        return found.reshape(len(uniform), *self._still.shape)


class CostSampler:
    """Factors on the cost of each project, in some kinds of money.

    Raises
    ------
    InputError
        If no project states what is needed, or there is no such money.
    LabelError
        If a resource is unknown.
    """

    def __init__(self, decision: Decision, asked: CostDraw) -> None:
        money = [resource for resource in decision.resources if resource.kind == "money"]
        names = asked.resources or tuple(
            resource.id for resource in money if asked.kind == "range" or resource.id.startswith("capital")
        )
        known = [resource.id for resource in money]
        if unknown := [name for name in names if name not in known]:
            raise LabelError(f"The plan draws the cost of '{unknown[0]}'. The money is {', '.join(known) or 'none'}.")
        if not names:
            what = "money" if asked.kind == "range" else "money whose name begins with 'capital'"
            raise InputError(f"Costs of kind '{asked.kind}' are drawn, but the decision has no {what}.")
        self._affected = columns_of(decision, names)
        low, mode, high = (_cost_range if asked.kind == "range" else _bias_range)(decision, asked)
        self._low, self._range = low, high - low
        modes = np.divide(mode - low, self._range, out=np.full(low.shape, 0.5), where=self._range > 0)
        self._quantiles = Quantiles(asked.distribution, modes)
        groups = [_group(decision, asked.by, row, "") for row in range(len(decision.projects))]
        self._together = Together(groups, asked.correlation)

    @property
    def columns(self) -> int:
        """How many uniform numbers a draw uses."""
        return self._together.columns

    def draw(self, uniform: FloatArray, usage: FloatArray) -> FloatArray:
        """Return (rows, projects, resources) use, from what is stated or has been drawn before."""
        factors = self._low + self._range * self._quantiles(self._together(uniform))
        found = np.array(np.broadcast_to(usage, (len(uniform), *usage.shape[-2:])))
        found[:, :, self._affected] *= factors[:, :, None]
        return found


class DeliverySampler:
    """Which projects fail, and what remains of their gains.

    Raises
    ------
    InputError
        If a project does not state its chance of success.
    """

    def __init__(self, decision: Decision, asked: DeliveryDraw) -> None:
        self._chance = np.array([_probability(decision, asked.column, row) for row in range(len(decision.projects))])
        self._remaining = asked.remaining
        groups = [_group(decision, asked.by, row, "") for row in range(len(decision.projects))]
        self._together = Together(groups, asked.correlation)

    @property
    def columns(self) -> int:
        """How many uniform numbers a draw uses."""
        return self._together.columns

    def draw(self, uniform: FloatArray) -> FloatArray:
        """Return (rows, projects) the share of its gains that each project brings."""
        delivers = special.ndtr(self._together(uniform)) < self._chance
        return np.where(delivers, 1.0, self._remaining)

    def together(self, share: FloatArray, members: np.ndarray) -> FloatArray:
        """Return (rows, synergies) the share of its gains that each synergy brings: less than all if a member fails."""
        lost = (share < 1.0).astype(float)
        harmed = combine(lost, np.ascontiguousarray(members.T.astype(float))) > 0.0
        return np.where(harmed, self._remaining, 1.0)


class LimitSampler:
    """Factors on the limits of some resources.

    Raises
    ------
    LabelError
        If a resource or a year is unknown.
    """

    def __init__(self, resources: Sequence[Resource], asked: LimitDraw) -> None:
        kind = "money" if asked.target == "budget" else "team"
        known = [resource for resource in resources if resource.kind == kind]
        chosen = [resource.id for resource in known if asked.key in (resource.id, "all")]
        if not chosen:
            names = ", ".join(resource.id for resource in known) or "none"
            raise LabelError(f"The plan draws the {asked.target} of '{asked.key}'. Known: {names}.")
        years = sorted({year for resource in known for year in resource.years})
        if unknown := [year for year in asked.years if year not in years]:
            raise LabelError(f"The plan draws the {asked.target} of year {unknown[0]}. The years are {years}.")
        factor: list[int] = []
        found: dict[Hashable, int] = {}
        for resource in resources:
            for year in resource.years:
                if resource.id in chosen and (not asked.years or year in asked.years):
                    name = (resource.id, year) if asked.each_year else resource.id
                    factor.append(found.setdefault(name, len(found)))
                else:
                    factor.append(-1)
        self._factor = np.array(factor)
        self.columns = len(found)
        spread = asked.high - asked.low
        mode = (asked.likeliest - asked.low) / spread if spread else 0.5
        self._low, self._range = asked.low, spread
        self._quantiles = Quantiles(asked.distribution, np.full(self.columns, mode))
        self._together = Together(list(found), 0.0)

    def draw(self, uniform: FloatArray, capacity: FloatArray) -> FloatArray:
        """Return (rows, resources) limits, from what is stated or has been drawn before."""
        factors = self._low + self._range * self._quantiles(self._together(uniform))
        found = np.array(np.broadcast_to(capacity, (len(uniform), capacity.shape[-1])))
        drawn = self._factor >= 0
        found[:, drawn] *= factors[:, self._factor[drawn]]
        return found


def rounded(figures: FloatArray) -> FloatArray:
    """Return money or people rounded to a thousandth, as a person would state them."""
    return np.round(figures, DECIMALS) + 0.0


def columns_of(decision: Decision, names: Collection[str]) -> NDArray[np.bool_]:
    """Say which of the resources, one per year, are among those named."""
    return np.repeat(
        [resource.id in names for resource in decision.resources],
        [len(resource.years) for resource in decision.resources],
    )


def _group(decision: Decision, by: str, row: int, leaf: str) -> Hashable:
    if by == "all":
        return "all"
    if by == "project":
        return decision.projects[row].id
    if by == "criterion" and leaf:
        return leaf
    try:
        return str(decision.projects[row].field(by))
    except LabelError as error:
        allowed = "'all', 'project', 'criterion' or a column of projects" if leaf else "'all' or a column of projects"
        raise LabelError(f"The plan correlates by '{by}'. It must be {allowed}.") from error


def cost_multipliers(decision: Decision) -> tuple[FloatArray, FloatArray]:
    """Return the least and the greatest multiple of the planned costs of each project; 1 if none is stated."""
    low = [1.0 if project.cost_low_mult is None else project.cost_low_mult for project in decision.projects]
    high = [1.0 if project.cost_high_mult is None else project.cost_high_mult for project in decision.projects]
    return np.array(low), np.array(high)


def _points(worse: float | None, better: float | None) -> float:
    if worse is None or better is None:  # leaf_values has already reported it, with the leaf's name
        return float("nan")
    return (better - worse) / 100.0


def _cost_range(decision: Decision, asked: CostDraw) -> tuple[FloatArray, FloatArray, FloatArray]:
    low, high = cost_multipliers(decision)
    if (low == high).all():
        raise InputError(
            "Costs are drawn within their range, but no project states cost_low_mult and cost_high_mult. "
            "Fill these columns of projects.csv, or draw no costs."
        )
    return low, np.clip(1.0, low, high), high


def _bias_range(decision: Decision, asked: CostDraw) -> tuple[FloatArray, FloatArray, FloatArray]:
    percent = [project.optimism_bias_capital_pct for project in decision.projects]
    if all(value is None for value in percent):
        raise InputError(
            "Optimism bias is drawn, but no project states optimism_bias_capital_pct. "
            "Fill that column of projects.csv, or draw no costs of this kind."
        )
    uplift = np.array([0.0 if value is None else value / 100.0 for value in percent])
    return 1.0 + asked.low * uplift, 1.0 + (asked.low + asked.high) / 2.0 * uplift, 1.0 + asked.high * uplift


def _probability(decision: Decision, column: str, row: int) -> float:
    project = decision.projects[row]
    stated = project.field(column)
    try:
        value = float(str(stated))
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 1.0:
        raise InputError(
            f"Delivery is drawn, so project '{project.id}' needs a probability from 0 to 1 in the column "
            f"'{column}' of projects.csv (1 if nothing can go wrong). Found: "
            f"{'nothing' if stated is None else repr(stated)}."
        )
    return value
