"""DataFrames make the same decision as files, and their faults name row labels and columns."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest

import mcda
from tests.mcda.files.decisions import equal
from tests.mcda.files.small import SMALL, write


def frames(**changes):
    tables = {name.removesuffix(".csv"): pd.read_csv(io.StringIO(text)) for name, text in SMALL.items()}
    return tables | changes


@pytest.fixture
def from_files(tmp_path):
    return mcda.load(write(tmp_path, SMALL))


def test_the_same_decision_as_from_files(from_files):
    decision = mcda.decision_from_frames(frames())
    assert equal(decision, from_files)


def test_the_same_hash_where_the_cells_are_the_same(from_files):
    text = {name: frame.astype(str).replace("nan", "") for name, frame in frames().items()}
    whole = {name: pd.read_csv(io.StringIO(SMALL[f"{name}.csv"]), dtype=str) for name in text}
    assert mcda.decision_from_frames(whole).input_sha256 == from_files.input_sha256
    assert mcda.decision_from_frames(frames()).input_sha256 == from_files.input_sha256


def test_identifiers_may_stand_in_the_index(from_files):
    indexed = frames()
    indexed["projects"] = indexed["projects"].set_index("project_id")
    indexed["costs"] = indexed["costs"].set_index(["project_id", "year"])
    assert equal(mcda.decision_from_frames(indexed), from_files)


def test_missing_values_and_flags_of_every_type(from_files):
    projects = frames()["projects"]
    projects["mandatory"] = projects["mandatory"].astype(bool)
    projects["planned_start_year"] = projects["planned_start_year"].astype(float)
    projects["duration_years"] = projects["duration_years"].astype("Int64")
    projects["name"] = projects["name"].astype("string")
    assert equal(mcda.decision_from_frames(frames(projects=projects)), from_files)
    projects["duration_years"] = pd.array([pd.NA, 2, 2, 1], dtype="Int64")
    projects.loc[0, "name"] = None
    first = mcda.decision_from_frames(frames(projects=projects)).projects[0]
    assert (first.name, first.duration_years) == ("", None)


def test_a_name_can_be_given():
    assert mcda.decision_from_frames(frames(), name="Digital plan").name == "Digital plan"


def test_faults_name_the_row_label_and_the_column():
    costs = frames()["costs"].astype({"capital_k": object})
    costs.index = [f"line {letter}" for letter in "abcdefg"]
    costs.loc["line b", "capital_k"] = "1,200"
    costs.loc["line c", "capital_k"] = np.inf
    costs.loc["line d", "year"] = 9
    with pytest.raises(mcda.FaultsError) as caught:
        mcda.decision_from_frames(frames(costs=costs.rename(columns={"revenue_k": "revenu_k"})))
    assert [str(fault) for fault in caught.value.faults] == [
        (
            "budgets[columns, revenue_k]: The budget has no costs: costs has no column revenue_k. "
            "Allowed: a column revenue_k in costs too. "
            "Found: project_id, year, capital_k, revenu_k; the nearest is 'revenu_k'."
        ),
        (
            "costs[line b, capital_k]: The number has a thousands separator. "
            "Allowed: a number of at least 0, such as 1200 or 12.5. Found: '1,200'."
        ),
        (
            "costs[line c, capital_k]: The number is not finite. "
            "Allowed: a number of at least 0, such as 1200 or 12.5. Found: 'inf'."
        ),
        "costs[line d, year]: Year 9 is out of range. Allowed: a planning year of budgets, 1 to 2. Found: '9'.",
    ]


def test_a_missing_table_is_a_fault():
    tables = frames()
    del tables["performance"]
    with pytest.raises(mcda.FaultsError, match=r"performance: The table is missing"):
        mcda.decision_from_frames(tables)


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        (
            {"project": pd.DataFrame()},
            r"There is no table 'project'\. Allowed: one of projects, .*the nearest is 'projects'",
        ),
        ({"projects": [["P01"]]}, r"The table 'projects' must be a pandas DataFrame\. Got list\."),
        (
            {"projects": pd.DataFrame([["P01", "P02"]], columns=["project_id", "project_id"])},
            r"The columns of 'projects' must differ\. Found twice: project_id\.",
        ),
    ],
)
def test_what_is_no_table_is_refused(tables, message):
    with pytest.raises(mcda.InputError, match=message):
        mcda.decision_from_frames(tables)
