"""Problems as JSON, MPS and LP, and back."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solvers import Problem, ProblemBuilder, ProblemError, Synergy, read_model, solve, write_model
from solvers.testing import random_problem


@given(st.integers(0, 10**6), st.booleans())
def test_json_loses_nothing(seed, amounts):
    problem = random_problem(seed, 10, amounts=amounts)
    again = Problem.from_json(problem.to_json())
    assert again.to_json() == problem.to_json()
    for key in ("values", "usage", "capacity", "minimum_use"):
        assert np.array_equal(getattr(again, key), getattr(problem, key))
    assert again.movements == problem.movements
    assert (again.curves, again.partial, again.synergies) == (problem.curves, problem.partial, problem.synergies)


def test_json_files_and_faults(tmp_path):
    problem = Problem([0.1, 2], [[1], [1]], [np.inf], names=["Ü", "b"], name="odd name")
    path = tmp_path / "problem.json"
    text = problem.to_json(path)
    assert Problem.from_json(path).names == ("Ü", "b")
    written = json.loads(text)
    assert (written["format"], written["version"]) == ("solvers.problem", 1)
    for change, message in (
        ({"version": 2}, "written in version 2 of the format; this release reads version 1"),
        ({"format": "other"}, "holds no problem"),
        ({"extra": 1}, "'extra' is not known"),
        ({"values": ["a", 1]}, "values must be an array of numbers"),
        ({"requires": [{"option": "b"}]}, "a part of the wrong shape"),
        ({"requires": [1]}, "a part of the wrong shape"),
    ):
        with pytest.raises(ProblemError, match=message):
            Problem.from_json(json.dumps(written | change))
    with pytest.raises(ProblemError, match="'counts' is missing"):
        Problem.from_json(json.dumps({key: value for key, value in written.items() if key != "counts"}))
    with pytest.raises(ProblemError, match="not JSON"):
        Problem.from_json("{")


@pytest.mark.parametrize("ending", ["mps", "lp", "mps.gz"])
def test_models_read_back_have_the_same_optimum(tmp_path, ending):
    for seed in range(25):
        problem = random_problem(seed, 8)
        path = write_model(problem, tmp_path / f"{seed}.{ending}")
        again, before = solve(read_model(path)), solve(problem)
        assert again.termination == before.termination, seed
        if before.has_portfolio:
            assert again.value == pytest.approx(before.value, rel=1e-12, abs=1e-9), seed


def test_names_survive_as_far_as_the_formats_allow(tmp_path):
    problem = Problem(
        [3, 2, 1],
        [[2], [1], [1]],
        [3],
        names=["EPR phase 2", "EPR phase-2", "e1"],
        resources=["capital £k"],
        mandatory=["e1"],
        synergies=[Synergy(["EPR phase 2", "e1"], 4, name="both")],
    )
    for path in (write_model(problem, tmp_path / "a.lp"), write_model(problem, tmp_path / "a.mps")):
        again = read_model(path)
        assert again.names == ("EPR_phase_2", "EPR_phase_2_2", "x_e1", "both")
        assert again.resources[0] == "capital_k"
        assert again.mandatory == ("x_e1",)
        assert solve(again).value == solve(problem).value == 8


def test_a_minimisation_and_a_constant_are_kept(tmp_path):
    path = tmp_path / "least.lp"
    path.write_text("min\n obj: 3 a + 2 b + 5\nst\n need: a + b >= 1\nbin\n a b\nend\n", encoding="utf-8")
    problem = read_model(path)
    assert problem.mandatory == ("constant",)
    solution = solve(problem)
    assert (solution.value, solution.selected) == (-7, ("b", "constant"))


def test_what_is_no_portfolio_is_refused(tmp_path):
    path = tmp_path / "general.lp"
    path.write_text("max\n obj: 3 a + 2 b\nst\n limit: a + b <= 9\nbounds\n b <= 4\nbin\n a\nend\n", encoding="utf-8")
    with pytest.raises(ProblemError, match="the column 'b' is not 0 or 1"):
        read_model(path)
    with pytest.raises(ProblemError, match=r"must end in \.mps or \.lp"):
        read_model(tmp_path / "general.txt")
    with pytest.raises(ProblemError, match="There is no file"):
        read_model(tmp_path / "nothing.mps")
    with pytest.raises(ProblemError, match="not 0 or 1"):
        read_model(write_model(Problem([1], [1], [1], partial={0: 0.5}), tmp_path / "part.mps"))


def test_the_builder_makes_the_same_problem_as_the_arrays():
    built = (
        ProblemBuilder("digital")
        .add_resource("capital 1", 10)
        .add_resource("capital 2", 5, minimum_use=1)
        .add_option("records", 8, {"capital 1": 7})
        .add_option("Wi-Fi", 1, {"capital 1": 2, "capital 2": 1}, mandatory=True)
        .add_option("wards", 6, {"capital 2": 4}, least_share=0.5)
        .add_option("wards later", 5, forbidden=True)
        .add_option("portal", 0, {})
        .requires("wards", "Wi-Fi")
        .excludes("records", "portal", name="one front door")
        .choose("wards", "wards later", name="wards")
        .count(["records", "portal"], maximum=1)
        .spend(["records"], "capital 1", maximum=9)
        .share(["records"], ["capital 1", "capital 2"], maximum=0.9)
        .synergy("records", "Wi-Fi", value=2, usage={"capital 1": -0.5})
        .curve("portal", "capital 2", [(0, 0), (2, 3)])
        .carry("capital 1", "capital 2", most=2)
        .transfer("capital 2", "capital 1", most=1)
        .build()
    )
    again = Problem.from_json(built.to_json())
    assert again.names == ("records", "Wi-Fi", "wards", "wards later", "portal")
    assert built.usage.tolist() == [[7, 0], [2, 1], [0, 4], [0, 0], [0, 0]]
    assert (built.mandatory, built.forbidden, built.partial) == (("Wi-Fi",), ("wards later",), {"wards": 0.5})
    assert len(built.movements) == 2
    assert solve(built).proof.holds


def test_the_builder_says_what_is_missing():
    builder = ProblemBuilder().add_option("a", 1, {"money": 2})
    with pytest.raises(ProblemError, match="'a' uses 'money', which is not a resource"):
        builder.build()
    with pytest.raises(ProblemError, match="'a' has already been added"):
        builder.add_option("a")
    with pytest.raises(ProblemError, match="'money' has already been added"):
        builder.add_resource("money", 1).add_resource("money", 2)
    with pytest.raises(ProblemError, match="names the option 'b'"):
        builder.requires("a", "b").build()
    assert repr(builder) == "<ProblemBuilder: 1 options, 1 resources, 1 rules so far>"
