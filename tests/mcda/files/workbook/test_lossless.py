"""A decision goes to a workbook and back without a difference, whatever stands in it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mcda
from mcda.files._faults import Collector
from mcda.files._tables import RawTable
from mcda.files.workbook import read_workbook, write_workbook
from tests.mcda.files.decisions import decisions, equal

FLAGSHIP = mcda.dataset("nhs-digital")


def test_the_flagship_comes_back_byte_for_byte(tmp_path):
    book = mcda.convert(FLAGSHIP, tmp_path / "plan.xlsx")
    folder = mcda.convert(book, tmp_path / "plan")
    assert mcda.load(book).input_sha256 == mcda.load(FLAGSHIP).input_sha256
    files = sorted(path.name for path in FLAGSHIP.glob("*.csv"))
    assert sorted(path.name for path in folder.iterdir()) == files
    for name in files:
        assert (folder / name).read_bytes() == (FLAGSHIP / name).read_bytes(), name


def test_the_same_decision_makes_the_same_bytes(tmp_path):
    one, two = (mcda.convert(FLAGSHIP, tmp_path / name) for name in ("one.xlsx", "two.xlsx"))
    assert one.read_bytes() == two.read_bytes()


@settings(max_examples=25)
@given(decisions())
def test_a_decision_saved_to_a_workbook_is_read_back_equal(decision):
    with tempfile.TemporaryDirectory() as folder:
        assert equal(mcda.load(mcda.save(decision, Path(folder) / "saved.xlsx")), decision)


cells = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=20).map(str.strip)
tricky = st.sampled_from(
    [
        *("=1+1", "+1", "-2+3", "@SUM(A1)", "{=A1}", "'quoted", "TRUE", "#N/A", "_x0041_", '<b>&"x"'),
        *("1/3", "0.10", "007", "1e-7", "12.5", "1E5", "1,200", "£5", "99999999999999999999", "0.1", "-0", "3 Mar"),
        *("http://example.org", "internal:x"),
    ]
)


@settings(max_examples=60)
@given(st.lists(st.tuples(cells | tricky, cells | tricky, tricky, tricky), min_size=1, max_size=6))
def test_cells_of_any_text_come_back_as_they_were(rows):
    columns = ("project_id", "name", "mandatory", "ramp_year1")
    rows = tuple(row for row in rows if any(row))
    table = RawTable("projects", "projects.csv", columns, rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        write_workbook(path, {"projects": table}, {"name": "=Plan"})
        faults = Collector()
        tables, settings = read_workbook(path, faults)
    assert not faults.faults
    assert settings == {"name": "=Plan"}
    if rows:
        assert (tables["projects"].columns, tables["projects"].rows) == (columns, rows)


def test_a_text_too_long_for_excel_is_refused_and_nothing_is_written(tmp_path):
    table = RawTable("projects", "projects.csv", ("project_id", "name"), (("P01", "x" * 32_768),))
    with pytest.raises(mcda.InputError, match=r"projects!B2: a text of 32,768 characters does not fit"):
        write_workbook(tmp_path / "long.xlsx", {"projects": table}, {})
    assert not (tmp_path / "long.xlsx").exists()


def test_nothing_is_overwritten(tmp_path):
    book = mcda.new(tmp_path / "plan.xlsx")
    before = book.read_bytes()
    for write in (lambda: mcda.new(book), lambda: mcda.convert(FLAGSHIP, book)):
        with pytest.raises(mcda.InputError, match="exists, and nothing is overwritten"):
            write()
    assert book.read_bytes() == before


@pytest.mark.parametrize("target", ["plan.xlsx", "plan"])
def test_a_new_decision_is_ready_to_use(tmp_path, target):
    report = mcda.check(mcda.new(tmp_path / target))
    assert (report.faults, report.warnings) == ((), ())
    assert report.decision.input_sha256
    assert mcda.select(report.decision).selected == ("P01", "P02", "P03", "P04")


def test_the_optional_sheets_of_a_new_workbook_may_stay_empty(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    path = mcda.new(tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(path)
    for name in ("capacity", "capacity_demand", "synergies", "swing_points", "exclusions", "policy_constraints"):
        book[name].delete_rows(2, 100)
    scenarios = book["scenarios"]
    scenarios.delete_rows(3, 1)
    book.save(tmp_path / "less.xlsx")
    report = mcda.check(tmp_path / "less.xlsx")
    assert report.faults == ()
    assert [resource.id for resource in report.decision.resources] == ["capital_k", "revenue_k"]
