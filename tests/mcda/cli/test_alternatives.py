"""`mcda alternatives`, and `mcda frontier --objective`, as a user meets them."""

from __future__ import annotations

import json

import pytest

import mcda
from mcda.cli import main

FLAGSHIP = str(mcda.dataset("nhs-digital"))
SMALL = [f"--forbid=P{number:02}" for number in range(10, 41) if number not in (18, 19)]


def test_the_next_best(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["alternatives", FLAGSHIP, "-k", "3"]) == 0
    text = capsys.readouterr().out
    assert "219.27" in text
    assert "the best" in text
    assert "In every one of them: P02" in text
    assert main(["alternatives", FLAGSHIP, "--within", "0.002", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert all(item["share"] <= 0.002 for item in record["portfolios"])


def test_two_objectives(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["frontier", FLAGSHIP, *SMALL, "--objective", "value", "--objective", "delivery_risk_1to5:min"]
    assert main(arguments) == 0
    text = capsys.readouterr().out
    assert "portfolios that no other dominates on value and delivery_risk_1to5" in text
    assert main([*arguments, "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["complete"]
    assert set(record["points"][0]["objectives"]) == {"value", "delivery_risk_1to5"}
