"""What Excel hides and spoils: each refused or handled, with its sheet, its cell and the remedy."""

from __future__ import annotations

import datetime
import io
import zipfile

import openpyxl
import pytest

import mcda


@pytest.fixture
def book(tmp_path):
    """A valid workbook, and the check of what is made of it."""
    path = mcda.new(tmp_path / "plan.xlsx")

    class Book:
        sheets = openpyxl.load_workbook(path)

        def check(self):
            changed = tmp_path / "changed.xlsx"
            self.sheets.save(changed)
            return mcda.check(changed)

    return Book()


def only_fault(report):
    assert len(report.faults) == 1, str(report)
    return str(report.faults[0])


def test_a_formula_without_a_stored_result(book):
    book.sheets["costs"]["C3"] = "=C2*2"
    assert only_fault(book.check()) == (
        "costs!C3 (capital_k): The formula has no stored result. Allowed: a value, or a formula whose result is stored:"
        " open the workbook in Excel and save it. Found: '=C2*2'."
    )


def test_a_formula_with_its_result_is_a_number(tmp_path):
    xlsxwriter = pytest.importorskip("xlsxwriter")
    path = tmp_path / "formula.xlsx"
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet("budgets")
    sheet.write_row(0, 0, ["year", "capital_k"])
    sheet.write_number(1, 0, 1)
    sheet.write_formula(1, 1, "=A2*10", None, 10)
    made.close()
    faults = mcda.check(path).faults
    assert not any(fault.where.startswith("budgets") for fault in faults)


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#REF!"])
def test_an_error_value(book, error):
    book.sheets["budgets"]["B2"] = error
    message = only_fault(book.check())
    assert message.startswith("budgets!B2 (capital_k): The cell holds an Excel error. Allowed: a value; correct the")
    assert message.endswith(f"Found: '{error}'.")


def test_a_fraction_that_became_a_date(book):
    book.sheets["pairwise_judgements"]["E6"] = datetime.datetime(2026, 3, 1)
    message = only_fault(book.check())
    assert message.startswith("pairwise_judgements!E6 (judgement): The cell holds a date. Allowed: ")
    assert "Excel turns 1/3 into a date" in message
    assert message.endswith("Found: '2026-03-01'.")


def test_a_date_among_words_is_kept(book):
    book.sheets["projects"]["M4"] = datetime.datetime(2027, 4, 1)
    report = book.check()
    assert report.ok
    assert report.decision.projects[2].mandatory_reason == "2027-04-01"


def test_merged_cells(book):
    book.sheets["costs"].merge_cells("C3:C4")
    report = book.check()
    assert str(report.faults[0]) == (
        "costs!C3 (capital_k): Cells are merged, and only the first of them holds a value. Allowed: one entry per cell:"
        " unmerge them and fill each. Found: merged cells C3:C4."
    )


def test_hidden_rows_columns_and_sheets_are_read_and_said(book):
    book.sheets["costs"].row_dimensions[3].hidden = True
    book.sheets["costs"].column_dimensions["D"].hidden = True
    book.sheets["groups"].sheet_state = "hidden"
    report = book.check()
    assert report.ok
    assert report.decision.resource("capital_k").use.sum() == 3650
    said = [f"{warning.where}: {warning.what}; {warning.found}" for warning in report.warnings]
    assert "sheet costs: Hidden rows are read; hidden rows 3" in said
    assert "sheet costs: Hidden columns are read; hidden columns D" in said
    assert "sheet groups: The sheet is hidden, but it is read; hidden" in said


def test_numbers_stored_as_text_are_numbers_and_words_are_not(book):
    book.sheets["budgets"]["B2"] = "1500"
    book.sheets["budgets"]["C2"] = "200 k"
    message = only_fault(book.check())
    assert message.startswith("budgets!C2 (revenue_k): The number has a unit.")


def test_blanks_around_the_table_make_no_difference(book):
    sheet = book.sheets["budgets"]
    sheet.insert_rows(1, 2)
    sheet["B9"] = "   "
    sheet["H4"] = None
    report = book.check()
    assert report.ok, str(report)
    book.sheets["budgets"]["B5"] = "many"
    assert only_fault(book.check()).startswith("budgets!B5 (capital_k): ")


