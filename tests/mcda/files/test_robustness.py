"""Whatever stands in the files, a check ends in faults or in a decision, never in a traceback."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import mcda
from tests.mcda.files.small import SMALL, write

ODD = (
    "", "x", "-1", "0", "2", "nan", "1e999", "1/0", "P01", "S01", "G", "C1", "1;2", ";", "=", "all", "any", "'",
    "99999999999999999999", "\u200b", "performance", "category=", "P01;P01", "P01;P02;P03", "a:b", "Ünï", '"', "\n",
)  # fmt: skip


def rows_of(text):
    return list(csv.reader(io.StringIO(text)))


def text_of(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


@st.composite
def mangled(draw):
    """A few cells replaced, rows and columns left out or repeated, bytes changed, files lost."""
    files = dict(SMALL)
    for name in draw(st.lists(st.sampled_from(sorted(SMALL)), min_size=1, max_size=3, unique=True)):
        rows = rows_of(files[name])
        row = draw(st.integers(0, len(rows) - 1))
        column = draw(st.integers(0, len(rows[0]) - 1))
        way = draw(
            st.sampled_from(["cell", "cell", "no row", "row twice", "no column", "only header", "bytes", "lost"])
        )
        if way == "cell":
            rows[row][column] = draw(st.sampled_from(ODD))
        elif way == "no row":
            del rows[row]
        elif way == "row twice":
            rows.append(rows[row])
        elif way == "no column":
            rows = [cells[:column] + cells[column + 1 :] for cells in rows]
        elif way == "only header":
            rows = rows[:1]
        files[name] = text_of(rows)
        if way == "bytes":
            content = bytearray(SMALL[name].encode())
            content[draw(st.integers(0, len(content) - 1))] = draw(st.integers(0, 255))
            files[name] = bytes(content)
        elif way == "lost":
            del files[name]
    return files


@settings(max_examples=250)
@given(mangled())
def test_a_check_ends_in_faults_or_in_a_decision(files):
    with tempfile.TemporaryDirectory() as folder:
        report = mcda.check(write(Path(folder), files))
    assert (report.decision is None) == bool(report.faults)
    for fault in (*report.faults, *report.warnings):
        assert fault.what
        assert fault.allowed
        assert fault.found
