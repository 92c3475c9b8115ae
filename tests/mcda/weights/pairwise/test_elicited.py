"""Weights from points, ranks and few judgements: published cases, closed forms, properties, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

import mcda
from tests.mcda.weights.published import case


def test_points_swing_and_smart_keep_their_labels() -> None:
    frame = pd.DataFrame({"a": [100.0, 50], "b": [100.0, 150]}, index=["S1", "S2"])
    assert mcda.weigh("points", frame).loc["S2"].to_dict() == {"a": 0.25, "b": 0.75}
    assert mcda.weigh("swing", pd.Series({"a": 100.0, "b": 60, "c": 40})).to_dict() == {"a": 0.5, "b": 0.3, "c": 0.2}
    assert mcda.weigh("smart", {"a": 30, "b": 10}) == {"a": 0.75, "b": 0.25}


def test_rank_weights_of_four_criteria() -> None:
    # Barron and Barrett (1996), table for n = 4.
    assert mcda.weigh("roc", [1, 2, 3, 4]) == pytest.approx([0.5208, 0.2708, 0.1458, 0.0625], abs=5e-5)
    assert mcda.weigh("rank_sum", [1, 2, 3, 4]) == pytest.approx([0.4, 0.3, 0.2, 0.1])
    assert mcda.weigh("rank_reciprocal", [1, 2, 3, 4]) == pytest.approx([0.48, 0.24, 0.16, 0.12])


@pytest.mark.parametrize("name", ["rank_order_centroid", "rank_sum", "rank_reciprocal"])
@given(order=st.permutations(list(range(1, 7))))
def test_rank_weights_follow_the_ranks(name: str, order: list[int]) -> None:
    weights = mcda.weigh(name, order)
    assert weights.sum() == pytest.approx(1)
    assert np.argsort(-weights).tolist() == np.argsort(order).tolist()


@pytest.mark.parametrize("name", ["rank_order_centroid", "rank_sum", "rank_reciprocal"])
def test_ties_share_in_any_way_of_counting(name: str) -> None:
    plain = mcda.weigh(name, [1, 2, 3, 4])
    expected = [plain[0], (plain[1] + plain[2]) / 2, (plain[1] + plain[2]) / 2, plain[3]]
    for ranks in ([1, 2, 2, 4], [1, 2.5, 2.5, 4], [1, 2, 2, 3], [1, 3, 3, 4]):
        assert mcda.weigh(name, ranks) == pytest.approx(expected)
    assert mcda.weigh(name, {"a": 1.5, "b": 1.5}) == {"a": 0.5, "b": 0.5}


def test_centroid_is_the_centre_of_weights_in_that_order() -> None:
    generator = np.random.default_rng(0)
    drawn = np.sort(generator.dirichlet(np.ones(4), 200_000), axis=1)[:, ::-1]
    assert mcda.weigh("roc", [1, 2, 3, 4]) == pytest.approx(drawn.mean(axis=0), abs=0.002)


def test_best_worst_nonlinear_as_published() -> None:
    published = case("bwm-rezaei-2015-nonlinear")
    found = mcda.weigh("BWM", published["best_to_others"], published["others_to_worst"], model="nonlinear")
    assert found.weights == pytest.approx(published["published"], abs=published["tolerance"])
    # The carried precise figures come from bisection with a linear program, good to about 1e-7; the model's own
    # solution is exact: (2 - xi)(5 - xi) = 8 + xi.
    assert found.weights == pytest.approx(published["precise"], abs=1e-7)
    assert found.xi == pytest.approx(published["xi"], abs=5e-7)
    assert found.xi == pytest.approx(4 - 14**0.5, abs=1e-14)
    assert found.xi == pytest.approx(published["published_xi"], abs=0.002)
    assert found.consistency_ratio == pytest.approx((4 - 14**0.5) / 4.47)


@st.composite
def best_worst_judgements(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    size, whole = draw(st.integers(3, 6)), draw(st.integers(2, 9))
    inner = st.integers(1, whole)
    middle = [(draw(inner), draw(inner)) for _ in range(size - 2)]
    return [1, *[a for a, _ in middle], whole], [whole, *[b for _, b in middle], 1]


def xi_is_reachable(others: list[int], ones: list[int], xi: float) -> bool:
    """By linear programming, which shares nothing with the closed form."""
    size = len(others)
    rows = []
    for j in range(size):
        for sign in (1, -1):
            first, second = np.zeros(size), np.zeros(size)
            first[0] += sign
            first[j] -= sign * others[j] + xi
            second[j] += sign
            second[-1] -= sign * ones[j] + xi
            rows += [row for row, own in ((first, j == 0), (second, j == size - 1)) if not own]
    total = linprog(np.zeros(size), np.array(rows), np.zeros(len(rows)), np.ones((1, size)), [1.0], method="highs")
    return bool(total.status == 0)


@given(best_worst_judgements())
def test_best_worst_xi_is_the_smallest(judgements: tuple[list[int], list[int]]) -> None:
    others, ones = judgements
    size = len(others)
    found = mcda.weigh("best_worst", others, ones, best=0, worst=size - 1, model="nonlinear")
    assert xi_is_reachable(others, ones, found.xi + 1e-6)
    assert found.xi < 1e-6 or not xi_is_reachable(others, ones, found.xi - 1e-5)
    assert found.weights.sum() == pytest.approx(1)
    assert (found.lower <= found.weights + 1e-9).all()
    assert (found.weights <= found.upper + 1e-9).all()


@given(st.lists(st.integers(1, 9), min_size=1, max_size=5), st.sampled_from(["linear", "nonlinear"]))
def test_consistent_best_worst_judgements_give_their_weights(middle: list[int], model: Any) -> None:
    raw = np.array([9.0, *middle, 1.0])
    found = mcda.weigh("best_worst", raw[0] / raw, raw / raw[-1], model=model)
    assert found.weights == pytest.approx(raw / raw.sum(), abs=1e-7)
    assert found.xi == pytest.approx(0, abs=1e-7)
    assert found.input_consistency_ratio == pytest.approx(0, abs=1e-12)


def test_linear_best_worst_is_tight() -> None:
    # The judgements of the non-linear example. An optimum of a linear program with three unknowns has its xi reached
    # by two constraints or more.
    found = mcda.weigh("best_worst", [8, 2, 1], [1, 5, 8], model="linear")
    worst, middle, best = found.weights
    gaps = [abs(best - 8 * worst), abs(best - 2 * middle), abs(middle - 5 * worst)]
    assert max(gaps) == pytest.approx(found.xi, abs=1e-9)
    assert sum(gap == pytest.approx(found.xi, abs=1e-9) for gap in gaps) >= 2
    assert found.consistency_ratio == found.xi


def test_several_people_and_labels_in_best_worst() -> None:
    found = mcda.weigh("best_worst", [[1, 2, 4], [4, 2, 1]], [[4, 2, 1], [1, 2, 4]])
    assert found.weights[0] == pytest.approx(found.weights[1][::-1])
    group = mcda.aggregate_priorities(found.weights, mean="arithmetic")
    assert group[0] == pytest.approx(group[2])
    named = mcda.weigh(
        "best_worst", pd.Series({"a": 1, "b": 4}), pd.Series({"b": 1, "a": 4}), best="a", worst="b", model="nonlinear"
    )
    assert named.weights.to_dict() == pytest.approx({"a": 0.8, "b": 0.2})
    assert mcda.weigh("best_worst", [1, 1], [1, 1]).weights.tolist() == [0.5, 0.5]
    assert mcda.weigh("best_worst", [1, 12, 13], [13, 2, 1], model="nonlinear").consistency_ratio > 0


def test_fucom_keeps_the_stated_ratios() -> None:
    weights = mcda.weigh("fucom", {"c2": 1, "c1": 2.1, "c3": 3})
    assert weights["c2"] / weights["c1"] == pytest.approx(2.1)
    assert weights["c1"] / weights["c3"] == pytest.approx(3 / 2.1)
    assert sum(weights.values()) == pytest.approx(1)
    assert mcda.weigh("fucom", pd.Series({"x": 2, "y": 1}))["y"] == pytest.approx(2 / 3)


def test_the_table_names_every_method_once_and_each_has_its_function() -> None:
    table = mcda.weighting_methods()
    assert len(table) == len(set(table)) == 19
    frame = table.to_frame()
    assert frame.loc["critic", "parameters"] == "matrix, directions"
    assert {"judgements", "points", "ranks", "matrix"} == set(frame["input"])
    assert table["Rank-Order Centroid"].name == table["roc"].name == "rank_order_centroid"
    assert "CRITIC" in repr(table)
    assert "<table" in table._repr_html_()
    with pytest.raises(mcda.LabelError, match=r"is called 'crit'\. There are ahp"):
        mcda.weigh("crit", [[1]])


REFUSED: dict[str, tuple[tuple[Any, ...], dict[str, Any], str]] = {
    "swing above 100": (("swing", [120, 50]), {}, "swing points must be from 0 to 100. Got 120 at 0"),
    "negative points": (("points", [[1, 2], [3, -1]]), {}, "at least 0. Got -1 at 1, 1"),
    "NaN points": (("points", [np.nan, 1]), {}, "at least 0. Got nan"),
    "all zero": (("points", [[1, 2], [0, 0]]), {}, "must not be all zero"),
    "words": (("points", ["many", "few"]), {}, "must be numbers"),
    "nothing": (("points", []), {}, "one number per criterion"),
    "smart below 10": (("smart", [10, 5]), {}, "at least 10. Got 5"),
    "rank 0": (("roc", [0, 1]), {}, "ranks must be from 1"),
    "rank above n": (("roc", [1, 3]), {}, "ranks must be from 1 .* to 2"),
    "no first": (("roc", [2, 3, 3]), {}, "must have rank 1"),
    "ranks of two people": (("roc", [[1, 2], [2, 1]]), {}, "one entry per criterion"),
    "significance below 1": (("fucom", [1, 0.5]), {}, "must be 1 for the most significant"),
    "no most significant": (("fucom", [2, 3]), {}, "must be 1 for the most significant"),
    "significance of two people": (("fucom", [[1, 2]]), {}, "one entry per criterion"),
    "judgement below 1": (("bwm", [1, 0.5], [2, 1]), {}, "numbers of at least 1"),
    "lengths": (("bwm", [1, 2, 3], [2, 1]), {}, "same shape"),
    "no best": (("bwm", [2, 2], [2, 1]), {}, "best criterion must be judged 1"),
    "no worst": (("bwm", [1, 2], [2, 2]), {}, "worst criterion must be judged 1"),
    "best judged twice": (("bwm", [1, 3], [2, 1]), {}, "must be the same in both"),
    "best equal to worst": (("bwm", [1, 1, 2], [1, 1, 2]), {"best": 0, "worst": 1}, "other judgements differ from 1"),
    "unknown best": (("bwm", [1, 2], [2, 1]), {"best": 5}, "a position from 0 to 1"),
    "wrong best": (("bwm", [1, 2], [2, 1]), {"best": 1}, "judged 1 against itself. Got 2"),
    "model": (("bwm", [1, 2], [2, 1]), {"model": "cubic"}, "model must be"),
    "labels": (("bwm", pd.Series({"a": 1, "b": 2}), pd.Series({"a": 2, "c": 1})), {}, "name the same criteria"),
    "label of best": (
        ("bwm", pd.Series({"a": 1, "b": 2}), pd.Series({"a": 2, "b": 1})),
        {"best": "z"},
        r"one of \['a', 'b'\]",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_bad_input_is_refused_in_words(what: str) -> None:
    arguments, parameters, message = REFUSED[what]
    with pytest.raises(mcda.InputError, match=message):
        mcda.weigh(*arguments, **parameters)
