"""Who judges, and what they said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """A stakeholder group and its share in the Board's weights."""

    id: str
    name: str = ""
    default_board_weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """A person (or role) who judges, as a member of one group."""

    id: str
    group: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One pairwise comparison: how many times more the swing on `a` is worth than the swing on `b`.

    `value` is None if the question was left unanswered.
    """

    stakeholder: str
    parent: str
    a: str
    b: str
    value: float | None


@dataclass(frozen=True, slots=True)
class SwingPoints:
    """Points (0 to 100) that a stakeholder gave to the swing on one leaf."""

    stakeholder: str
    criterion: str
    points: float
