"""`mcda frontier` and `mcda money` as a user meets them."""

from __future__ import annotations

import json

import pytest

import mcda
from mcda.cli import main

FLAGSHIP = str(mcda.dataset("nhs-digital"))


def printed(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert main(arguments) == status
    return capsys.readouterr().out


@pytest.mark.slow
def test_lists_against_the_optimum(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "frontier", FLAGSHIP, "--budgets", "2", "--all")
    assert "105 efficient portfolios, each proven best for its cost" in text
    assert "all limits   219.27  191.19  12.8%        200.99   8.3%       219.27     0%" in text
    assert "Nested list: proven best of its kind." in text
    assert "Value for money, passing over what does not fit (all limits): value 191.19." in text


@pytest.mark.slow
def test_what_more_would_buy(capsys: pytest.CaptureFixture[str]) -> None:
    record = json.loads(printed(capsys, "money", FLAGSHIP, "capital_k", "--json"))
    gains = {item["resource"]: round(item["gain"], 2) for item in record["purchases"]}
    assert (gains["capital_k year 1"], gains["capital_k year 2"]) == (16.09, 2.22)
    text = printed(capsys, "money", FLAGSHIP, "capital_k")
    row = next(line for line in text.splitlines() if line.startswith("capital year 1"))
    assert row.split()[3:7] == ["£1.00m", "16.09", "24.24", "£320k"]
    assert "What binds most: £1.00m more capital in year 1 would add 16.09 in value" in text


def test_the_curve_of_one_year(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "money", FLAGSHIP, "capital_k", "--year", "2")
    assert text.splitlines()[-1].split() == ["6,230", "430", "221.48", "+P22", "+P37", "-P05"]


def test_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["money", FLAGSHIP, "--year", "2"]) == 2
    assert "--year needs one RESOURCE" in capsys.readouterr().err
    assert main(["money", FLAGSHIP, "gold"]) == 2
    assert "There is no limited resource 'gold'" in capsys.readouterr().err
    assert main(["frontier", FLAGSHIP, "--cost", "gold"]) == 2
    assert "There is no resource 'gold'" in capsys.readouterr().err
