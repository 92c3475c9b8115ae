"""`mcda scenarios` as a user meets it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from mcda.cli import main
from tests.mcda.scenarios.small import write


@pytest.fixture
def folder(tmp_path):
    return str(write(tmp_path / "decision"))


def printed(capsys, *arguments, status=0):
    assert main(["scenarios", *arguments]) == status
    captured = capsys.readouterr()
    assert captured.err == "" or status
    return captured.out


def test_for_people_without_any_configuration(capsys, folder):
    text = printed(capsys, folder, "--draws", "30", "--workers", "1")
    assert text.startswith(
        "30 scenarios: all proven optimal.\nDrawn (Monte Carlo, seed 0):\n  weights: any mix of the groups\n"
    )
    assert "How often each project is in the best portfolio" in text
    assert "share of its own best: Clinicians" in text
    assert "Nothing was kept. With --out FOLDER every scenario is" in text
    assert max(len(line) for line in text.splitlines()) <= 120


def test_for_programs(capsys, folder):
    record = json.loads(printed(capsys, folder, "--draws", "10", "--seed", "5", "--workers", "1", "--json"))
    assert {
        "state", "input_sha256", "plan", "plan_sha256", "result_sha256", "versions", "scenarios", "draws", "statuses",
        "acceptability", "acceptability_by_case", "distinct_portfolios", "portfolios", "figures", "confidence", "note",
    } <= set(record)  # fmt: skip
    assert record["statuses"] == {"optimal": 10}
    assert record["plan"]["seed"] == 5
    assert set(record["acceptability"]) == {"P1", "P2", "P3", "P4", "P5", "P6"}


def test_cases_are_set_side_by_side(capsys, folder):
    text = printed(capsys, folder, "--draws", "8", "--cases", "all", "--workers", "1")
    assert "32 scenarios (8 draws of 4 cases): all proven optimal." in text
    assert "N1 Capital cut" in text
    assert "Cases, each with the same draws, against the first" in text


def test_kept_refused_resumed(capsys, folder, tmp_path):
    out = str(tmp_path / "run")
    first = printed(capsys, folder, "--draws", "6", "--out", out, "--workers", "1")
    assert f"Every scenario:  {out}/chunks/*.parquet" in first
    assert main(["scenarios", folder, "--draws", "6", "--out", out, "--workers", "1"]) == 2
    assert "is not overwritten" in capsys.readouterr().err
    assert printed(capsys, folder, "--out", out, "--resume", "--workers", "1") == first
    more = printed(capsys, folder, "--draws", "9", "--out", out, "--resume", "--workers", "1")
    assert more.startswith("9 scenarios: all proven optimal.")


def test_another_method_says_plainly_what_its_figures_are(capsys, folder, tmp_path):
    plan = tmp_path / "plan.toml"
    plan.write_text('method = "topsis"\ndraws = 4\n[weights]\nkind = "group_mix"\n', encoding="utf-8")
    text = printed(capsys, folder, "--plan", str(plan), "--workers", "1")
    assert "NOTE: Projects are valued by TOPSIS" in text
    assert "do not measure value that adds up" in text


def test_a_stopping_rule_is_reported(capsys, folder, tmp_path):
    plan = tmp_path / "plan.toml"
    plan.write_text(
        'solver = "exhaustive"\ndraws = 2000\n[weights]\nkind = "group_mix"\n[stop]\nhalf_width = 0.2\n',
        encoding="utf-8",
    )
    text = printed(capsys, folder, "--plan", str(plan), "--workers", "1")
    assert "Stopped after 512 draws: every acceptability is known within 20%, jointly with confidence 95%." in text
    same = printed(capsys, folder, "--plan", str(plan), "--within", "15", "--workers", "1")
    assert "Stopped after 512 draws: every acceptability is known within 15%" in same


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--resume"], "--resume needs --out FOLDER"),
        (["--within", "0"], "stop.half_width must be a number at most 0.5 and above 0. Got 0.0."),
        (["--workers", "0"], "--workers must be at least 1. Got 0."),
        (["--draws", "0"], "draws must be a whole number from 1"),
        (["--plan", "none.toml"], "The plan none.toml cannot be read"),
        (["--cases", "N9"], "There is no scenario 'N9'"),
        (["--out", "nothing-there", "--resume", "--cases", ""], "A plan needs a case"),
    ],
)
def test_mistakes_are_said_plainly(capsys, folder, arguments, message):
    assert main(["scenarios", folder, *arguments]) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.out == ""


def test_nothing_possible_is_a_no(capsys, folder, tmp_path):
    projects = tmp_path / "decision" / "projects.csv"
    projects.write_text(
        projects.read_text(encoding="utf-8").replace("P1,Portal,front,0", "P1,Portal,front,1"), encoding="utf-8"
    )
    text = printed(capsys, folder, "--cases", "N3", "--draws", "2", "--workers", "1", status=1)
    assert "2 with no portfolio that keeps all limits and rules" in text


@pytest.mark.newest_only
@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_an_interrupt_says_how_to_go_on(folder, tmp_path):
    out = tmp_path / "run"
    plan = tmp_path / "plan.toml"  # a solver that needs no compiler
    plan.write_text('solver = "exhaustive"\n[weights]\nkind = "group_mix"\n[performance]\n', encoding="utf-8")
    options = ["--plan", str(plan), "--draws", "20000", "--out", str(out), "--workers", "2"]
    command = [sys.executable, "-m", "mcda", "scenarios", folder, *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not list(out.glob("chunks/*.parquet")):
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=300)
    assert process.returncode == 3
    assert output == ""
    assert errors == f"mcda: stopped; what is done is kept in {out}. Continue with --out {out} --resume\n"
