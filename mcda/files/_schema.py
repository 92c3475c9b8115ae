"""The tables of a decision and their columns, as data. The guide's tables are checked against this one."""

from __future__ import annotations

from dataclasses import dataclass

from mcda.decision import SCENARIO_OPERATIONS
from mcda.files._cells import Choice, Flag, Identifier, Kind, Members, Number, Text, Whole, Years

IMPLICIT_GOAL = "goal"
"""The goal above a flat list of criteria, which has no column parent_id."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is called, what it may hold, and whether it may be left out.

    Attributes
    ----------
    needed
        Whether the column must be there.
    filled
        Whether every cell must hold something if the column is there.
    of
        The table whose identifiers it refers to.
    """

    name: str
    kind: Kind
    needed: bool = False
    filled: bool = False
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, what makes a row unique, and whether it may be left out.

    Attributes
    ----------
    key
        Columns whose entries together identify a row; empty if a separate rule checks this.
    rows
        Whether there must be rows if the table is there.
    money
        Kind of the columns whose names end in ``_k``, one per money resource; None if there are none.
    open
        Whether other columns are kept rather than ignored.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    needed: bool = False
    rows: bool = False
    money: Kind | None = None
    money_filled: bool = False
    open: bool = False


def _must(name: str, kind: Kind, of: str | None = None) -> Column:
    return Column(name, kind, needed=True, filled=True, of=of)


_ID = Identifier()
_YEAR = Whole(0, 9999)
_ANY = Number()
_SHARE = Number(0, 1)
_NOT_NEGATIVE = Number(0, example="1200 or 12.5")
_RATIONALE = Column("rationale", Text())

TABLES: tuple[Table, ...] = (
    Table(
        "projects",
        (
            _must("project_id", _ID),
            Column("name", Text()),
            Column("category", Text()),
            Column("sponsor_directorate", Text()),
            Column("planned_start_year", _YEAR),
            Column("duration_years", Whole(1, 100)),
            Column("max_delay_years", Whole(0, 100)),
            Column("benefit_start_year", _YEAR),
            Column("ramp_year1", _SHARE),
            Column("ramp_year2", _SHARE),
            Column("ramp_year3", _SHARE),
            Column("mandatory", Flag()),
            Column("mandatory_reason", Text()),
            Column("delivery_risk_1to5", Whole(1, 5)),
            Column("prob_delivers_as_planned", _SHARE),
            Column("optimism_bias_capital_pct", Number(-100, above=True)),
            Column("cost_low_mult", Number(0, above=True)),
            Column("cost_high_mult", Number(0, above=True)),
        ),
        key=("project_id",),
        rows=True,
        needed=True,
        open=True,
    ),
    Table(
        "criteria",
        (
            _must("criterion_id", _ID),
            Column("parent_id", _ID, of="criteria"),
            Column("level", Whole(0, 100)),
            Column("name", Text()),
            Column("unit", Text()),
            Column("direction", Choice(("max", "min")), needed=True),
            Column("reference_worse", _ANY, needed=True),
            Column("reference_better", _ANY, needed=True),
            Column("benefit_class", Text()),
            Column("description", Text()),
            Column("is_leaf", Flag()),
            Column("weight", Number(0, 1, fraction=True)),
        ),
        key=("criterion_id",),
        rows=True,
        needed=True,
    ),
    Table(
        "performance",
        (
            _must("project_id", _ID, "projects"),
            _must("criterion_id", _ID, "criteria"),
            _must("do_nothing", _ANY),
            Column("pessimistic", _ANY),
            _must("most_likely", _ANY),
            Column("optimistic", _ANY),
        ),
        key=("project_id", "criterion_id"),
        rows=True,
        needed=True,
    ),
    Table(
        "budgets",
        (_must("year", _YEAR),),
        key=("year",),
        rows=True,
        money=_NOT_NEGATIVE,
    ),
    Table(
        "costs",
        (_must("project_id", _ID, "projects"), _must("year", _YEAR)),
        key=("project_id", "year"),
        rows=True,
        money=_NOT_NEGATIVE,
        money_filled=True,
    ),
    Table(
        "capacity",
        (_must("team", _ID), _must("year", _YEAR), Column("fte_available", _NOT_NEGATIVE, needed=True)),
        key=("team", "year"),
        rows=True,
    ),
    Table(
        "capacity_demand",
        (
            _must("project_id", _ID, "projects"),
            _must("team", _ID, "capacity"),
            _must("year", _YEAR),
            _must("fte", _NOT_NEGATIVE),
        ),
        key=("project_id", "team", "year"),
    ),
    Table(
        "groups",
        (_must("group_id", _ID), Column("name", Text()), Column("default_board_weight", _NOT_NEGATIVE, filled=True)),
        key=("group_id",),
        rows=True,
    ),
    Table(
        "stakeholders",
        (_must("stakeholder_id", _ID), Column("group_id", _ID, filled=True, of="groups"), Column("role", Text())),
        key=("stakeholder_id",),
        rows=True,
    ),
    Table(
        "pairwise_judgements",
        (
            _must("stakeholder_id", _ID, "stakeholders"),
            Column("parent_criterion_id", _ID, filled=True, of="criteria"),
            _must("criterion_a", _ID, "criteria"),
            _must("criterion_b", _ID, "criteria"),
            Column("judgement", Number(0, above=True, fraction=True, example="3 or 0.5"), needed=True),
        ),
    ),
    Table(
        "swing_points",
        (
            _must("stakeholder_id", _ID, "stakeholders"),
            _must("criterion_id", _ID, "criteria"),
            _must("points", Number(0, 100)),
        ),
        key=("stakeholder_id", "criterion_id"),
    ),
    Table(
        "dependencies",
        (
            _must("dependency_id", _ID),
            _must("project_id", _ID, "projects"),
            _must("requires_project_id", _ID, "projects"),
            Column("logic", Choice(("all", "any")), filled=True),
            _RATIONALE,
        ),
        key=("dependency_id", "project_id", "requires_project_id"),
    ),
    Table(
        "exclusions",
        (_must("exclusion_id", _ID), _must("project_id", _ID, "projects"), _RATIONALE),
        key=("exclusion_id", "project_id"),
    ),
    Table(
        "synergies",
        (
            _must("synergy_id", _ID),
            _must("members", Members(), "projects"),
            _must("kind", Text("performance, or a money column of costs such as capital_k")),
            Column("criterion_id", _ID, of="criteria"),
            Column("year", _YEAR),
            _must("amount", _ANY),
            _RATIONALE,
        ),
        key=("synergy_id", "kind", "criterion_id", "year"),
    ),
    Table(
        "policy_constraints",
        (
            _must("constraint_id", _ID),
            Column("optional", Flag(), filled=True),
            _must("type", Choice(("max_count", "min_count", "min_count_each", "max_capital_share"))),
            _must("members", Text("column=value such as category=AI, or a column for min_count_each")),
            _must("bound", _NOT_NEGATIVE),
            _RATIONALE,
        ),
        key=("constraint_id",),
    ),
    Table(
        "scenarios",
        (
            _must("scenario_id", _ID),
            Column("name", Text()),
            Column("target", Choice(tuple(dict.fromkeys(target for target, _ in SCENARIO_OPERATIONS))), needed=True),
            Column("key", Text()),
            Column("year", Years()),
            Column("operation", Text(), needed=True),
            Column("value", Text(), needed=True),
            _RATIONALE,
        ),
        key=("scenario_id",),
    ),
)

TABLE = {table.name: table for table in TABLES}
ORDER = {table.name: position for position, table in enumerate(TABLES)}
