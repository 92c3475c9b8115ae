"""`mcda doctor` and the options of `mcda select` that steer the solver."""

from __future__ import annotations

import json

import pytest

import mcda
import solvers
from mcda.cli import main

FLAGSHIP = str(mcda.dataset("nhs-digital"))
STARTER = str(mcda.dataset("starter"))


def printed(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert main(arguments) == status
    return capsys.readouterr().out


def test_doctor_lists_the_solvers_and_what_they_cannot_do(capsys):
    text = printed(capsys, "doctor")
    for row in solvers.backends():
        assert any(line.startswith(f"{row.name} ") and row.version in line for line in text.splitlines())
    assert "without:" in text
    assert text.rstrip().endswith("This installation is sound.")


def test_a_rule_of_thumb_is_never_called_proven(capsys):
    text = printed(capsys, "select", FLAGSHIP, "--solver", "greedy", status=3)
    assert "found by a rule of thumb, with a gap of" in text
    assert "not proven" in text
    record = json.loads(printed(capsys, "select", FLAGSHIP, "--solver", "greedy", "--json", status=3))
    assert (record["termination"], record["solver"]) == ("feasible", "greedy")
    assert record["bound"] > 219.26 > record["value"] > 180


def test_threads_and_a_cross_check(capsys):
    if len([name for name in ("cpsat", "scip", "highs") if name in solvers.backends().usable]) < 2:
        pytest.skip("a cross-check needs a second solver: none can be used here")
    text = printed(capsys, "select", FLAGSHIP, "--threads", "2", "--cross-check")
    assert "value 219.27, proven optimal" in text
    assert "Cross-checked by " in text


def test_an_unknown_solver_is_wrong_usage(capsys):
    assert main(["select", FLAGSHIP, "--solver", "gurobi"]) == 2
    assert "There is no solver 'gurobi'. Use 'auto' or one of: highs" in capsys.readouterr().err


def test_every_command_that_takes_the_options_passes_them_on(capsys, tmp_path):
    what_if = tmp_path / "what-if.json"
    what_if.write_text('{"what_if": 1, "force": ["P12"]}', encoding="utf-8")
    for command in (
        ["report", STARTER, "--quick", "--out", str(tmp_path)],
        ["select", FLAGSHIP, "--what-if", str(what_if)],
    ):
        assert main([*command, "--threads", "0"]) == 2
        assert "threads must be a whole number, at least 1. Got 0." in capsys.readouterr().err


@pytest.fixture(scope="module")
def clash():
    decision = mcda.load(STARTER)
    return solvers.conflict(mcda.select(decision, force=decision.project_ids).problem)


@pytest.mark.parametrize("command", ["select", "explain", "frontier", "alternatives", "money"])
def test_json_stays_json_where_there_is_no_portfolio(capsys, clash, command):
    every = [word for project in mcda.load(STARTER).project_ids for word in ("--force", project)]
    record = json.loads(printed(capsys, command, STARTER, *every, "--json", status=1))
    assert record["termination"] == "infeasible"
    assert record["selected"] is None
    assert record["conflict"]["clashing"] == [[limit.name for limit in members] for members in clash.sets]
    assert record["conflict"]["changes_together"] == [str(change) for change in clash.relaxation]


def test_without_a_portfolio_it_says_what_clashes_and_what_would_mend_it(capsys, clash):
    every = [word for project in mcda.load(STARTER).project_ids for word in ("--force", project)]
    text = printed(capsys, "select", STARTER, *every, status=1)
    assert text.rstrip().endswith(clash.explain())
    assert "These cannot all hold:\n  - the limit on " in text
    assert "The least costly set of changes, all needed together:\n  - raise " in text
