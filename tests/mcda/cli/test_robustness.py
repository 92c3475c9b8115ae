"""`mcda robustness` and `mcda compare`: what they print is what the library says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import mcda
from mcda.cli import main
from tests.mcda.portfolio.scored import small_decision


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    place: Path = tmp_path_factory.mktemp("robustness") / "small"
    mcda.save(small_decision(), place)
    return str(place)


def test_robustness_prints_tables_and_json(capsys: pytest.CaptureFixture[str], folder: str) -> None:
    assert main(["robustness", folder, "--draws", "200"]) == 0
    text = capsys.readouterr().out
    for words in ("always in", "Best portfolios", "How far each Board weight can move", "least regret (proven)"):
        assert words in text
    assert main(["robustness", folder, "--draws", "200", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    decision = mcda.load(folder)
    smaa = mcda.portfolio_smaa(decision, draws=200)
    assert result["acceptability"] == pytest.approx(smaa.acceptability.to_dict())
    assert result["core"] == list(smaa.always)
    assert result["borderline"] == list(smaa.sometimes)
    assert result["exterior"] == list(smaa.never)
    assert result["draws"] == 200
    assert result["board_portfolio"]["selected"] == list(mcda.select(decision).selected)
    assert result["stability"].keys() == set(decision.criteria.leaf_ids)
    assert result["regret"]["greatest_loss"]["least regret"] <= result["regret"]["greatest_loss"]["board"] + 1e-9
    assert result["input_sha256"] == decision.input_sha256


def test_robustness_with_everything_uncertain(capsys: pytest.CaptureFixture[str], folder: str) -> None:
    options = ["--weights", "stakeholders", "--draws", "15", "--performance", "--costs", "--optimism", "--delivery"]
    assert main(["robustness", folder, *options, "--seed", "4"]) == 0
    first = capsys.readouterr().out
    assert "uncertain performance, uncertain costs, optimism bias, delivery risk" in first
    assert main(["robustness", folder, *options, "--seed", "4"]) == 0
    assert capsys.readouterr().out == first


def test_compare_prints_tables_and_json(capsys: pytest.CaptureFixture[str], folder: str) -> None:
    assert main(["compare", folder]) == 0
    text = capsys.readouterr().out
    for words in ("Share of its own best value", "Everyone's own portfolio", "split", "The price of consensus"):
        assert words in text
    assert main(["compare", folder, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    found = mcda.disagreement(mcda.load(folder))
    assert result["agreed_in"] == list(found.agreed_in)
    assert result["portfolios"]["board"] == list(found.portfolio_of("board"))
    assert result["share_of_best"]["finance"]["doctors"] == pytest.approx(found.share_of_best.loc["finance", "doctors"])
    assert len(result["judgements"]) == len(found.judgements)
    assert result["consensus"]["price"] == pytest.approx(found.consensus.price)
    assert main(["compare", folder, "--groups-only", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["stakeholders"] == []


def test_an_impossible_plan_is_an_answer_and_not_a_traceback(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    mcda.save(small_decision(), tmp_path / "d")
    (tmp_path / "d" / "budgets.csv").write_text("year,capital_k\n1,0\n2,0\n", encoding="utf-8")
    assert main(["compare", str(tmp_path / "d")]) == 1
    assert "no proven portfolio" in capsys.readouterr().err
    assert main(["robustness", str(tmp_path / "d")]) == 1
    assert "No portfolio satisfies every limit" in capsys.readouterr().out
    assert main(["robustness", str(tmp_path / "nowhere")]) == 2