def test_something_beside_the_table(book):
    book.sheets["budgets"]["E3"] = "note to self"
    assert only_fault(book.check()).startswith("budgets!1:1 (column 5): A column has no name.")


def test_a_flag_and_a_true_value(book):
    book.sheets["projects"]["L3"] = True
    report = book.check()
    assert report.decision.projects[1].mandatory


def test_sheets_with_other_names(book):
    book.sheets["dependencies"].title = "dependancies"
    book.sheets.create_sheet("my notes")["A1"] = "hello"
    report = book.check()
    assert [(fault.where, fault.allowed) for fault in report.faults] == [
        ("sheet dependancies", "'dependencies', if that is meant")
    ]
    assert [warning.where for warning in report.warnings] == ["sheet my notes"]


def test_a_missing_sheet_and_an_unknown_identifier(book):
    del book.sheets["criteria"]
    book.sheets["costs"]["A2"] = "p01"
    found = [str(fault) for fault in book.check().faults]
    assert any(fault.startswith("sheet criteria") for fault in found)
    assert any(fault.startswith("costs!A2 (project_id): 'p01' is not defined in ") for fault in found)


def test_settings(book):
    book.sheets["decision"]["B2"] = "Plan 2027"
    assert book.check().decision.name == "Plan 2027"
    book.sheets["decision"]["A3"] = "colour"
    assert only_fault(book.check()).startswith("decision!A3 (setting): The setting is not known.")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"hello", "is not an Excel workbook"),
        (b"", "is not an Excel workbook"),
        (b"\xd0\xcf\x11\xe0 old", "is an old .xls workbook, or is protected by a password"),
        (b"PK\x03\x04 cut off", "is not an Excel workbook"),
    ],
)
def test_what_is_no_workbook(tmp_path, content, words):
    path = tmp_path / "plan.xlsx"
    path.write_bytes(content)
    with pytest.raises(mcda.InputError, match=words):
        mcda.check(path)


def test_paths_that_are_not_there_or_of_another_kind(tmp_path):
    with pytest.raises(mcda.InputError, match="There is no workbook"):
        mcda.load(tmp_path / "none.xlsx")
    with pytest.raises(mcda.InputError, match=r"of another kind. Save it as 'Excel Workbook \(\*.xlsx\)'"):
        mcda.load(tmp_path / "plan.xls")


def with_part(path, name, content):
    """The workbook with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in old.infolist():
            archive.writestr(part.filename, content if part.filename == name else old.read(part))
        if name not in old.namelist():
            archive.writestr(name, content)
    changed = path.with_name("changed.xlsx")
    changed.write_bytes(out.getvalue())
    return changed


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = with_part(mcda.new(tmp_path / "plan.xlsx"), "xl/media/image1.xml", b"0" * (101 * 2**20))
    assert path.stat().st_size < 2**20
    with pytest.raises(mcda.InputError, match=r"unpacks to 101 MiB in .* parts; at most 100 MiB"):
        mcda.check(path)


def test_too_many_parts_are_refused(tmp_path):
    path = mcda.new(tmp_path / "plan.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(2001):
            archive.writestr(f"x/{number}", b"")
    with pytest.raises(mcda.InputError, match=r"in 2,\d\d\d parts"):
        mcda.check(path)


def test_entities_are_refused(tmp_path):
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    path = with_part(mcda.new(tmp_path / "plan.xlsx"), "xl/sharedStrings.xml", bomb)
    with pytest.raises(mcda.InputError, match=r"defines entities in xl/sharedStrings.xml, which Excel never does"):
        mcda.check(path)


def test_a_damaged_part_is_one_clear_error(tmp_path):
    path = with_part(mcda.new(tmp_path / "plan.xlsx"), "xl/workbook.xml", b"<workbook")
    with pytest.raises(mcda.InputError, match="cannot be read as a workbook"):
        mcda.check(path)


def test_formatting_far_below_costs_nothing(book):
    book.sheets["costs"]["A1048576"].font = openpyxl.styles.Font(bold=True)
    assert book.check().ok
