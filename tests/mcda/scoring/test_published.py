"""Every published case of scoring, to the digits that were printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import mcda

FOLDER = Path(__file__).parents[2] / "reference" / "scoring"
CASES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}
SCORED = [name for name, case in CASES.items() if case.get("method") in mcda.methods() and "electre" not in name]


def scored(case: dict[str, Any]) -> np.ndarray:
    scores: np.ndarray = mcda.score(
        case["method"],
        case["matrix"],
        case["weights"],
        case["directions"],
        normalise_weights=case.get("normalise_weights", False),
        **case["parameters"],
    )
    # The source of this case prints the common logarithm of the product.
    return np.log10(scores) if case["method"] == "wpm" else scores


@pytest.mark.parametrize("name", SCORED)
def test_scores_as_published(name: str) -> None:
    expected = CASES[name]["expected"]
    scores = scored(CASES[name])
    if "published" in expected:
        assert scores == pytest.approx(expected["published"], abs=expected["published_tolerance"], rel=0)
    assert scores == pytest.approx(expected["precise"], abs=1e-9, rel=0)
