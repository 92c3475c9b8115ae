"""The result for spreadsheets: the same figures as the result itself, and a user's text is never a formula."""

from __future__ import annotations

import csv
from dataclasses import replace

import openpyxl
import pytest

import mcda

EVIL = ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx", "<script>alert(1)</script>"]


@pytest.fixture(scope="module")
def result():
    decision = mcda.load(mcda.dataset("nhs-digital"))
    return mcda.select(decision), mcda.weigh_decision(decision), mcda.compare_groups(decision)


def evil(selection):
    """The same selection of a decision whose projects have names that a spreadsheet might run."""
    projects = [replace(project, name=EVIL[row % len(EVIL)]) for row, project in enumerate(selection.decision.projects)]
    return replace(selection, decision=replace(selection.decision, projects=tuple(projects)))


def test_the_tables_say_what_the_result_says(result):
    selection = result[0]
    tables = {table.name: table.frame for table in mcda.result_tables(*result)}
    assert list(tables) == ["summary", "projects", "use", "values", "synergies", "weights", "groups", "overlap"]
    projects = tables["projects"].set_index("project_id")
    assert tuple(projects.index[projects["funded"] == "yes"]) == selection.selected
    synergies = tables["synergies"]
    happening = synergies.loc[synergies["happens"] == "yes", "value"].sum()
    assert projects.loc[list(selection.selected), "value"].sum() + happening == pytest.approx(selection.value)
    assert (tables["values"].iloc[:, 2:].sum(axis=1) - projects["value"].to_numpy()).abs().max() < 1e-9
    assert tables["weights"].set_index("criterion_id")["board"].sum() == pytest.approx(1)
    assert tables["use"].query("resource == 'capital_k'")["use"].sum() == selection.total_use("capital_k")
    assert tables["groups"].shape == (6, 7)
    for table in mcda.result_tables(*result):
        assert len(table.forms) == len(table.frame.columns)


def test_the_workbook_holds_the_same_figures_and_the_same_bytes(result, tmp_path):
    one, two = (mcda.write_result_workbook(tmp_path / name, *result) for name in ("1.xlsx", "2.xlsx"))
    assert one.read_bytes() == two.read_bytes()
    book = openpyxl.load_workbook(one)
    for table in mcda.result_tables(*result):
        sheet = book[table.name]
        assert [cell.value for cell in sheet[3]][: len(table.forms)] == list(map(str, table.frame.columns))
        for row, record in enumerate(table.frame.itertuples(index=False), start=4):
            for column, (value, form) in enumerate(zip(record, table.forms, strict=True), start=1):
                stored = sheet.cell(row, column).value
                assert stored == (value if form == "text" else pytest.approx(value, nan_ok=True)) or value != value  # noqa: PLR0124
    assert len(book["use"]._charts) == 9
    assert len(book["weights"]._charts) == 1


def test_without_a_portfolio_there_is_still_a_summary(tmp_path):
    decision = mcda.load(mcda.dataset("starter"))
    selection = mcda.select(decision, force=["P02", "P05"])
    assert not selection.found
    frame = mcda.result_tables(selection)[0].frame.set_index("item")["figure"]
    assert frame["Answer"] == "infeasible"
    assert mcda.write_result_workbook(tmp_path / "none.xlsx", selection).exists()


def test_names_are_never_formulas_in_the_workbook(result, tmp_path):
    path = mcda.write_result_workbook(tmp_path / "evil.xlsx", evil(result[0]))
    sheet = openpyxl.load_workbook(path)["projects"]
    for row, name in enumerate(EVIL, start=4):
        cell = sheet.cell(row, 2)
        assert cell.data_type == "s"
        assert cell.value.strip() == name.strip()


def test_names_are_never_formulas_in_csv(result, tmp_path):
    files = mcda.write_result_csv(tmp_path / "tables", evil(result[0]))
    for path in files:
        with path.open(encoding="utf-8", newline="") as file:
            for record in csv.DictReader(file):
                for column in ("project", "members", "item", "figure"):
                    assert not record.get(column, "x").startswith(("=", "+", "-", "@", "\t", "\r"))
    rows = list(csv.DictReader((tmp_path / "tables" / "projects.csv").read_text("utf-8").splitlines()))
    assert rows[0]["project"] == "'=HYPERLINK(1)"
    assert min(float(row["value"]) for row in rows) == pytest.approx(result[0].values.projects.min())
