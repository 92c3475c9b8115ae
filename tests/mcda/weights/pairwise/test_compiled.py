"""Kernels for many judgement matrices: the same weights and indices as the NumPy path."""

from __future__ import annotations

import numpy as np
import pytest

import mcda
from mcda.weights.pairwise import _eigen

pytest.importorskip("numba", reason="the extra 'fast' is not installed: compiled kernels are not tested")


def judgements(count: int, size: int, noise: float, seed: int = 3) -> np.ndarray:
    rng = np.random.default_rng(seed)
    logs = rng.normal(0.0, 1.0, (count, size))
    errors = np.triu(rng.normal(0.0, noise, (count, size, size)), 1)
    matrices = np.exp(logs[:, :, None] - logs[:, None, :] + errors - errors.swapaxes(1, 2))
    matrices[:, range(size), range(size)] = 1.0
    return matrices


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 9, 20])
@pytest.mark.parametrize("noise", [0.0, 0.3, 2.5])
@pytest.mark.parametrize("method", ["eigenvector", "geometric_mean", "normalised_columns"])
def test_kernels_agree_with_numpy(monkeypatch: pytest.MonkeyPatch, size: int, noise: float, method: str) -> None:
    matrices = judgements(130, size, noise)
    plain = mcda.ahp(matrices, method)  # type: ignore[arg-type]
    monkeypatch.setattr(_eigen, "_COMPILED_FROM", 1)
    fast = mcda.ahp(matrices, method)  # type: ignore[arg-type]
    for part in ("weights", "lambda_max", "consistency_ratio", "geometric_consistency_index"):
        assert getattr(fast, part) == pytest.approx(getattr(plain, part), abs=1e-11, rel=1e-11)


@pytest.mark.parametrize(
    ("cell", "value", "message"),
    [
        ((5, 1, 2), -1.0, r"pairwise\[5, 1, 2\] must be a positive number"),
        ((5, 1, 2), 0.0, "must be a positive number"),
        ((5, 1, 2), np.inf, "must be a positive number"),
        ((5, 1, 1), 2.0, r"pairwise\[5, 1, 1\] must be 1"),
        ((5, 0, 0), np.nan, r"pairwise\[5, 0, 0\] must be 1"),
        ((5, 1, 2), np.nan, "is answered"),
        ((5, 1, 2), 123.0, "must be reciprocal"),
    ],
)
def test_bad_judgements_are_named_as_before(
    monkeypatch: pytest.MonkeyPatch, cell: tuple[int, ...], value: float, message: str
) -> None:
    monkeypatch.setattr(_eigen, "_COMPILED_FROM", 1)
    matrices = judgements(8, 3, 0.2)
    matrices[cell] = value
    with pytest.raises(mcda.InputError, match=message):
        mcda.ahp(matrices)


def test_gaps_still_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    matrices = judgements(8, 4, 0.2)
    matrices[3, 0, 1] = matrices[3, 1, 0] = np.nan
    plain = mcda.ahp(matrices)
    monkeypatch.setattr(_eigen, "_COMPILED_FROM", 1)
    assert mcda.ahp(matrices).weights == pytest.approx(plain.weights, abs=1e-12)
