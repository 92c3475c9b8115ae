"""The `mcda` command as a user meets it: what it prints, what it writes, and its exit status."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import mcda
from mcda.cli import main

FLAGSHIP = str(mcda.dataset("nhs-digital"))


def printed(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert main(arguments) == status
    captured = capsys.readouterr()
    assert captured.err == "" or status
    return captured.out


def record(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> dict[str, object]:
    found = json.loads(printed(capsys, *arguments, status=status))
    assert isinstance(found, dict)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the flagship that a test may break."""
    copy = tmp_path / "decision"
    shutil.copytree(FLAGSHIP, copy)
    return copy


def test_select_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "select", FLAGSHIP)
    assert "17 of 40 projects, value 219.27, proven optimal." in text
    assert "Certified in exact arithmetic" in text
    total = next(line for line in text.splitlines() if "Total, synergies included" in line)
    assert total.split()[-3:] == ["219.27", "15,530", "17,820"]


def test_select_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    result = record(capsys, "select", FLAGSHIP, "--json")
    assert {
        "termination", "value", "bound", "gap", "selected", "usage", "capacity", "solver", "seconds", "input_sha256",
    } <= set(result)  # fmt: skip
    assert result["termination"] == "optimal"
    assert result["gap"] == 0
    assert result["input_sha256"] == mcda.load(FLAGSHIP).input_sha256
    usage, capacity = result["usage"], result["capacity"]
    assert isinstance(usage, dict)
    assert isinstance(capacity, dict)
    assert sum(usage["capital_k"].values()) == 15_530
    assert capacity["capital_k"]["1"] == 4700


def test_select_with_a_group_a_scenario_and_forced_projects(capsys: pytest.CaptureFixture[str]) -> None:
    technical = record(capsys, "select", FLAGSHIP, "--group", "technical", "--json")
    only_technical = record(capsys, "select", FLAGSHIP, "--scenario", "N9", "--json")
    assert technical["selected"] == only_technical["selected"]
    assert technical["value"] == pytest.approx(only_technical["value"])
    changed = record(capsys, "select", FLAGSHIP, "--force", "P12", "--forbid", "P05", "--json")
    selected = changed["selected"]
    assert isinstance(selected, list)
    assert "P12" in selected
    assert "P05" not in selected
    assert "P10" in selected, "P12 requires P10"


def test_board_rules_are_left_out_unless_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    free = mcda.select(mcda.load(FLAGSHIP))
    bound = record(capsys, "select", FLAGSHIP, *(f"--policy={name}" for name in ("B01", "B02", "B03", "B04")), "--json")
    value = bound["value"]
    assert isinstance(value, float)
    assert value < free.value
    directorates = {project.sponsor_directorate for project in free.decision.projects}
    selected = bound["selected"]
    assert isinstance(selected, list)
    assert {free.decision.project(name).sponsor_directorate for name in selected} == directorates


def test_an_impossible_demand_is_answered_no(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "select", FLAGSHIP, "--force", "P28", "--force", "P29", status=1)
    assert "No portfolio satisfies every limit and rule at once." in text
    result = record(capsys, "select", FLAGSHIP, "--force", "P28", "--force", "P29", "--json", status=1)
    assert result["termination"] == "infeasible"
    assert result["selected"] is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["select", FLAGSHIP, "--force", "P99"], "There is no project 'P99'"),
        (["select", FLAGSHIP, "--group", "nurses"], "There is no group 'nurses'. Known: clinical"),
        (["select", FLAGSHIP, "--scenario", "N99"], "There is no scenario 'N99'"),
        (["select", FLAGSHIP, "--policy", "B99"], "There is no policy 'B99'"),
        (["select", FLAGSHIP, "--solver", "magic"], "magic"),
        (["select", "no-such-folder"], "no-such-folder"),
        (["check", "no-such-folder"], "no-such-folder"),
        (["score", FLAGSHIP, "--method", "guess"], "No method is called 'guess'. Methods: additive, "),
        (["score", FLAGSHIP, "--method", "electre_i"], "ELECTRE I gives a relation between projects"),
        (["score", FLAGSHIP, "--method", "copras"], "matrix['P01', 'C6'] must not be negative for COPRAS. Got -95."),
        (["score", FLAGSHIP, "--method", "pymcdm:ervd"], "pymcdm's ervd needs other parameters: "),
        (["score", FLAGSHIP, "--method", "pymcdm:guess"], "pymcdm has no method 'guess'. Methods: "),
        (["report", "no-such-folder"], "no-such-folder"),
    ],
)
def test_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert words in captured.err
    assert "Traceback" not in captured.err


