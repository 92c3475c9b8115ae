"""The bad-input table of the contract, for every method."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import mcda
from tests.mcda.scoring.problems import RELATIONS, SCORING, parameters

MATRIX, WEIGHTS, DIRECTIONS = [[3.0, 4.0], [5.0, 6.0], [7.0, 5.0]], [0.4, 0.6], ["max", "min"]
NAN, INF = float("nan"), float("inf")

BAD: list[tuple[Any, Any, Any, dict[str, Any], str]] = [
    ([[3, 4], [5, NAN], [7, 5]], WEIGHTS, DIRECTIONS, {}, r"matrix\[1, 1\] must be a finite number. Got nan"),
    ([[3, 4], [5, 6], [INF, 5]], WEIGHTS, DIRECTIONS, {}, r"matrix\[2, 0\] .* Got inf"),
    ([3, 4], WEIGHTS, DIRECTIONS, {}, r"matrix must have shape"),
    (MATRIX, [0.4, 0.3, 0.3], DIRECTIONS, {}, r"weights must have shape \(\.\.\., 2\)"),
    (MATRIX, [-0.4, 1.4], DIRECTIONS, {}, r"weights\[0\] must not be negative. Got -0.4"),
    (MATRIX, [0, 0], DIRECTIONS, {"normalise_weights": True}, "at least one positive"),
    (MATRIX, [0.4, NAN], DIRECTIONS, {}, r"weights\[1\] must be a finite number"),
    (MATRIX, [40, 60], DIRECTIONS, {}, "must sum to 1 .* Got a sum of 100. Pass normalise_weights=True"),
    (MATRIX, WEIGHTS, ["max", "low"], {}, r"directions\[1\] must be .* Got 'low'"),
    (MATRIX, WEIGHTS, ["max"], {}, r"directions must have one entry per criterion \(2\). Got 1"),
    (MATRIX, pd.Series([0.4, 0.6], index=["x", "y"])[["x", "x"]], DIRECTIONS, {}, "must be unique"),
    (
        pd.DataFrame(MATRIX, columns=["cost", "risk"]),
        {"cost": 0.4, "rsik": 0.6},
        DIRECTIONS,
        {},
        r"missing \['risk'\], unknown \['rsik'\]",
    ),
]


@pytest.mark.parametrize("name", [*SCORING, *RELATIONS])
@pytest.mark.parametrize(("matrix", "weights", "directions", "options", "message"), BAD)
def test_bad_input_is_refused(
    name: str, matrix: Any, weights: Any, directions: Any, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(mcda.McdaError, match=message):
        getattr(mcda, name)(matrix, weights, directions, **parameters(name, MATRIX, DIRECTIONS), **options)


@pytest.mark.parametrize(
    "name", ["wpm", "waspas", "copras", "aras", "edas", "marcos", "codas", "ocra", "ram", "multimoora"]
)
def test_methods_of_ratios_refuse_negative_levels(name: str) -> None:
    with pytest.raises(mcda.InputError, match=r"matrix\[1, 'risk'\] must .* Got -6"):
        getattr(mcda, name)(pd.DataFrame([[3, 4], [5, -6]], columns=["cost", "risk"]), WEIGHTS, DIRECTIONS)


@pytest.mark.parametrize("name", RELATIONS)
def test_relations_are_for_one_problem_and_give_no_scores(name: str) -> None:
    needed = parameters(name, MATRIX, DIRECTIONS)
    with pytest.raises(mcda.InputError, match=r"one matrix .* and one weighting"):
        getattr(mcda, name)(MATRIX, [WEIGHTS, WEIGHTS], DIRECTIONS, **needed)
    with pytest.raises(mcda.InputError, match=rf"gives a relation or classes, not scores\. Call mcda\.{name} itself"):
        mcda.score(name, MATRIX, WEIGHTS, DIRECTIONS, **needed)


LEVELS = {"bounds": [[0, 10], [0, 10]], "characteristic_values": [[0, 10], [0, 10]]}


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("waspas", {"lambda_": 1.5}, "lambda_ must be a number from 0 to 1. Got 1.5"),
        ("cocoso", {"lambda_": "half"}, "lambda_ must be a number from 0 to 1"),
        ("vikor", {"v": NAN}, "v must be a number from 0 to 1. Got nan"),
        ("codas", {"tau": -0.1}, "tau must be a number from 0 to inf"),
        ("saw", {"normalisation": "best"}, "normalisation must be one of"),
        (
            "spotis",
            {"bounds": [[0, 10], [9, 9]]},
            r"bounds\[1\] must have a lower bound below its upper bound. Got 9 and 9",
        ),
        ("spotis", {"bounds": [[0, 6], [0, 9]]}, r"matrix\[2, 0\] must lie within the bounds .* Got 7"),
        ("spotis", {"bounds": [[0, 10]] * 3}, r"bounds must have shape \(2, 2\)"),
        ("spotis", {"bounds": LEVELS["bounds"], "esp": [11, 5]}, "esp must lie within the bounds"),
        ("rim", {"bounds": LEVELS["bounds"], "ideal": [[3, 2], [0, 1]]}, "ideal must be an interval within the bounds"),
        ("smart", {"worse": [0, 10]}, "must be given together, or neither"),
        ("smart", {"worse": [10, 10], "better": [0, 0]}, r"better\[0\] must be greater than worse\[0\]"),
        ("maut", {"risk_aversion": 200}, "between -100 and 100"),
        ("maut", {"risk_aversion": [90, 1], "worse": [1e9, 1], "better": [1e9 + 1, 0]}, "too large to represent"),
        (
            "comet",
            {"characteristic_values": [[0, 10], [5, 5]]},
            r"characteristic_values\[1\] must be two or more rising",
        ),
        ("comet", {"characteristic_values": [[0, 10]]}, r"one sequence per criterion \(2\). Got 1"),
        (
            "comet",
            {"characteristic_values": [[0, 6], [0, 9]]},
            r"matrix\[2, 0\] must lie within the characteristic values",
        ),
        ("comet", {"characteristic_values": LEVELS["characteristic_values"], "expert": "electre_i"}, "that scores"),
        ("promethee_ii", {"preference": "step"}, r"preference\[0\] must be one of usual, .* Got 'step'"),
        ("promethee_ii", {"preference": ["usual"]}, r"one per criterion \(2\). Got 1"),
        ("promethee_ii", {"preference": "v-shape"}, r"p\[0\] must be positive .* v-shape. Got 0"),
        ("promethee_ii", {"preference": "linear", "q": 2, "p": 1}, r"p\[0\] must be at least q\[0\] = 2. Got 1"),
        ("promethee_ii", {"preference": "gaussian"}, r"s\[0\] must be positive"),
        ("promethee_ii", {"preference": "u-shape", "q": -1}, r"q\[0\] must be at least 0"),
        ("electre_i", {"concordance_threshold": 2}, "concordance_threshold must be a number from 0 to 1"),
        ("electre_i", {"scale": "log"}, "scale must be one of sum, vector, minmax, none"),
        ("electre_ii", {"concordance_thresholds": (0.5, 0.6, 0.4)}, "must be 3 numbers from 0 to 1, none above"),
        ("electre_ii", {"discordance_thresholds": (0.5,)}, "must be 2 numbers"),
        ("electre_iii", {"q": 2, "p": 1}, r"q\[0\] and p\[0\] must satisfy 0 <= q <= p. Got 2 and 1"),
        ("electre_iii", {"p": 3, "v": [None, 1]}, r"v\[1\] must be at least p\[1\] = 3. Got 1"),
        ("electre_iii", {"v": {"speed": 3}}, "v names 'speed', which is not a criterion"),
        (
            "electre_tri",
            {"profiles": [[5, 5], [4, 4]]},
            r"profiles\[1\] must be at least as good as profiles\[0\] .* Got 4 after 5",
        ),
        ("electre_tri", {"profiles": [[5, 5]], "cut": 0.3}, "cut must be a number from 0.5 to 1"),
        ("electre_tri", {"profiles": [[5, 5]], "classes": ["one"]}, r"one more entry than profiles \(2\). Got 1"),
        ("electre_tri", {"profiles": [[5, 5, 5]]}, r"profiles must have shape \(k, 2\)"),
    ],
)
def test_bad_parameters(name: str, given: dict[str, Any], message: str) -> None:
    with pytest.raises(mcda.InputError, match=message):
        getattr(mcda, name)(MATRIX, WEIGHTS, DIRECTIONS, **given)


def test_ocra_refuses_levels_too_far_apart_to_divide() -> None:
    with pytest.raises(mcda.InputError, match="at most 1e300 times the least level"):
        mcda.ocra([[1e-200, 1.0], [1e200, 2.0]], WEIGHTS, DIRECTIONS)


def test_logarithmic_normalisation_refuses_levels_below_one() -> None:
    with pytest.raises(mcda.InputError, match=r"matrix\[0, 1\] must be at least 1 .* Got 0.5"):
        mcda.saw([[3.0, 0.5]], WEIGHTS, DIRECTIONS, normalisation="logarithmic")


def test_cells_of_a_stack_are_named_with_their_scenario() -> None:
    stack = np.ones((2, 3, 4, 2))
    stack[1, 2, 3, 1] = -1
    with pytest.raises(mcda.InputError, match=r"matrix\[1, 2, 3, 1\] must .* Got -1"):
        mcda.copras(stack, WEIGHTS, DIRECTIONS)
