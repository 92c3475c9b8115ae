"""What must, may and may not go together, and the what-ifs worth asking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Dependency:
    """`project` needs all of `requires`, or at least one of them if `logic` is ``"any"``."""

    id: str
    project: str
    requires: tuple[str, ...]
    logic: Literal["all", "any"] = "all"
    rationale: str = ""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """At most one of `projects` can be funded."""

    id: str
    projects: tuple[str, ...]
    rationale: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a synergy changes: performance on a leaf (natural units), or use of a money resource in a year."""

    kind: str
    amount: float
    criterion: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Synergy:
    """Effects that happen exactly when all members are funded; an overlap is a synergy that harms."""

    id: str
    members: tuple[str, ...]
    effects: tuple[Effect, ...]
    rationale: str = ""


PolicyType = Literal["max_count", "min_count", "min_count_each", "max_capital_share"]


@dataclass(frozen=True, slots=True)
class Policy:
    """A Board rule on a set of projects.

    Attributes
    ----------
    type
        ``max_count``, ``min_count``: bound on how many of the members are funded; ``min_count_each``: the same for
        every value of the column; ``max_capital_share``: bound on the members' share of all capital spent.
    column, value
        The members are the projects whose `column` equals `value` (`value` is None for ``min_count_each``).
    optional
        Whether the base case leaves it out.
    """

    id: str
    type: PolicyType
    column: str
    value: str | None
    bound: float
    optional: bool = True
    rationale: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named change to weights, performance, costs, budgets or capacities; `target` is None for the base plan."""

    id: str
    name: str = ""
    target: Literal["budget", "capacity", "cost", "performance", "weights"] | None = None
    key: str = ""
    years: tuple[int, ...] | None = None
    operation: str = ""
    value: str = ""
    rationale: str = ""