@pytest.mark.parametrize("arguments", [[], ["choose"], ["weigh", FLAGSHIP, "--gaps", "guess"]])
def test_usage_that_the_parser_refuses(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2


def test_check_says_that_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert "40 projects" in printed(capsys, "check", FLAGSHIP)
    assert record(capsys, "check", FLAGSHIP, "--json")["faults"] == []


def test_check_lists_every_fault(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    budgets = (folder / "budgets.csv").read_text(encoding="utf-8").replace("4700", "-4700").replace("5800", "lots")
    (folder / "budgets.csv").write_text(budgets, encoding="utf-8")
    text = printed(capsys, "check", str(folder), status=1)
    assert "budgets.csv:2:capital_k:" in text
    assert "budgets.csv:3:capital_k:" in text
    # Every other command refuses to work on it, with the same words.
    assert main(["select", str(folder)]) == 2
    assert "budgets.csv:2:capital_k:" in capsys.readouterr().err


def test_weigh(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "weigh", FLAGSHIP)
    assert "20 of 24 people answered consistently" in text
    board = next(line for line in text.splitlines() if line.startswith("C9 "))
    assert "18.3" in board
    assert "S11" in text
    result = record(capsys, "weigh", FLAGSHIP, "--json")
    board_weights = result["board"]
    assert isinstance(board_weights, dict)
    assert round(board_weights["C1"], 3) == 0.188
    advice = result["advice"]
    assert isinstance(advice, list)
    decision = mcda.load(FLAGSHIP)
    inconsistent = mcda.weigh_decision(decision).attention[["stakeholder", "node"]].drop_duplicates()
    assert [(item["stakeholder"], item["node"]) for item in advice] == list(inconsistent.itertuples(index=False))
    lines = text.splitlines()
    for item in advice:
        start = f"{item['stakeholder']}  {item['node']} "
        (line,) = [line for line in lines if line.startswith(start) and " -> " in line]
        assert item["repairs"][0] in line
        assert (item["cycles"] or ["none"])[0] in line


def test_weigh_says_who_agrees_and_where_the_divide_lies(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "weigh", FLAGSHIP)
    found = mcda.agreement(mcda.load(FLAGSHIP))
    assert "83.2% of the disagreement at the top is between groups, 16.8% within them" in text
    assert "The widest divide is between operational and technical (G 0.32)" in text
    everyone = next(line for line in text.splitlines() if line.startswith("everyone "))
    assert everyone.split()[1:] == [f"{value:.2f}" for value in found.to_frame().loc["all"]]
    assert "S16 at O1, S24 at C7 got their group's weights (--gaps borrow)" in text
    assert "Questions on which groups differ most" in text
    result = record(capsys, "weigh", FLAGSHIP, "--json", "--gaps", "leave_out", "--consensus", "goepel_2013")
    agreed = result["agreement"]
    assert isinstance(agreed, dict)
    assert agreed["gaps"] == "leave_out"
    assert agreed["consensus"]["variant"] == "goepel_2013"
    assert {(item["stakeholder"], item["node"]) for item in agreed["left_out"]} == {("S16", "O1"), ("S24", "C7")}
    assert len(agreed["clusters"]) >= 2
    assert agreed["divisive"][0]["ratio"] >= agreed["divisive"][-1]["ratio"]


def test_score(capsys: pytest.CaptureFixture[str]) -> None:
    additive = printed(capsys, "score", FLAGSHIP)
    assert "measured from do-nothing" in additive
    topsis = printed(capsys, "score", FLAGSHIP, "--method", "topsis", "--group", "technical")
    assert "TOPSIS scores do not measure value that adds up" in topsis
    values = record(capsys, "score", FLAGSHIP, "--json")["values"]
    assert isinstance(values, dict)
    assert len(values) == 40


def test_score_by_any_method(capsys: pytest.CaptureFixture[str]) -> None:
    decision = mcda.load(FLAGSHIP)
    weights = mcda.weigh_decision(decision).board
    for method in ("vikor", "pymcdm:VIKOR", "spotis", "comet", "rim", "maut"):
        text = printed(capsys, "score", FLAGSHIP, "--method", method)
        assert "They do not measure value that adds up" in text
        scores = record(capsys, "score", FLAGSHIP, "--method", method, "--json")["scores"]
        assert isinstance(scores, dict)
        assert list(scores) == list(mcda.score_projects(decision, weights, method).index)
        assert text.splitlines()[3].split()[:2] == ["1", next(iter(scores))]
    vikor, peers = (mcda.score_projects(decision, weights, name) for name in ("vikor", "pymcdm:VIKOR"))
    assert vikor.index.equals(peers.index)
    assert np.allclose(vikor, peers, rtol=0, atol=1e-12)
    additive = mcda.score_projects(decision, weights, "additive")
    assert np.allclose(100 * additive, mcda.value_projects(decision, weights).projects[additive.index], rtol=1e-12)


def test_report_writes_the_pack_and_the_result(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = printed(capsys, "report", FLAGSHIP, "--quick", "--out", str(tmp_path / "first"))
    assert "board-pack.html" in text
    printed(capsys, "report", FLAGSHIP, "--quick", "--out", str(tmp_path / "second"))
    for name in ("board-pack.html", "result.json"):
        first, second = (tmp_path / run / name for run in ("first", "second"))
        assert first.read_bytes() == second.read_bytes(), f"{name} must be the same bytes for the same input"
    result = json.loads((tmp_path / "first" / "result.json").read_text(encoding="utf-8"))
    assert len(result["selected"]) == 17


def test_a_reader_that_closes_early_sees_no_traceback() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "mcda", "score", FLAGSHIP], stdout=writer, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_workbook_from_new_to_the_result(tmp_path, capsys):
    book = str(tmp_path / "plan.xlsx")
    assert main(["new", book]) == 0
    assert f"mcda check {book}" in capsys.readouterr().out
    assert main(["check", book]) == 0
    assert main(["new", book]) == 2
    assert "nothing is overwritten" in capsys.readouterr().err
    assert main(["convert", book, str(tmp_path / "plan")]) == 0
    capsys.readouterr()
    one, two = (record(capsys, "select", place, "--json") for place in (book, str(tmp_path / "plan")))
    assert one["selected"] == two["selected"] == ["P01", "P02", "P03", "P04"]
    assert one["input_sha256"] == two["input_sha256"]
    assert main(["report", book, "--quick", "--out", str(tmp_path / "out"), "--xlsx", "--csv"]) == 0
    assert "Workbook:" in capsys.readouterr().out
    assert (tmp_path / "out" / "result.xlsx").exists()
    assert (tmp_path / "out" / "tables" / "projects.csv").exists()
