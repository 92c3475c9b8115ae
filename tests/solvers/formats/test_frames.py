"""Problems from labelled tables, and problems in words."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from solvers import Problem, ProblemError, problem_from_frames, solve
from solvers.testing import random_problem


def options(**columns):
    given = {"value": [8.0, 10.0, 6.0], "capital 1": [7.0, 9.0, 4.0], "capital 2": [0.0, 1.0, 2.0], **columns}
    return pd.DataFrame(given, index=["small", "large", "wards"])


def resources(**columns):
    return pd.DataFrame({"capacity": [13.0, 1.0], **columns}, index=["capital 1", "capital 2"])


def test_tables_make_the_problem_that_they_say():
    problem = problem_from_frames(
        options(
            mandatory=[False, False, True], least_share=[np.nan, np.nan, 0.5], project=["records", "records", None]
        ),
        resources(minimum_use=[1.0, np.nan], fund=["capital", "capital"], carry_most=[2.0, np.nan]),
        requires=pd.DataFrame({"option": ["large", "large"], "needs": ["wards", "small"], "rule": "r", "at_least": 1}),
        excludes=pd.DataFrame({"rule": ["x", "x"], "option": ["small", "large"]}),
        synergies=pd.DataFrame({"members": ["large; wards"], "value": [2.0], "capital 2": [-0.5]}, index=["both"]),
        groups=pd.DataFrame(
            {
                "kind": ["count", "spend", "share"],
                "members": ["small; large", ["wards"], "large"],
                "resources": [None, "capital 1; capital 2", ["capital 1"]],
                "minimum": [np.nan, 1.0, np.nan],
                "maximum": [1.0, np.nan, 0.9],
            },
            index=["few", "some", "share"],
        ),
        name="tables",
    )
    assert problem.mandatory == ("wards",)
    assert problem.partial == {"wards": 0.5}
    assert [(choice.members, choice.name) for choice in problem.choices] == [(("small", "large"), "records")]
    assert problem.minimum_use.tolist() == [1, -np.inf]
    assert (problem.requires[0].needs, problem.requires[0].number) == (("wards", "small"), 1)
    assert problem.excludes[0].members == ("small", "large")
    assert problem.synergies[0].usage == {"capital 2": -0.5}
    assert (problem.counts[0].maximum, problem.spends[0].minimum, problem.shares[0].maximum) == (1, 1, 0.9)
    assert [(m.name, m.most) for m in problem.movements] == [("capital 1 carried to capital 2", 2)]
    assert solve(problem).proof.holds


def test_small_tables_are_enough():
    problem = problem_from_frames(options(), resources(capacity=[np.nan, 1]))
    assert problem.capacity.tolist() == [np.inf, 1]
    prerequisites = pd.DataFrame({"option": ["wards", "wards"], "needs": ["small", "large"]})
    assert len(problem_from_frames(options(), resources(), requires=prerequisites).requires) == 2


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"options": options().drop(columns="value")}, "table of options has no column 'value'"),
        ({"options": options(valeu=1)}, "table of options has a column 'valeu', which is not known here"),
        ({"resources": resources(cap=1)}, "table of resources has a column 'cap'"),
        ({"requires": pd.DataFrame({"option": ["wards"]})}, "table of prerequisites has no column 'needs'"),
        (
            {"groups": pd.DataFrame({"kind": ["sum"], "members": ["small"]})},
            "be one of count, spend, share. Got 'sum'",
        ),
        ({"excludes": pd.DataFrame({"rule": ["x"], "option": ["smal"]})}, "Did you mean 'small'"),
    ],
)
def test_faulty_tables_are_refused_with_the_reason(given, message):
    with pytest.raises(ProblemError, match=message):
        problem_from_frames(**{"options": options(), "resources": resources()} | given)


def test_a_summary_and_a_notebook_name_every_rule():
    for seed in range(40):
        problem = random_problem(seed, 8, amounts=True)
        text, page = problem.summary(), problem._repr_html_()
        named = [
            *(rule.name for kind in ("requires", "excludes", "choices", "counts") for rule in getattr(problem, kind)),
            *(rule.name for kind in ("spends", "shares", "synergies", "curves") for rule in getattr(problem, kind)),
            *problem.mandatory,
            *problem.forbidden,
            *problem.partial,
            *(move.name for move in problem.movements),
        ]
        for name in named:
            assert name in text, seed
            assert name in page, seed
        assert f"{len(named)} rules" in repr(problem)


def test_a_notebook_page_escapes_names_and_folds_long_tables():
    names = [f"<b>{i}</b>" for i in range(30)]
    page = Problem(range(30), np.ones((30, 1)), [3], names=names, excludes=[names[:2]])._repr_html_()
    assert "<b>" not in page
    assert "<details><summary>options: 30</summary>" in page
    assert "<details open><summary>exclusions: 1</summary>" in page
