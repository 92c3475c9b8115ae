"""The published cases of weights: numbers with their citation, matrices as people write them (fractions)."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).parents[2] / "reference" / "weights"


def case(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def matrix(rows: list[list[Any]]) -> np.ndarray:
    return np.array([[np.nan if cell is None else float(Fraction(cell)) for cell in row] for row in rows])
