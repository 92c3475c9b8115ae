"""Folders that are legal although they look different: what may vary, and what may be left out."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

import mcda
from tests.mcda.files.decisions import equal
from tests.mcda.files.small import SMALL, write

PROJECTS = "project_id\nA\nB\n"
CRITERIA = "criterion_id,direction,reference_worse,reference_better,weight\nquality,max,0,10,0.75\nspeed,min,5,0,0.25\n"
PERFORMANCE = (
    "project_id,criterion_id,do_nothing,most_likely\nA,quality,0,4\nA,speed,0,-1\nB,quality,0,6\nB,speed,0,0\n"
)
BUDGETS = "year,capital_k\n1,100\n"
COSTS = "project_id,year,capital_k\nA,1,60\nB,1,70\n"
LEAST = {
    "projects.csv": PROJECTS,
    "criteria.csv": CRITERIA,
    "performance.csv": PERFORMANCE,
    "budgets.csv": BUDGETS,
    "costs.csv": COSTS,
}

SAME = {
    "byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "line ends of an old Mac": lambda text: text.replace("\n", "\r").encode(),
    "no line end at the end": lambda text: text.rstrip("\n").encode(),
    "blank lines": lambda text: text.replace("\n", "\n\n").encode(),
    "empty rows and columns, as Excel leaves them": lambda text: (
        text.replace("\n", ",,\n") + "," * (text.partition("\n")[0].count(",") + 2) + "\n"
    ).encode(),
    "spaces around cells": lambda text: text.replace(",", " , ").encode(),
    "everything in quotation marks": lambda text: "\n".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) for line in text.splitlines()
    ).encode(),
}


@pytest.mark.parametrize("way", SAME)
def test_the_same_decision_written_differently_is_the_same(way, tmp_path):
    plain, other = tmp_path / "plain", tmp_path / "other"
    plain.mkdir()
    other.mkdir()
    one = mcda.load(write(plain, SMALL))
    two = mcda.load(write(other, {name: SAME[way](text) for name, text in SMALL.items()}))
    assert equal(one, two)
    assert one.input_sha256 == two.input_sha256


def test_the_hash_is_that_of_every_cell_and_of_the_settings(tmp_path):
    hashes = {mcda.load(write(tmp_path, SMALL)).input_sha256}
    changed = {**SMALL, "projects.csv": SMALL["projects.csv"].replace("Patient portal", "Patient gateway")}
    hashes.add(mcda.load(write(tmp_path, changed)).input_sha256)
    hashes.add(mcda.load(write(tmp_path, {**SMALL, "decision.toml": 'name = "Plan"\n'})).input_sha256)
    assert len(hashes) == 3
    assert all(len(value) == 64 for value in hashes)


def test_the_least_that_a_decision_needs(tmp_path):
    decision = mcda.load(write(tmp_path, LEAST))
    assert decision.criteria.leaf_ids == ("quality", "speed")
    assert [leaf.weight for leaf in decision.criteria.leaves] == [0.75, 0.25]
    assert decision.criteria.goal == "goal"
    assert decision.name == "Decision"
    assert decision.groups == decision.stakeholders == decision.synergies == decision.scenarios == ()
    assert decision.performance.pessimistic is None
    assert decision.project("A").planned_start_year is None
    assert decision.years == (1,)


def test_teams_alone_are_enough(tmp_path):
    files = {name: text for name, text in LEAST.items() if name not in ("budgets.csv", "costs.csv")}
    files["capacity.csv"] = "team,year,fte_available\nnurses,2027,3\nnurses,2028,\n"
    files["capacity_demand.csv"] = "project_id,team,year,fte\nA,nurses,2027,1\n"
    report = mcda.check(write(tmp_path, files))
    (team,) = report.decision.resources
    assert report.decision.years == (2027, 2028)
    assert team.available.tolist() == [3, np.inf]
    assert team.use.tolist() == [[1, 0], [0, 0]]
    assert [str(warning) for warning in report.warnings] == [
        (
            "capacity.csv:3:fte_available: No limit is stated, so this team is unlimited in this year. "
            "Allowed: a number if there is a limit. Found: an empty cell."
        )
    ]


def test_judgements_alone_make_one_group_of_everyone(tmp_path):
    criteria = "\n".join(line.rpartition(",")[0] for line in CRITERIA.splitlines()) + "\n"
    judged = "stakeholder_id,criterion_a,criterion_b,judgement\nAnn,quality,speed,1/7\nBob,quality,speed,\n"
    report = mcda.check(write(tmp_path, {**LEAST, "criteria.csv": criteria, "pairwise_judgements.csv": judged}))
    decision = report.decision
    assert [group.id for group in decision.groups] == ["everyone"]
    assert [(person.id, person.group) for person in decision.stakeholders] == [("Ann", "everyone"), ("Bob", "everyone")]
    assert [(said.parent, said.value) for said in decision.judgements] == [("goal", 1 / 7), ("goal", None)]


def test_points_alone_are_enough(tmp_path):
    criteria = "\n".join(line.rpartition(",")[0] for line in CRITERIA.splitlines()) + "\n"
    points = "stakeholder_id,criterion_id,points\nAnn,quality,100\nAnn,speed,30\n"
    decision = mcda.load(write(tmp_path, {**LEAST, "criteria.csv": criteria, "swing_points.csv": points}))
    assert [given.points for given in decision.swing_points] == [100, 30]


def test_one_criterion_is_a_tree(tmp_path):
    files = {
        **LEAST,
        "criteria.csv": CRITERIA.splitlines()[0].replace(",", ",parent_id,", 1) + "\nquality,,max,0,9,1\n",
        "performance.csv": "project_id,criterion_id,do_nothing,most_likely\nA,quality,0,4\nB,quality,0,6\n",
    }
    assert mcda.load(write(tmp_path, files)).criteria.leaf_ids == ("quality",)


@pytest.mark.parametrize(("yes", "no"), [("1", "0"), ("TRUE", "FALSE"), ("yes", "No"), ("1", "")])
def test_flags_as_people_write_them(yes, no, tmp_path):
    files = {**LEAST, "projects.csv": f"project_id,mandatory\nA,{yes}\nB,{no}\n"}
    assert [project.mandatory for project in mcda.load(write(tmp_path, files)).projects] == [True, False]


def test_a_reciprocal_answer_is_counted_once_and_fills_a_gap(tmp_path):
    turned = {**SMALL, "pairwise_judgements.csv": SMALL["pairwise_judgements.csv"] + "S01,G,C3,O1,1/3\n"}
    assert len(mcda.load(write(tmp_path, turned)).judgements) == 6
    filled = SMALL["pairwise_judgements.csv"].replace("S01,G,O1,C3,3", "S01,G,O1,C3,") + "S01,G,C3,O1,1/3\n"
    said = mcda.load(write(tmp_path, {**SMALL, "pairwise_judgements.csv": filled})).judgements[0]
    assert (said.a, said.b, said.value) == ("C3", "O1", 1 / 3)


def test_years_without_a_row_of_costs_cost_nothing(tmp_path):
    decision = mcda.load(write(tmp_path, SMALL))
    assert decision.resource("capital_k").use[3].tolist() == [0, 450]


def test_a_circle_with_a_way_out_is_legal(tmp_path):
    """P04 needs P02 or P03; P02 needs P04. P03 can start, so all can."""
    rules = SMALL["dependencies.csv"] + "D03,P02,P04,all,\n"
    assert len(mcda.load(write(tmp_path, {**SMALL, "dependencies.csv": rules})).dependencies) == 3


def test_columns_of_ones_own_are_kept_in_projects_and_named_elsewhere(tmp_path):
    files = {
        **LEAST,
        "projects.csv": "project_id,owner,zone\nA,Ann,\nB,Bob,north\n",
        "costs.csv": COSTS.replace("capital_k", "capital_k,source").replace("0\n", "0,quote\n"),
        "notes.csv": "anything\n",
    }
    report = mcda.check(write(tmp_path, files))
    assert report.decision.project("B").field("zone") == "north"
    assert report.decision.project("A").extra == (("owner", "Ann"), ("zone", ""))
    assert [str(warning).partition(".")[0] + str(warning).partition("csv")[2] for warning in report.warnings] == [
        "costs:1:source: The column is not read. Allowed: the columns project_id, year. Found: 'source'.",
        (
            "notes: The file is not read. Allowed: the files of a decision: projects, criteria, performance, budgets, "
            "costs, capacity, capacity_demand, groups, stakeholders, pairwise_judgements, swing_points, dependencies, "
            "exclusions, synergies, policy_constraints, scenarios. Found: 'notes.csv'."
        ),
    ]


WARNED = {
    "levels out of order": (
        ("performance.csv", "P01,C1,0,5,10,15", "P01,C1,0,5,10,9"),
        (
            "performance.csv:2:optimistic: The optimistic level is worse than the most likely one. Allowed: "
            "pessimistic, most_likely, optimistic from worse to better (more is better). Found: 9 against 10."
        ),
    ),
    "levels out of order where less is better": (
        ("performance.csv", "P01,C2,0,-2,-4,-6", "P01,C2,0,-5,-4,-6"),
        (
            "performance.csv:3:pessimistic: The pessimistic level is better than the most likely one. Allowed: "
            "pessimistic, most_likely, optimistic from worse to better (less is better). Found: -5 against -4."
        ),
    ),
    "beyond the scale": (
        ("pairwise_judgements.csv", "S01,G,O1,C3,3", "S01,G,O1,C3,12"),
        (
            "pairwise_judgements.csv:2:judgement: The judgement is outside the usual scale. "
            "Allowed: 1/9 to 9. Found: '12'."
        ),
    ),
    "a gap that the group fills": (
        ("pairwise_judgements.csv", "S02,O1,C1,C2,1/2", "S02,O1,C1,C2,"),
        (
            "pairwise_judgements.csv:5:judgement: The answers of stakeholder S02 do not yield weights below O1; "
            "the group's view is used instead. Allowed: answers that link C1, C2, directly or through one another. "
            "Found: no link between C1 and C2."
        ),
    ),
    "a silent stakeholder": (
        ("stakeholders.csv", "S03,finance,Finance Director", "S03,finance,Finance Director\nS04,finance,Accountant"),
        (
            "stakeholders.csv:5:stakeholder_id: S04 has judged nothing. Allowed: answers in pairwise_judgements.csv or "
            "swing_points.csv. Found: none."
        ),
    ),
    "no limit": (
        ("budgets.csv", "1,1200,200", "1,1200,"),
        (
            "budgets.csv:2:revenue_k: No limit is stated, so this money is unlimited in this year. "
            "Allowed: a number if there is a limit. Found: an empty cell."
        ),
    ),
    "money without a budget": (
        ("budgets.csv", "year,capital_k,revenue_k\n1,1200,200\n2,900,250", "year,capital_k\n1,1200\n2,900"),
        (
            "costs.csv:1:revenue_k: The costs have no limit: budgets.csv has no column revenue_k. "
            "Allowed: a column revenue_k in budgets.csv if there is a limit. Found: year, capital_k."
        ),
    ),
    "mandatory projects that do not fit": (
        ("budgets.csv", "1,1200,200", "1,399,200"),
        (
            "budgets.csv:2:capital_k: The mandatory projects alone need more capital_k than there is in year 1. "
            "Allowed: at least 400, unless a synergy lowers it. Found: '399'."
        ),
    ),
}


@pytest.mark.parametrize("name", WARNED)
def test_what_is_legal_but_deserves_a_look(name, tmp_path):
    (file, old, new), warning = WARNED[name]
    assert SMALL[file].count(old) == 1
    report = mcda.check(write(tmp_path, {**SMALL, file: SMALL[file].replace(old, new)}))
    assert report.faults == ()
    assert [str(one) for one in report.warnings] == [warning]
    assert report.decision is not None


def test_a_synergy_that_can_never_happen(tmp_path):
    files = {**SMALL, "synergies.csv": SMALL["synergies.csv"].replace("P01;P02", "P03;P04")}
    report = mcda.check(write(tmp_path, files))
    assert [str(one) for one in report.warnings] == [
        (
            "synergies.csv:2:members: Y01 can never happen, as P03 and P04 exclude each other. "
            "Allowed: members that can be funded together. Found: 'P03;P04'."
        )
    ]


def test_a_file_that_cannot_be_opened_is_a_fault(tmp_path):
    write(tmp_path, {name: text for name, text in SMALL.items() if name != "costs.csv"})
    (tmp_path / "costs.csv").mkdir()
    (fault,) = mcda.check(tmp_path).faults
    assert str(fault).startswith(
        "costs.csv: The file cannot be opened. Allowed: a file that you have permission to read. Found: "
    )


@pytest.mark.parametrize(("name", "message"), [("absent", "is not there"), ("file.csv", "is a file")])
def test_what_is_not_a_folder_is_refused(name, message, tmp_path):
    (tmp_path / "file.csv").write_text("x")
    with pytest.raises(mcda.InputError, match=rf"{message}\. Give the folder that holds them"):
        mcda.load(tmp_path / name)


def test_a_report_prints_counts_and_travels(tmp_path):
    broken = {**SMALL, "costs.csv": SMALL["costs.csv"].replace("400", "£400")}
    report = mcda.check(write(tmp_path, broken))
    assert repr(report) == "CheckReport(1 fault, 0 warnings)"
    assert str(report).splitlines()[0] == "1 fault, 0 warnings"
    frame = report.to_frame()
    assert list(frame.columns) == ["kind", "where", "what", "allowed", "found"]
    assert frame["where"].tolist() == ["costs.csv:2:capital_k"]
    assert "costs.csv:2:capital_k" in report._repr_html_()
    with pytest.raises(mcda.FaultsError) as caught:
        mcda.load(tmp_path)
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert (type(again), again.faults, str(again)) == (mcda.FaultsError, caught.value.faults, str(caught.value))
    assert str(again).startswith("The input has 1 fault:\n  costs.csv:2:capital_k: ")
