"""Which tables must be there, and which come in pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.files._schema import TABLES

if TYPE_CHECKING:
    from mcda.files._sheets import Sheets

_PAIRS = (("costs", "budgets"), ("capacity_demand", "capacity"))
_JUDGED = ("pairwise_judgements", "swing_points")


def check_tables(sheets: Sheets) -> None:
    """Check that the needed tables are there, and that those that need each other are there together."""
    for spec in TABLES:
        if spec.needed and spec.name not in sheets:
            allowed = f"{sheets.blank(spec.name).source} in every decision"
            _report_missing(sheets, spec.name, "The table is missing", allowed)
    for pair in _PAIRS:
        for one, other in (pair, pair[::-1]):
            if one in sheets and other not in sheets:
                what = f"The table is missing, and {sheets[one].raw.source} means nothing without it"
                _report_missing(sheets, other, what, f"{pair[0]} and {pair[1]} together")
    if not any(name in sheets for pair in _PAIRS for name in pair):
        allowed = "budgets with costs, or capacity with capacity_demand, or all four"
        _report_missing(sheets, "budgets", "Nothing is limited: there is neither money nor a team", allowed)
    criteria = sheets.get("criteria", "criterion_id")
    weighted = criteria is None or any(weight is not None for weight in criteria.numbers("weight"))
    if not weighted and not any(name in sheets for name in _JUDGED):
        allowed = "pairwise_judgements, or swing_points, or a column weight in criteria"
        _report_missing(sheets, "pairwise_judgements", "Nothing states the weights of the criteria", allowed)
    if "groups" in sheets and "stakeholders" not in sheets:
        what = f"The table is missing, and {sheets['groups'].raw.source} means nothing without it"
        _report_missing(sheets, "stakeholders", what, "the stakeholders of each group")


def _report_missing(sheets: Sheets, name: str, what: str, allowed: str) -> None:
    sheets.faults.fault(sheets.blank(name), None, None, what, allowed, "none")
