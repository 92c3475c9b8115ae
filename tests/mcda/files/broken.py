"""Broken folders: what to do to the small decision to break it. The messages stand in messages.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mcda.files.small import SMALL

if TYPE_CHECKING:
    from collections.abc import Callable

Files = dict[str, "str | bytes"]


def swap(file: str, old: str, new: str) -> Callable[[Files], None]:
    """Put one text in place of another that stands there exactly once."""
    assert SMALL[file].count(old) == 1, (file, old)

    def change(files: Files) -> None:
        files[file] = str(files[file]).replace(old, new)

    return change


def drop(*names: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        for name in names:
            del files[name]

    return change


def add(file: str, text: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files[file] = str(files.get(file, "")) + text

    return change


def put(file: str, content: str | bytes) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files[file] = content

    return change


def both(*changes: Callable[[Files], None]) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        for one in changes:
            one(files)

    return change


def cell(text: str) -> Callable[[Files], None]:
    """Put a text in place of the capital cost of P01 in year 1."""
    return swap("costs.csv", "P01,1,400,50", f"P01,1,{text},50")


def _weights(first: str, second: str, third: str) -> Callable[[Files], None]:
    text = SMALL["criteria.csv"]
    lines = text.splitlines()
    lines = [f"{line},{weight}" for line, weight in zip(lines, ["weight", "", "", first, second, third], strict=True)]
    return put("criteria.csv", "\n".join(lines) + "\n")


BROKEN: dict[str, Callable[[Files], None]] = {
    # Numbers as people type them.
    "thousands-separator-in-quotes": cell('"1,400"'),
    "thousands-separator-without-quotes": cell("1,400"),
    "decimal-comma": cell('"400,5"'),
    "space-as-thousands-separator": cell("1 400"),
    "pound-sign": cell("£400"),
    "percent-sign": cell("40%"),
    "not-available": cell("n/a"),
    "to-be-confirmed": cell("TBC"),
    "excel-error": cell("#N/A"),
    "formula": cell("=B2*2"),
    "not-a-number": cell("NaN"),
    "infinite": cell("inf"),
    "too-large": cell("1e999"),
    "words": cell("about 400"),
    "underscore": cell("1_400"),
    "unit": cell("400k"),
    "brackets": cell("(400)"),
    "dash-for-minus": cell("−400"),
    "negative-cost": cell("-400"),
    "empty-cost": cell(""),
    "negative-capacity": swap("capacity.csv", "integration,1,4", "integration,1,-4"),
    "negative-budget": swap("budgets.csv", "1,1200,200", "1,-1200,200"),
    "not-whole": swap("projects.csv", "Patients,1,2,2,1", "Patients,1,2.5,2,1"),
    "neither-yes-nor-no": swap("projects.csv", "Patients,1,2,2,1", "Patients,1,2,2,maybe"),
    # Files, encodings and separators.
    "file-missing": drop("performance.csv"),
    "file-misnamed": both(put("budget.csv", SMALL["budgets.csv"]), drop("budgets.csv")),
    "capacity-without-demand": drop("capacity_demand.csv"),
    "no-resource": drop(
        "capacity_demand.csv",
        "capacity.csv",
        "costs.csv",
        "budgets.csv",
        "synergies.csv",
        "scenarios.csv",
        "policy_constraints.csv",
    ),
    "no-weights": drop("pairwise_judgements.csv", "swing_points.csv"),
    "groups-without-stakeholders": drop("stakeholders.csv"),
    "empty-file": put("costs.csv", ""),
    "only-a-header": put("costs.csv", "project_id,year,capital_k,revenue_k\n"),
    "utf-16": put("costs.csv", SMALL["costs.csv"].encode("utf-16")),
    "windows-1252": put("projects.csv", SMALL["projects.csv"].replace("Patient portal", "Café £2m").encode("cp1252")),
    "semicolons": put("costs.csv", SMALL["costs.csv"].replace(",", ";")),
    "tabs": put("costs.csv", SMALL["costs.csv"].replace(",", "\t")),
    "excel-hint": put("costs.csv", "sep=,\n" + SMALL["costs.csv"]),
    "row-too-short": swap("costs.csv", "P01,1,400,50", "P01,1,400"),
    "comma-in-text": swap("projects.csv", "Patient portal", "Patient portal, phase 2"),
    "quote-never-closed": swap("projects.csv", "Patient portal", '"Patient portal'),
    "quote-inside": swap("projects.csv", "Patient portal", '"Patient "portal"'),
    "cell-without-end": put("scenarios.csv", SMALL["scenarios.csv"] + "N6," + "x" * 200_000 + ",,,,,,\n"),
    "column-missing": swap("costs.csv", "project_id,", "project,"),
    "money-column-misspelt": swap("costs.csv", "capital_k", "captial_k"),
    "no-money-column": both(
        put("costs.csv", "project_id,year,capital\nP01,1,400\n"),
        drop("synergies.csv", "scenarios.csv", "policy_constraints.csv"),
    ),
    "optional-column-misspelt": swap("projects.csv", "mandatory", "mandatroy"),
    "column-twice": swap("costs.csv", "revenue_k", "capital_k"),
    "column-without-name": swap("costs.csv", "revenue_k", ""),
    "settings-unknown": put("decision.toml", 'title = "Digital plan"\n'),
    "settings-unreadable": put("decision.toml", "name = Digital plan\n"),
    # Identifiers.
    "project-unknown": swap("costs.csv", "P04,2,450,60", "P04,2,450,60\nP40,2,450,60"),
    "project-in-lower-case": swap("dependencies.csv", "D02,P01,P02", "D02,P01,p02"),
    "invisible-character": swap("dependencies.csv", "D02,P01,P02", "D02,P01,P02\u200b"),
    "project-twice": add("projects.csv", "P04,Virtual wards again,Patients,2,1,2,0,0.9,1.3,30\n"),
    "criterion-twice": add("criteria.csv", "C3,O1,2,Savings again,pounds,max,0,5,1\n"),
    "performance-twice": add("performance.csv", "P01,C1,0,1,2,3\n"),
    "stakeholder-twice": add("stakeholders.csv", "S01,finance,\n"),
    "cost-row-twice": add("costs.csv", "P04,2,450,60\n"),
    "project-without-costs": swap("costs.csv", "P04,2,450,60\n", ""),
    "team-unknown": swap("capacity_demand.csv", "P04,integration", "P04,integrations"),
    "group-unknown": swap("stakeholders.csv", "S03,finance", "S03,finnance"),
    # Years and dates.
    "year-out-of-range": swap("costs.csv", "P04,2", "P04,3"),
    "calendar-year": swap("capacity_demand.csv", "P04,integration,2", "P04,integration,2027"),
    "gap-between-years": swap("budgets.csv", "2,900,250", "3,900,250"),
    "start-out-of-range": swap("projects.csv", "Patients,2,1,2,0", "Patients,7,1,8,0"),
    "team-year-missing": swap("capacity.csv", "integration,2,3.5\n", ""),
    "benefits-before-start": swap("projects.csv", "Patients,2,1,2,0", "Patients,2,1,1,0"),
    "cost-range-reversed": swap("projects.csv", "2,1,2,0,0.9,1.3", "2,1,2,0,1.3,0.9"),
    # The criteria tree.
    "parents-missing": swap("criteria.csv", "criterion_id,parent_id,", "criterion_id,above,"),
    "no-goal": swap("criteria.csv", "G,,0", "G,O1,0"),
    "two-goals": swap("criteria.csv", "O1,G,1", "O1,,0"),
    "circle-in-the-tree": swap("criteria.csv", "O1,G,1", "O1,C1,1"),
    "parent-unknown": swap("criteria.csv", "C3,G,1", "C3,G1,1"),
    "level-wrong": swap("criteria.csv", "C1,O1,2", "C1,O1,1"),
    "is-leaf-wrong": swap("criteria.csv", "0,500,1", "0,500,0"),
    "inner-node-called-leaf": swap("criteria.csv", "Care,,,,,0", "Care,,,,,1"),
    "inner-node-measured": swap("criteria.csv", "Care,,,,,0", "Care,,max,0,10,0"),
    "direction-unknown": swap("criteria.csv", "year,max,0,500", "year,maximise,0,500"),
    "direction-missing": swap("criteria.csv", "year,max,0,500", "year,,0,500"),
    "references-equal": swap("criteria.csv", "max,0,500", "max,500,500"),
    "references-against-direction": swap("criteria.csv", "min,0,-20", "min,-20,0"),
    "weights-do-not-sum": _weights("0.5", "0.3", "0.3"),
    "weight-missing": _weights("0.5", "0.5", ""),
    # Performance.
    "do-nothing-missing": swap("performance.csv", "P04,C3,0,0,20,40", "P04,C3,,0,20,40"),
    "performance-row-missing": swap("performance.csv", "P04,C2,0,-3,-8,-10\n", ""),
    "performance-of-a-project-missing": swap(
        "performance.csv", "P04,C1,0,6,12,20\nP04,C2,0,-3,-8,-10\nP04,C3,0,0,20,40\n", ""
    ),
    "performance-on-inner-node": swap("performance.csv", "P04,C3", "P04,O1"),
    "pessimistic-in-some-rows": swap("performance.csv", "P04,C3,0,0,20", "P04,C3,0,,20"),
    # Judgements.
    "judgement-zero": swap("pairwise_judgements.csv", "S01,G,O1,C3,3", "S01,G,O1,C3,0"),
    "judgement-negative": swap("pairwise_judgements.csv", "S01,G,O1,C3,3", "S01,G,O1,C3,-3"),
    "judgement-divides-by-zero": swap("pairwise_judgements.csv", "S01,G,O1,C3,3", "S01,G,O1,C3,1/0"),
    "judgement-turned-into-a-date": swap("pairwise_judgements.csv", "S03,G,O1,C3,1/3", "S03,G,O1,C3,01-Mar"),
    "reciprocals-contradict": add("pairwise_judgements.csv", "S01,G,C3,O1,3\n"),
    "question-twice": add("pairwise_judgements.csv", "S01,G,O1,C3,5\n"),
    "compared-with-itself": swap("pairwise_judgements.csv", "S01,O1,C1,C2,2", "S01,O1,C1,C1,2"),
    "not-siblings": swap("pairwise_judgements.csv", "S01,O1,C1,C2,2", "S01,O1,C1,C3,2"),
    "wrong-parent": swap("pairwise_judgements.csv", "S01,O1,C1,C2,2", "S01,G,C1,C2,2"),
    "group-does-not-connect": swap("pairwise_judgements.csv", "S03,O1,C1,C2,1", "S03,O1,C1,C2,"),
    "group-without-members": swap("stakeholders.csv", "S03,finance", "S03,clinical"),
    "no-group-has-a-say": both(
        swap("groups.csv", "leadership,0.6", "leadership,0"), swap("groups.csv", "Finance,0.4", "Finance,0")
    ),
    "board-weight-negative": swap("groups.csv", "leadership,0.6", "leadership,-0.6"),
    "points-above-100": swap("swing_points.csv", "S01,C1,100", "S01,C1,120"),
    "points-all-zero": both(
        swap("swing_points.csv", "C1,100", "C1,0"),
        swap("swing_points.csv", "C2,60", "C2,0"),
        swap("swing_points.csv", "C3,40", "C3,0"),
    ),
    "points-missing": swap("swing_points.csv", "S01,C3,40\n", ""),
    "points-on-inner-node": swap("swing_points.csv", "S01,C3,40", "S01,C3,40\nS01,O1,10"),
    # Prerequisites, exclusions, mandatory projects.
    "requires-itself": swap("dependencies.csv", "D02,P01,P02", "D02,P01,P01"),
    "circle-of-prerequisites": add("dependencies.csv", "D03,P02,P01,all,\n"),
    "circle-through-every-alternative": add("dependencies.csv", "D03,P02,P04,all,\nD04,P03,P04,all,\n"),
    "logic-unknown": swap("dependencies.csv", "P02,all", "P02,both"),
    "logic-disagrees": swap("dependencies.csv", "P03,any", "P03,all"),
    "rule-of-two-projects": swap("dependencies.csv", "D02,P01", "D01,P01"),
    "mandatory-projects-exclude-each-other": both(
        swap("projects.csv", "P03,Cloud hosting,Infrastructure,1,2,2,0", "P03,Cloud hosting,Infrastructure,1,2,2,1"),
        swap("projects.csv", "P04,Virtual wards,Patients,2,1,2,0", "P04,Virtual wards,Patients,2,1,2,1"),
    ),
    "mandatory-requires-excluded": both(
        swap("projects.csv", "P04,Virtual wards,Patients,2,1,2,0", "P04,Virtual wards,Patients,2,1,2,1"),
        add("dependencies.csv", "D03,P01,P03,all,\n"),
    ),
    "mandatory-has-no-alternative-left": both(
        swap("projects.csv", "P04,Virtual wards,Patients,2,1,2,0", "P04,Virtual wards,Patients,2,1,2,1"),
        put(
            "dependencies.csv", "dependency_id,project_id,requires_project_id,logic\nD01,P01,P02,any\nD01,P01,P03,any\n"
        ),
        add("exclusions.csv", "X02,P02,\nX02,P04,\n"),
    ),
    "exclusion-of-one": swap("exclusions.csv", "X01,P04", "X02,P04"),
    # Synergies.
    "synergy-of-one": both(
        swap("synergies.csv", "Y01,P01;P02,performance", "Y01,P01,performance"),
        swap("synergies.csv", "Y01,P01;P02,capital_k", "Y01,P01,capital_k"),
    ),
    "synergy-member-unknown": swap(
        "synergies.csv", "Y01,P01;P02,capital_k,,1,-50,Shared licences\n", "Y02,P01;P20,capital_k,,1,-50,\n"
    ),
    "synergy-members-disagree": swap("synergies.csv", "P01;P02,capital_k", "P01;P03,capital_k"),
    "synergy-kind-unknown": swap("synergies.csv", "P02,capital_k", "P02,capital"),
    "synergy-criterion-unknown": swap("synergies.csv", "performance,C1", "performance,C9"),
    "synergy-criterion-missing": swap("synergies.csv", "performance,C1", "performance,"),
    "synergy-year-missing": swap("synergies.csv", "capital_k,,1", "capital_k,,"),
    # The Board's rules.
    "policy-type-unknown": swap("policy_constraints.csv", "max_count", "max_number"),
    "policy-column-unknown": swap("policy_constraints.csv", "max_count,category=", "max_count,categorie="),
    "policy-value-unknown": swap(
        "policy_constraints.csv", "max_count,category=Infrastructure", "max_count,category=Infrastructre"
    ),
    "policy-without-value": swap("policy_constraints.csv", "max_count,category=Infrastructure", "max_count,category"),
    "policy-can-never-be-met": swap("policy_constraints.csv", "min_count_each,category,1", "min_count_each,category,3"),
    "policy-for-each-of-nothing": swap("projects.csv", "P04,Virtual wards,Patients", "P04,Virtual wards,"),
    "policy-share-above-one": swap("policy_constraints.csv", "Infrastructure,0.6", "Infrastructure,60"),
    # Scenarios.
    "scenario-target-unknown": swap("scenarios.csv", "cut,budget", "cut,budgets"),
    "scenario-key-unknown": swap("scenarios.csv", "budget,capital_k", "budget,capital"),
    "scenario-operation-unknown": swap("scenarios.csv", "all,multiply", "all,times"),
    "scenario-value-missing": swap("scenarios.csv", "multiply,0.8", "multiply,"),
    "scenario-column-unknown": swap("scenarios.csv", "uplift_column,bias_pct", "uplift_column,optimism_pct"),
    "scenario-level-unknown": swap("scenarios.csv", "use_column,pessimistic", "use_column,pesimistic"),
    "scenario-group-unknown": swap("scenarios.csv", "weights,finance", "weights,finances"),
    "scenario-years-unreadable": swap("scenarios.csv", "1;2", "1-2"),
    "scenario-year-out-of-range": swap("scenarios.csv", "1;2", "1;3"),
    "scenario-below-nothing": swap("scenarios.csv", "add,-1", "add,-5"),
    # Several at once.
    "many-at-once": both(
        cell("£400"),
        swap("budgets.csv", "1,1200,200", "1,-1200,200"),
        swap("criteria.csv", "min,0,-20", "min,-20,0"),
        swap("synergies.csv", "P02,capital_k", "P02,capital"),
    ),
}
"""What breaks the small decision, one change a name."""
