"""`mcda schedule` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import mcda
from mcda.cli import main

FLAGSHIP = str(mcda.dataset("nhs-digital"))


def test_table_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schedule", FLAGSHIP]) == 0
    text = capsys.readouterr().out
    assert "18 of 40 projects, value 489.85, proven optimal." in text
    assert "discounted by 3.5% a year" in text
    assert "choosing adds 16.85" in text
    assert main(["schedule", FLAGSHIP, "--most-delay", "0", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["termination"] == "optimal"
    assert round(record["value"], 2) == 473.01
    assert all(item["delay"] == 0 for item in record["selected"])


def test_versions_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "versions.csv"
    path.write_text("project_id,version_id,value_share,use_share\nP30,pilot,0.9,0.3\n", encoding="utf-8")
    assert main(["schedule", FLAGSHIP, "--most-delay", "0", "--versions", str(path)]) == 0
    assert "(pilot)" in capsys.readouterr().out
    path.write_text("project_id,version_id,value_share,use_share\nP30,pilot,most,0.3\n", encoding="utf-8")
    assert main(["schedule", FLAGSHIP, "--versions", str(path)]) == 2
    assert "versions.csv:2: value_share and use_share must be numbers such as 0.6" in capsys.readouterr().err
    path.write_text("project,version\n", encoding="utf-8")
    assert main(["schedule", FLAGSHIP, "--versions", str(path)]) == 2
    assert "the columns must be project_id" in capsys.readouterr().err


def test_no_plan_is_the_answer_no(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schedule", FLAGSHIP, "--force", "P16", "--force", "P17"]) == 1
    assert "No plan satisfies every limit and rule at once." in capsys.readouterr().out
