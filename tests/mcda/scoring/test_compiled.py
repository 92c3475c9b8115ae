"""The compiled kernels give what the NumPy path gives: every method that has one, in every shape, both precisions."""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mcda
from tests.mcda.scoring.problems import SCORING, parameters, scored

pytest.importorskip("numba", reason="the extra 'fast' is not installed: compiled kernels are not tested")


def _recipe(name: str) -> Any:
    return getattr(importlib.import_module(f"mcda.scoring.methods._{name}"), "RECIPE", None)


COMPILED = [name for name in SCORING if getattr(_recipe(name), "compiled", None)]


def both(monkeypatch: pytest.MonkeyPatch, name: str, *arguments: Any, **more: Any) -> tuple[np.ndarray, np.ndarray]:
    """Score by NumPy, then by the kernel however small the work."""
    module = importlib.import_module(f"mcda.scoring.methods._{name}")
    recipe = _recipe(name)
    with monkeypatch.context() as patch:
        patch.setattr(module, "RECIPE", replace(recipe, compiled=None))
        plain = scored(name, *arguments, **more)
        patch.setattr(module, "RECIPE", replace(recipe, compiled_from=0))
        fast = scored(name, *arguments, **more)
    return plain, fast


def test_the_methods_that_need_a_kernel_have_one() -> None:
    assert set(COMPILED) >= {"topsis", "rim", "vikor", "codas", "cocoso", "multimoora", "probid", "promethee_ii"}


@pytest.mark.parametrize("name", COMPILED)
@settings(max_examples=15)
@given(st.integers(1, 40), st.integers(1, 12), st.integers(1, 7), st.integers(0, 2**32 - 1))
def test_kernels_agree_with_numpy(name: str, a: int, c: int, s: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    matrix = rng.uniform(1.0, 9.0, (a, c))
    matrix[:, rng.random(c) < 0.2] = 3.0  # constant columns
    matrix[rng.integers(a)] = matrix[0]  # twins
    weights = rng.dirichlet(np.ones(c), s)
    weights[:, rng.random(c) < 0.2] = 0.0
    weights[weights.sum(axis=1) == 0.0] = 1.0
    directions = [str(one) for one in rng.choice(["max", "min"], c)]
    with pytest.MonkeyPatch.context() as patch:
        plain, fast = both(patch, name, matrix, weights, directions, normalise_weights=True)
    assert fast == pytest.approx(plain, abs=1e-11 if name == "codas" else 1e-12, rel=1e-12)


@pytest.mark.parametrize("name", COMPILED)
def test_kernels_agree_on_stacks_of_matrices(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    rng = np.random.default_rng(5)
    matrices = rng.uniform(1.0, 9.0, (6, 1, 15, 7))
    weights = rng.dirichlet(np.ones(7), 9)
    plain, fast = both(monkeypatch, name, matrices, weights, ["max", "min"] * 3 + ["max"])
    assert fast.shape == (6, 9, 15)
    assert fast == pytest.approx(plain, abs=1e-12, rel=1e-12)
    plain, fast = both(monkeypatch, name, matrices[:, 0], weights[:6], ["max"] * 7, threads=2)
    assert fast == pytest.approx(plain, abs=1e-12, rel=1e-12)


def test_single_precision_is_left_to_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(6)
    plain, fast = both(monkeypatch, "topsis", rng.random((5, 3)), [0.2, 0.3, 0.5], ["max"] * 3, dtype="float32")
    assert fast.tolist() == plain.tolist()


@pytest.mark.parametrize("name", COMPILED)
@pytest.mark.parametrize("exponent", [-299, -150, 0, 150, 298])
def test_kernels_stay_finite_at_any_magnitude(monkeypatch: pytest.MonkeyPatch, name: str, exponent: int) -> None:
    rng = np.random.default_rng(7)
    matrix = rng.uniform(1.0, 9.0, (12, 5)) * 10.0 ** np.array([exponent, 0, -exponent, exponent, 1])
    weights = np.vstack([rng.dirichlet(np.ones(5), 4), [1, 0, 0, 0, 0], [1e-300, 0, 0, 0, 1]])
    plain, fast = both(monkeypatch, name, matrix, weights, ["max", "min"] * 2 + ["max"], normalise_weights=True)
    assert np.isfinite(fast).all()
    assert fast == pytest.approx(plain, abs=1e-11, rel=1e-12)


def test_powers_are_right_to_the_last_digits() -> None:
    from mcda.scoring._compiled_functions import cube_root, exponential

    exponents = np.concatenate([np.linspace(0.0, 707.0, 2001), 10.0 ** np.linspace(-300, 2, 500)])
    assert np.array([exponential(-x) for x in exponents]) == pytest.approx(np.exp(-exponents), rel=2e-15)
    assert exponential(-np.inf) == exponential(-800.0) == 0.0
    numbers = 10.0 ** np.linspace(-300, 300, 2001)
    assert np.array([cube_root(x) for x in numbers]) == pytest.approx(np.cbrt(numbers), rel=2e-15)
    assert cube_root(0.0) == 0.0


def test_large_work_uses_the_kernel_and_small_work_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    from mcda.scoring import _compiled

    used = []

    def spy(*given: Any) -> None:
        used.append(given[-1].shape)
        given[-1][...] = 0.25

    monkeypatch.setattr(_compiled, "closeness", spy)
    rng = np.random.default_rng(8)
    matrix, weights = rng.uniform(1.0, 9.0, (512, 3)), rng.dirichlet(np.ones(3), 2048)
    assert (mcda.topsis(matrix, weights, ["max"] * 3) == 0.25).all()
    assert sum(shape[1] for shape in used) == 2048
    used.clear()
    mcda.topsis(matrix, weights[:10], ["max"] * 3)
    assert used == []


def test_parameters_reach_the_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(9)
    matrix, weights = rng.uniform(1.0, 9.0, (20, 4)), rng.dirichlet(np.ones(4), 5)
    for name, more in (
        ("vikor", {"v": 0.3}),
        ("codas", {"tau": 0.0}),
        ("codas", {"tau": 0.3}),
        ("cocoso", {"lambda_": 0.2}),
    ):
        plain, fast = both(monkeypatch, name, matrix, weights, ["max", "min"] * 2, **more)
        assert fast == pytest.approx(plain, abs=1e-11)
        assert not np.allclose(fast, scored(name, matrix, weights, ["max", "min"] * 2), atol=1e-9)
    assert parameters("rim", matrix, ["max"] * 4)
