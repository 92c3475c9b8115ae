"""Weights from pairwise judgements: published cases, properties, and what is refused."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mcda
from tests.mcda.weights.published import case, matrix
from tests.mcda.weights.strategies import from_pairs, incomplete_matrices, judgement_matrices, weight_vectors

SINGLE = [
    "ahp-prioritisation-methods-differ",
    "ahp-saaty-1977-distances",
    "ahp-saaty-1990-house-inconsistent",
    "ahp-saaty-2008-drinks",
]
METHODS = ["eigenvector", "geometric_mean", "logarithmic_least_squares", "normalised_columns", "harker"]


@pytest.mark.parametrize("name", SINGLE)
def test_published_matrices(name: str) -> None:
    published = case(name)
    pairwise = matrix(published["matrix"])
    found = mcda.ahp(pairwise)
    expected = published["eigenvector"]
    assert found.weights == pytest.approx(expected["published"], abs=expected["tolerance"], rel=0)
    assert found.weights == pytest.approx(expected["precise"], abs=1e-9, rel=0)
    assert found.lambda_max == pytest.approx(published["lambda_max"], abs=1e-9)
    assert found.geometric_consistency_index == pytest.approx(published["geometric_consistency_index"], abs=1e-9)
    for source, ratio in published["consistency_ratio"].items():
        assert mcda.ahp(pairwise, random_index=source).consistency_ratio == pytest.approx(ratio, abs=1e-9)
    for method in ("geometric_mean", "normalised_columns"):
        assert mcda.ahp(pairwise, method).weights == pytest.approx(published[method], abs=1e-9)


def test_published_house_and_drinks_ratios() -> None:
    house, drinks = case("ahp-saaty-1990-house-inconsistent"), case("ahp-saaty-2008-drinks")
    ratio = mcda.ahp(matrix(house["matrix"]), random_index="saaty_1980").consistency_ratio
    assert round(ratio, 3) == house["published_consistency_ratio"]
    assert round(mcda.ahp(matrix(drinks["matrix"])).consistency_ratio, 3) == drinks["published_consistency_ratio"]


def test_geometric_consistency_index_as_published() -> None:
    published = case("ahp-gci-3x3")
    found = mcda.ahp(matrix(published["matrix"])).geometric_consistency_index
    expected = published["geometric_consistency_index"]
    assert found == pytest.approx(expected["published"], abs=expected["tolerance"])
    assert found == pytest.approx(expected["precise"], abs=1e-9)


def test_incomplete_matrix_of_bozoki_and_others() -> None:
    published = case("ahp-incomplete-bozoki-2010-4x4")
    pairwise = matrix(published["matrix"])
    found = mcda.ahp(pairwise)
    expected = published["eigenvector"]
    assert found.weights == pytest.approx(expected["published"], abs=expected["tolerance"], rel=0)
    assert found.weights == pytest.approx(expected["precise"], abs=expected["precise_tolerance"], rel=0)
    assert found.completed[2, 3] == pytest.approx((8 / 15) ** 0.5, abs=1e-9)
    for method in ("logarithmic_least_squares", "harker"):
        assert mcda.ahp(pairwise, method).weights == pytest.approx(published[method], abs=1e-9)


def test_localisation_of_the_house_example() -> None:
    published = case("ahp-house-inconsistency-localisation")
    pairwise = matrix(published["matrix"])
    worst = mcda.ahp(pairwise).worst_judgements(len(published["errors"]))
    assert [abs(item["log_error"]) for item in worst] == pytest.approx(published["errors"], abs=1e-9)
    assert [[item["a"], item["b"]] for item in worst] == published["pairs"]
    mended = pairwise.copy()
    mended[2, 6], mended[6, 2] = worst[0]["fitting"], 1 / worst[0]["fitting"]
    assert worst[0]["fitting"] == pytest.approx(published["after_replacing_worst"]["value"], abs=1e-9)
    ratio = mcda.ahp(mended, random_index="saaty_1980").consistency_ratio
    assert ratio == pytest.approx(published["after_replacing_worst"]["consistency_ratio_saaty_1980"], abs=1e-9)


@given(judgement_matrices())
def test_eigenvector_satisfies_its_equation(pairwise: np.ndarray) -> None:
    found = mcda.ahp(pairwise)
    assert np.abs(pairwise @ found.weights - found.lambda_max * found.weights).max() <= 1e-12 * len(pairwise)
    assert found.weights.min() > 0
    assert found.weights.sum() == pytest.approx(1, abs=1e-12)
    assert found.lambda_max >= len(pairwise) - 1e-9


@given(judgement_matrices(2), st.randoms())
@pytest.mark.parametrize("method", METHODS)
def test_order_of_what_is_compared_does_not_matter(method: Any, pairwise: np.ndarray, random: Any) -> None:
    order = list(range(len(pairwise)))
    random.shuffle(order)
    plain, shuffled = mcda.ahp(pairwise, method), mcda.ahp(pairwise[np.ix_(order, order)], method)
    assert shuffled.weights == pytest.approx(plain.weights[order], abs=1e-12)
    assert shuffled.consistency_ratio == pytest.approx(plain.consistency_ratio, abs=1e-11)
    assert shuffled.geometric_consistency_index == pytest.approx(plain.geometric_consistency_index, abs=1e-11)


@given(weight_vectors(), st.floats(0.01, 100))
@pytest.mark.parametrize("method", METHODS)
def test_consistent_judgements_give_their_weights_back(method: Any, weights: np.ndarray, scale: float) -> None:
    raw = weights * scale
    found = mcda.ahp(raw[:, None] / raw, method)
    assert found.weights == pytest.approx(weights, abs=1e-12)
    assert found.consistency_ratio == pytest.approx(0, abs=1e-12)
    assert found.geometric_consistency_index == pytest.approx(0, abs=1e-12)


@given(judgement_matrices())
def test_row_geometric_mean_of_the_transpose_is_the_reciprocal(pairwise: np.ndarray) -> None:
    forward, backward = mcda.ahp(pairwise, "geometric_mean").weights, mcda.ahp(pairwise.T, "geometric_mean").weights
    inverse = 1 / forward
    assert backward == pytest.approx(inverse / inverse.sum(), abs=1e-12)


@given(st.lists(judgement_matrices(5, 5), min_size=1, max_size=6))
@pytest.mark.parametrize("method", METHODS)
def test_a_stack_equals_its_matrices_one_by_one(method: Any, matrices: list[np.ndarray]) -> None:
    stack = mcda.ahp(np.stack([matrices, matrices]), method)
    for place, pairwise in enumerate(matrices):
        one = mcda.ahp(pairwise, method)
        assert stack.weights[1, place] == pytest.approx(one.weights, abs=1e-14)
        assert stack[1, place].consistency_ratio == pytest.approx(one.consistency_ratio, abs=1e-12)
        assert stack[0, place].worst_judgements(1)[0]["value"] == one.worst_judgements(1)[0]["value"]


@pytest.mark.parametrize("size", [1, 2, 3, 16, 25, 50])
def test_any_size(size: int) -> None:
    generator = np.random.default_rng(size)
    answers = generator.choice([1 / 9, 1 / 2, 1.0, 3.0, 7.0], size * (size - 1) // 2)
    found = mcda.ahp(from_pairs(size, list(answers)))
    values, vectors = np.linalg.eig(found.judgements)
    principal = np.abs(vectors[:, values.real.argmax()].real)
    assert found.weights == pytest.approx(principal / principal.sum(), abs=1e-10)
    assert np.isfinite(found.consistency_ratio)
    assert (found.consistency_ratio == 0) if size <= 2 else (found.consistency_ratio > 0)


def test_extreme_group_matrix_still_has_its_eigenvector() -> None:
    generator = np.random.default_rng(3)
    answers = np.exp(generator.normal(0, 6, 45))
    found = mcda.ahp(from_pairs(10, list(answers)))
    image = found.judgements @ found.weights
    assert image / found.weights == pytest.approx(found.lambda_max, rel=1e-9)


def lambda_max(full: np.ndarray) -> float:
    return float(np.linalg.eigvals(full).real.max())


@settings(max_examples=40)
@given(incomplete_matrices(), st.integers(0, 2**31))
def test_completion_has_the_smallest_eigenvalue(pairwise: np.ndarray, seed: int) -> None:
    found = mcda.ahp(pairwise)
    full = found.judgements if found.completed is None else found.completed
    assert lambda_max(full) == pytest.approx(found.lambda_max, abs=1e-9)
    generator = np.random.default_rng(seed)
    for size in (0.01, 0.3):
        moved = np.where(np.isnan(pairwise), full * np.exp(generator.normal(0, size, full.shape)), full)
        moved = np.where(np.tri(len(full), dtype=bool), 1 / moved.T, moved)
        assert lambda_max(moved) >= found.lambda_max - 1e-9
    assert full == pytest.approx(np.where(np.isnan(pairwise), full, pairwise))


@given(incomplete_matrices())
def test_least_squares_on_the_graph_has_zero_gradient(pairwise: np.ndarray) -> None:
    logs = np.log(mcda.ahp(pairwise, "logarithmic_least_squares").weights)
    residuals = np.nan_to_num(np.log(pairwise) - logs[:, None] + logs)
    assert np.abs(residuals.sum(axis=1)).max() <= 1e-9


@given(incomplete_matrices())
def test_harker_satisfies_its_definition(pairwise: np.ndarray) -> None:
    found = mcda.ahp(pairwise, "harker")
    replaced = np.where(np.isnan(pairwise), found.weights[:, None] / found.weights, pairwise)
    assert replaced @ found.weights == pytest.approx(found.lambda_max * found.weights, abs=1e-10)


@given(weight_vectors(3, 7), st.randoms())
@pytest.mark.parametrize("method", ["eigenvector", "logarithmic_least_squares", "harker"])
def test_consistent_answers_with_gaps_give_their_weights(method: Any, weights: np.ndarray, random: Any) -> None:
    pairwise = weights[:, None] / weights
    size = len(weights)
    for row in range(size):
        for column in range(row + 2, size):
            if random.random() < 0.5:
                pairwise[row, column] = pairwise[column, row] = np.nan
    found = mcda.ahp(pairwise, method)
    assert found.weights == pytest.approx(weights, abs=1e-9)
    assert found.consistency_ratio == pytest.approx(0, abs=1e-9)
    assert found.geometric_consistency_index == pytest.approx(0, abs=1e-9)


def test_a_tree_of_answers_contradicts_nothing() -> None:
    found = mcda.ahp([[1, 9, None], [1 / 9, 1, 9], [None, 1 / 9, 1]])
    assert found.weights == pytest.approx(np.array([81, 9, 1]) / 91)
    assert (found.consistency_ratio, found.geometric_consistency_index) == (0, 0)


def test_random_index_shrinks_with_the_gaps() -> None:
    pairwise = matrix(case("ahp-incomplete-bozoki-2010-4x4")["matrix"])
    found = mcda.ahp(pairwise)
    # One gap of six: 1 - 2 * 1 / (3 * 2) of the index of a full matrix (Ágoston and Csató, 2022).
    assert found.consistency_ratio == pytest.approx((found.lambda_max - 4) / 3 / (0.89 * 2 / 3))


def test_labels_go_in_and_come_out() -> None:
    names = ["cost", "safety", "style"]
    frame = pd.DataFrame([[1, 2, None], [0.5, 1, 3], [None, 1 / 3, 1]], index=names, columns=names)
    found = mcda.ahp(frame.loc[:, ["style", "cost", "safety"]])
    assert found.weights.to_dict() == pytest.approx({"cost": 0.6, "safety": 0.3, "style": 0.1})
    assert found.to_frame()["weight"].to_dict() == found.weights.to_dict()
    assert found.worst_judgements()[0]["a"] in names
    assert "cost 0.600" in repr(found)
    assert "<table" in found._repr_html_()


def test_labels_of_an_array_name_the_rows_of_the_tables() -> None:
    found = mcda.ahp([[1, 4], [0.25, 1]], labels=["a", "b"])
    assert found.weights == pytest.approx([0.8, 0.2])
    assert found.to_frame().index.tolist() == ["a", "b"]


def test_priorities_travel_between_processes() -> None:
    found = pickle.loads(pickle.dumps(mcda.ahp(np.ones((2, 3, 3)))))  # noqa: S301 - our own bytes
    assert found.weights.shape == (2, 3)
    assert found.to_frame().shape == (2, 6)


BAD: dict[str, tuple[Any, str]] = {
    "zero": ([[1, 0], [1, 1]], r"\[0, 1\] must be a positive number"),
    "negative": ([[1, -2], [-0.5, 1]], "must be a positive number"),
    "infinite": ([[1, np.inf], [0, 1]], "must be a positive number"),
    "NaN on the diagonal": ([[np.nan, 2], [0.5, 1]], r"\[0, 0\] must be 1"),
    "diagonal not 1": ([[1, 2], [0.5, 3]], r"\[1, 1\] must be 1"),
    "not reciprocal": ([[1, 3], [1, 1]], r"reciprocal: pairwise\[0, 1\] = 3 calls for 0.333333333333 at \[1, 0\]"),
    "rounded reciprocal": ([[1, 3], [0.33, 1]], "state a larger reciprocity_tolerance"),
    "asymmetric gap": ([[1, 3], [None, 1]], r"\[0, 1\] is answered \(3.0\) but its mirror"),
    "not square": ([[1, 2, 3], [0.5, 1, 1]], r"must be square.*\(2, 3\)"),
    "a vector": ([1, 2], "must be square"),
    "empty": (np.ones((0, 0)), "must be square"),
    "words": ([[1, "much"], [1, 1]], "must hold numbers"),
    "in a stack": ([[[1, 1], [1, 1]], [[1, -1], [-1, 1]]], r"\[1, 0, 1\] must be a positive"),
    "disconnected": (
        [[1, 2, None, None], [0.5, 1, None, None], [None, None, 1, 3], [None, None, 1 / 3, 1]],
        r"2 parts that no judgement connects: 0, 1 \| 2, 3",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_judgements_are_refused_in_words(what: str) -> None:
    pairwise, message = BAD[what]
    with pytest.raises(mcda.InputError, match=message):
        mcda.ahp(pairwise)


def test_bad_labels_and_choices_are_refused() -> None:
    frame = pd.DataFrame(np.ones((2, 2)), index=["a", "b"], columns=["a", "c"])
    with pytest.raises(mcda.LabelError, match=r"Only in one of them: \['b', 'c'\]"):
        mcda.ahp(frame)
    with pytest.raises(mcda.LabelError, match="more than once"):
        mcda.ahp(pd.DataFrame(np.ones((2, 2)), index=["a", "a"], columns=["a", "a"]))
    with pytest.raises(mcda.LabelError, match="2 different names"):
        mcda.ahp(np.ones((2, 2)), labels=["a"])
    with pytest.raises(mcda.InputError, match="labels are read from a DataFrame"):
        mcda.ahp(pd.DataFrame(np.ones((2, 2))), labels=["a", "b"])
    with pytest.raises(mcda.InputError, match="method must be one of eigenvector"):
        mcda.ahp(np.ones((2, 2)), "mode")  # type: ignore[arg-type]
    with pytest.raises(mcda.InputError, match="random_index must be one of saaty"):
        mcda.ahp(np.ones((2, 2)), random_index="saaty_1981")
    with pytest.raises(mcda.InputError, match="needs every judgement"):
        mcda.ahp([[1, 9, None], [1 / 9, 1, 9], [None, 1 / 9, 1]], "geometric_mean")
    with pytest.raises(mcda.InputError, match="take one from the stack"):
        mcda.ahp(np.ones((2, 2, 2))).worst_judgements()
    with pytest.raises(mcda.InputError, match="not to a stack"):
        mcda.ahp(np.ones((2, 2)))[0]


def test_a_rounded_matrix_passes_with_a_stated_tolerance() -> None:
    found = mcda.ahp([[1, 3], [0.33, 1]], reciprocity_tolerance=0.02)
    assert found.weights == pytest.approx([0.75, 0.25], abs=0.002)
