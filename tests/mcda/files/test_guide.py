"""The guide's tables name every column, in order, and say correctly which are needed."""

from __future__ import annotations

import re
from pathlib import Path

from mcda.decision import SCENARIO_OPERATIONS
from mcda.files._schema import TABLES

GUIDE = Path(__file__).parents[3] / "docs" / "guide" / "files.md"


def tables_of_the_guide():
    tables, rows = [], []
    for line in GUIDE.read_text("utf-8").splitlines():
        if line == "| column | | meaning and allowed values |":
            rows = []
            tables.append(rows)
        elif match := re.fullmatch(r"\| ([a-z0-9_]+) \| (needed|column|) ?\| .+ \|", line):
            rows.append((match[1], match[2]))
        elif not line.startswith("|"):
            rows = []
    return tables


def test_the_guide_describes_every_column():
    words = {(True, True): "needed", (True, False): "column"}
    expected = [
        [(column.name, words.get((column.needed, column.filled), "")) for column in table.columns] for table in TABLES
    ]
    assert tables_of_the_guide() == expected


def test_the_guide_describes_every_operation():
    text = GUIDE.read_text("utf-8")
    for target, operation in SCENARIO_OPERATIONS:
        assert re.search(rf"^\| {target} \|.*`{operation}`", text, flags=re.MULTILINE)
