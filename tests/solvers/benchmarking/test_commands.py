"""The commands that measure solvers: they resume, judge and report."""

from __future__ import annotations

import json

import pytest

from benchmarks import backends, published


def line(**changes):
    known = {"known": 10.0, "status": "optimal", "value": 10.0, "bound": 10.0, "termination": "optimal"}
    return known | changes


@pytest.mark.parametrize(
    ("changes", "judgement"),
    [
        ({}, "proven, as known"),
        ({"known": None, "status": None}, "proven"),
        ({"status": "bound", "value": 11.0, "bound": 11.0}, "proven, better than known"),
        ({"termination": "feasible", "bound": 12.0}, "best known found, not proven"),
        ({"termination": "feasible", "value": 9.0, "bound": 12.0}, "not proven"),
        ({"termination": "no_solution_found", "value": None, "bound": 12.0}, "nothing found"),
        ({"value": 9.0, "bound": 9.0}, "WRONG: the bound 9 is below the known value"),
        ({"value": 11.0, "bound": 11.0}, "WRONG: 11 is above the known optimum"),
        ({"status": "bound", "value": 9.0, "bound": 9.0}, "WRONG: the bound 9 is below the known value"),
        ({"status": "hint", "value": 9.0, "bound": 9.0}, "proven, below an unverified hint"),
    ],
)
def test_answers_are_held_against_what_is_known(changes, judgement):
    assert published.judgement(line(**changes)) == judgement


def test_published_instances_are_solved_recorded_and_reported(tmp_path, capsys):
    folder = tmp_path / "orlib_mkp"
    folder.mkdir()
    # One problem of three options and one resource in the format of the OR-Library; its optimum is stated.
    (folder / "mknap1.txt").write_text("1\n3 1 7\n4 3 5\n2 2 3\n4\n", encoding="utf-8")
    record, page = tmp_path / "record.jsonl", tmp_path / "page.md"
    assert published.main([str(tmp_path), "--record", str(record), "--report", str(page)]) == 0
    assert published.main([str(tmp_path), "--record", str(record)]) == 0
    (row,) = [json.loads(text) for text in record.read_text().splitlines()]
    assert (row["value"], row["known"], row["judgement"]) == (7.0, 7.0, "proven, as known")
    assert "| mknap1 | 1 | 1 | 1 | 0 | 0 |" in page.read_text()
    assert "**0 contradictions**" in page.read_text()


def test_solvers_are_timed_and_auto_is_compared(tmp_path, monkeypatch, capsys):
    few = list(backends.problems())[:2]
    monkeypatch.setattr(backends, "problems", lambda: iter(few))
    monkeypatch.setattr(backends, "overhead", lambda n, r, repeats: {"model": 0.001, "certificate": 0.002})
    record, page = tmp_path / "record.jsonl", tmp_path / "page.md"
    names = ["--solvers", "auto", "highs", "exhaustive", "dynamic_programming"]
    assert backends.main(["--repeats", "1", "--record", str(record), "--report", str(page), *names]) == 0
    text = page.read_text()
    assert "What `auto` chose: tiny: exhaustive." in text
    assert "| highs |" in text
    assert "| dynamic_programming |  | 20,000.0 | 0 of 2 |" in text
