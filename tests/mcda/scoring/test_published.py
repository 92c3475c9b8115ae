"""Every published case of scoring, outranking and rank comparison, to the digits that were printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import mcda

FOLDER = Path(__file__).parents[2] / "reference" / "scoring"
CASES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}
ELECTRE_I = [name for name in CASES if name.startswith("electre1")]
ELECTRE_II = [name for name in CASES if name.startswith("electre2")]
RANKS = [name for name in CASES if name.startswith("rankcorr")]
SCORED = [name for name in CASES if name not in {*ELECTRE_I, *ELECTRE_II, *RANKS}]


def call(function: Any, case: dict[str, Any]) -> Any:
    return function(
        case["matrix"],
        case["weights"],
        case["directions"],
        normalise_weights=case.get("normalise_weights", False),
        **case["parameters"],
    )


def having(key: str) -> list[str]:
    return [name for name in SCORED if key in CASES[name]["expected"]]


def test_all_cases_are_here() -> None:
    assert len(SCORED) == 27
    assert len(ELECTRE_I) == 2
    assert len(ELECTRE_II) == len(RANKS) == 1


@pytest.mark.parametrize("name", SCORED)
def test_scores(name: str) -> None:
    case, expected = CASES[name], CASES[name]["expected"]
    scores = call(getattr(mcda, case["method"]), case)
    if case["method"] == "wpm":
        scores = np.log10(scores)  # the source prints the common logarithm of the product
    if "published" in expected:
        assert scores == pytest.approx(expected["published"], abs=expected["published_tolerance"], rel=0)
    assert scores == pytest.approx(expected["precise"], abs=1e-9, rel=0)


@pytest.mark.parametrize("name", having("ranking"))
def test_ranking(name: str) -> None:
    case = CASES[name]
    scores = call(getattr(mcda, case["method"]), case)
    higher = mcda.methods()[case["method"]].higher_is_better
    assert mcda.ranks(scores, higher_is_better=bool(higher), ties="min").tolist() == case["expected"]["ranking"]


@pytest.mark.parametrize("name", having("S"))
def test_vikor_compromise(name: str) -> None:
    expected = CASES[name]["expected"]
    result = call(mcda.vikor_compromise, CASES[name])
    assert pytest.approx(expected["S"], abs=0.0011, rel=0) == result.S
    assert pytest.approx(expected["R"], abs=0.0011, rel=0) == result.R
    assert list(result.compromise_set) == expected["compromise_set"]
    assert result.acceptable_advantage == expected["acceptable_advantage"]
    assert result.acceptable_stability == expected["acceptable_stability"]


@pytest.mark.parametrize("name", having("phi_plus"))
def test_promethee_flows(name: str) -> None:
    expected = CASES[name]["expected"]
    flows = call(mcda.promethee_i, CASES[name])
    assert flows.phi_plus == pytest.approx(expected["phi_plus"], abs=0.0012, rel=0)
    assert flows.phi_minus == pytest.approx(expected["phi_minus"], abs=0.0012, rel=0)
    assert flows.phi == pytest.approx(expected["precise"], abs=1e-9, rel=0)


@pytest.mark.parametrize("name", having("other_normalisations"))
def test_other_normalisations(name: str) -> None:
    case = CASES[name]
    for normalisation, precise in case["expected"]["other_normalisations"].items():
        scores = mcda.saw(case["matrix"], case["weights"], case["directions"], normalisation=normalisation)
        assert scores == pytest.approx(precise, abs=1e-9, rel=0)


@pytest.mark.parametrize("name", ELECTRE_I)
def test_electre_i(name: str) -> None:
    case, expected = CASES[name], CASES[name]["expected"]
    p, q = case["parameters"].get("p", 0.65), case["parameters"].get("q", 0.35)
    result = mcda.electre_i(
        case["matrix"], case["weights"], case["directions"], concordance_threshold=p, discordance_threshold=q
    )
    apart = ~np.eye(len(result.alternatives), dtype=bool)
    found = result.concordance if "concordance" in expected else result.discordance
    printed = np.array(expected["concordance" if "concordance" in expected else "discordance"], dtype=float)
    assert found[apart] == pytest.approx(printed[apart], abs=1e-3, rel=0)
    assert found[apart] == pytest.approx(expected["precise"], abs=1e-9, rel=0)
    if "kernel" in expected:
        assert list(result.kernel) == expected["kernel"]


@pytest.mark.parametrize("name", ELECTRE_II)
def test_electre_ii(name: str) -> None:
    case = CASES[name]
    result = mcda.electre_ii(case["matrix"], case["weights"], case["directions"])
    assert result.ranking.tolist() == case["expected"]["ranking"]
    assert result.mean_order.tolist() == case["expected"]["mean_order"]


@pytest.mark.parametrize("name", RANKS)
def test_rank_comparison(name: str) -> None:
    first, second = CASES[name]["ranks"]
    for function, value in CASES[name]["expected"].items():
        assert getattr(mcda, function)(first, second) == pytest.approx(value, abs=1e-9)
