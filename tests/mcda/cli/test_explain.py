"""`mcda explain` as a user meets it."""

from __future__ import annotations

import json

import pytest

import mcda
from mcda.cli import main

FLAGSHIP = str(mcda.dataset("nhs-digital"))


def printed(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert main(arguments) == status
    return capsys.readouterr().out


def test_all_projects_in_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "explain", FLAGSHIP)
    assert "17 of 40 projects, value 219.27, proven optimal." in text
    row = next(line for line in text.splitlines() if line.startswith("P30 "))
    assert "22.40" in row
    assert row.endswith("P26 P36")
    assert "capital year 1" in text
    assert "17.70" in text
    assert max(map(len, text.splitlines())) < 140


def test_one_project_in_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "explain", FLAGSHIP, "P30", "P36")
    assert text.startswith("P30 Bed management and operational command… is not funded. On its own it is worth 21.73.")
    assert "P36 Maternity digital record is funded." in text


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    record = json.loads(printed(capsys, "explain", FLAGSHIP, "P30", "--json"))
    assert {"format", "decision", "question", "input_sha256", "value", "selected", "projects", "views"} <= set(record)
    assert round(record["projects"][0]["loss"], 2) == 0.66


def test_no_portfolio_is_the_answer_no(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "explain", FLAGSHIP, "--force", "P16", "--force", "P17", status=1)
    assert "No portfolio satisfies every limit and rule at once." in text


def test_an_unknown_project_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", FLAGSHIP, "P99"]) == 2
    assert "There is no project 'P99'" in capsys.readouterr().err
