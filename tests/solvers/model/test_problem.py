from __future__ import annotations

import pickle
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from solvers import (
    Choice,
    CountRule,
    Excludes,
    Problem,
    ProblemError,
    Requires,
    ShareRule,
    SpendRule,
    Synergy,
    certify,
    conflict,
    solve,
)

NAN, INF = float("nan"), float("inf")


def two(**changes):
    return Problem(**{"values": [1, 2], "usage": [[1, 2], [3, 4]], "capacity": [5, 6], **changes})


def test_default_names_are_numbered_from_one():
    problem = two()
    assert problem.names == ("option 1", "option 2")
    assert problem.resources == ("resource 1", "resource 2")


def test_options_are_referred_to_by_name_or_position():
    by_name = two(names=["a", "b"], mandatory=["b"], requires=[("b", ["a"])], excludes=[["a", "b"]])
    by_position = two(names=["a", "b"], mandatory=[np.int64(1)], requires=[(1, 0)], excludes=[[0, 1]])
    for problem in (by_name, by_position):
        assert problem.mandatory == ("b",)
        assert problem.requires == (Requires("b", ["a"], name="b requires a"),)
        assert problem.excludes == (Excludes(["a", "b"], name="at most one of a and b"),)


def test_tables_are_matched_by_label_not_by_position():
    usage = pd.DataFrame({"money": [1.0, 2.0], "staff": [3.0, 4.0]}, index=["a", "b"])
    problem = Problem(
        pd.Series({"b": 20.0, "a": 10.0}),
        usage,
        pd.Series({"staff": 9.0, "money": 8.0}),
        minimum_use={"staff": 1, "money": 0},
    )
    assert problem.names == ("a", "b")
    assert problem.values.tolist() == [10.0, 20.0]
    assert problem.resources == ("money", "staff")
    assert problem.capacity.tolist() == [8.0, 9.0]
    assert problem.minimum_use.tolist() == [0.0, 1.0]
    turned = Problem([1, 2], usage, [1, 1], names=["b", "a"], resources=["staff", "money"])
    assert turned.usage.tolist() == [[4.0, 2.0], [3.0, 1.0]]
    assert Problem({"x": 1, "y": 2}, [1, 1], {"money": 1}).names == ("x", "y")


def test_a_table_with_default_positions_has_no_labels():
    problem = Problem(pd.Series([1.0, 2.0]), pd.DataFrame([[1.0], [2.0]]), [1])
    assert problem.names == ("option 1", "option 2")
    assert problem.resources == ("resource 1",)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"values": [1, NAN]}, r"The value of 'option 2' must be a finite number. Got nan"),
        ({"values": [INF, 1]}, r"The value of 'option 1' must be a finite number. Got inf"),
        ({"values": ["1", "2"]}, "values must be an array of numbers"),
        ({"values": [1, None]}, "values must hold numbers only. Got None"),
        ({"values": [[1, 2]]}, "values must be a vector"),
        ({"values": [1, 2, 3]}, "one row per option: 3 rows"),
        ({"usage": [[1, 2, 3], [3, 4, 5]]}, "capacity must have one figure per resource: 3. Got 2"),
        ({"usage": np.ones((3, 2)), "values": [1, 2], "capacity": [1, 1]}, "one row per option: 2 rows"),
        ({"values": [1, 2, 3], "usage": np.ones((2, 3)), "capacity": [1, 1, 1]}, "transposed"),
        ({"usage": [[1, NAN], [1, 1]]}, "The usage of 'option 1', 'resource 2' must be a finite number"),
        ({"usage": [[1, 1], [INF, 1]]}, "The usage of 'option 2', 'resource 1' must be a finite number"),
        ({"usage": [[1, "a"], [1, 1]]}, "usage must be an array of numbers"),
        ({"capacity": [1, NAN]}, "The capacity of 'resource 2' must be a number or infinity. Got nan"),
        ({"capacity": [-INF, 1]}, "The capacity of 'resource 1'"),
        ({"minimum_use": [INF, 1]}, "The minimum use of 'resource 1'"),
        ({"minimum_use": [1]}, "minimum_use must have one figure per resource: 2. Got 1"),
        ({"names": ["a"]}, "There are 2 options but 1 option names"),
        ({"names": ["a", "a"]}, "The option name 'a' is used twice"),
        ({"names": ["a", ""]}, "needs a name: text that is not empty"),
        ({"names": ["a", 3]}, "needs a name: text"),
        ({"resources": ["a", "a"]}, "The resource name 'a' is used twice"),
        (
            {"mandatory": ["option 9"]},
            "mandatory names the option 'option 9', which does not exist. Did you mean",
        ),
        ({"mandatory": [2]}, "mandatory refers to the option 2. Use its name, or its position from 0 to 1"),
        ({"mandatory": [-1]}, "position from 0 to 1"),
        ({"mandatory": [True]}, "refers to the option True"),
        ({"mandatory": [0, "option 1"]}, "names the option 'option 1' more than once"),
        ({"mandatory": [0], "forbidden": [0]}, "'option 1' is both mandatory and forbidden"),
        ({"requires": [("option 1", ["option 1"])]}, "requires itself"),
        ({"requires": [("option 1", [])]}, "has no members"),
        ({"requires": [(0, [1], 2, 3)]}, r"requires takes Requires objects or \(option, \[needs\]\) pairs"),
        ({"requires": [(0, ["zzz"])]}, "names the option 'zzz', which does not exist"),
        ({"excludes": ["option 1"]}, "excludes takes lists of options"),
        ({"excludes": [0, 1]}, "excludes takes lists of options, one list per exclusion. Got 0"),
        ({"excludes": [[]]}, "has no members"),
        ({"excludes": [[0, 0]]}, "more than once"),
        ({"choices": [0, 1]}, "choices takes lists of options, one list per choice. Got 0"),
        ({"choices": [[]]}, "has no members"),
        ({"requires": [0]}, "requires takes Requires objects"),
        ({"counts": [[0, 1]]}, "counts takes CountRule objects"),
        (
            {"spends": [SpendRule([0], ["money"], maximum=1)]},
            "names the resource 'money', which does not exist",
        ),
        ({"synergies": [Synergy([0, 1], usage={"money": 1})]}, "names the resource 'money'"),
        ({"synergies": [Synergy([0, 7])]}, "refers to the option 7"),
        (
            {"values": pd.Series({"a": 1.0, "c": 2.0}), "names": ["a", "b"]},
            "values must have exactly the expected labels. Missing: 'b'. Unknown: 'c'",
        ),
        (
            {"usage": pd.DataFrame([[1, 2], [3, 4]], index=["a", "a"])},
            "used twice",
        ),
    ],
)
def test_bad_input_is_refused_by_name(changes, message):
    with pytest.raises(ProblemError, match=message):
        two(**changes)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: CountRule(["a"]), "neither a minimum nor a maximum"),
        (lambda: CountRule(["a"], 2, 1), "above its maximum"),
        (lambda: CountRule(["a"], 0.5), "counts options, so it must be a whole number"),
        (lambda: CountRule([], 1), "has no members"),
        (lambda: SpendRule(["a"], ["m"], maximum=NAN), "maximum of a spend rule must be a finite number"),
        (lambda: SpendRule(["a"], [], maximum=1), "has no members"),
        (lambda: ShareRule(["a"], ["m"], 1.5), "must be a share, from 0 to 1"),
        (lambda: Requires("a", ["b", "c"], 3), "from 1 to the number of needs"),
        (lambda: Requires("a", ["b", "b"]), "more than once"),
        (lambda: Synergy(["a", "b"], INF), "must be a finite number"),
        (lambda: Synergy(["a", "b"], 0, {"m": NAN}), "must be a finite number"),
    ],
)
def test_rules_refuse_what_makes_no_sense(make, message):
    with pytest.raises(ProblemError, match=message):
        make()


def test_replace_returns_a_checked_copy():
    problem = two(names=["a", "b"], mandatory=["a"])
    changed = problem.replace(capacity=[9, 9], mandatory=())
    assert changed.capacity.tolist() == [9, 9]
    assert problem.capacity.tolist() == [5, 6]
    assert (changed.names, changed.mandatory) == (("a", "b"), ())
    with pytest.raises(ProblemError, match="A problem has no argument 'budget'"):
        problem.replace(budget=3)


def test_a_problem_cannot_be_changed_and_survives_pickling():
    problem = two(mandatory=[0], requires=[(0, [1])], synergies=[Synergy([0, 1], 2, {1: -1})])
    with pytest.raises(ValueError, match="read-only"):
        problem.values[0] = 5
    with pytest.raises(AttributeError):
        problem.name = "x"
    again = pickle.loads(pickle.dumps(problem))  # noqa: S301 - our own bytes
    assert solve(again).selected == solve(problem).selected
    assert again.synergies == problem.synergies


def test_the_caller_keeps_their_arrays():
    values = np.array([1.0, 2.0])
    two(values=values)
    values[0] = 7.0
    assert values.flags.writeable


def test_synergies_add_to_value_and_use_and_prints_as_people_write():
    problem = Problem([0.1, 0.2], [[0.1], [0.2]], [1], resources=["money"], synergies=[Synergy([0, 1], 0.3, {0: 0.3})])
    both, none = certify(problem, [0, 1]), certify(problem, [])
    assert (float(both.value), float(both.usage["money"])) == (0.6, 0.6)
    assert (both.value, both.usage["money"]) == (Fraction("0.6"), Fraction("0.6"))
    assert (none.value, none.usage["money"]) == (0, 0)


def test_what_was_renamed_works_for_one_release_and_says_so(tmp_path):
    problem = Problem([0.1, 0.2], [[0.1], [0.2]], [1], resources=["money"])
    with pytest.warns(DeprecationWarning, match=r"Problem\.evaluate is deprecated.*solvers\.certify"):
        assert problem.evaluate([0, 1]) == (pytest.approx(0.3), {"money": pytest.approx(0.3)})
    for write, name in ((problem.to_mps, "a.mps"), (problem.to_lp, "a.lp")):
        with pytest.warns(DeprecationWarning, match=r"solvers\.write_model"):
            assert write(tmp_path / name) == tmp_path / name
        assert (tmp_path / name).is_file()


def test_summary_and_html_say_what_is_there():
    text = two(names=["a", "b"], mandatory=["a"], minimum_use=[1, 0], name="trial").summary()
    assert "<Problem 'trial': 2 options, 2 resources, 1 rules>" in text
    assert "resource 1: asked 4, limit 5, at least 1" in text
    assert "mandatory: 1" in text
    assert "&lt;Problem" in two()._repr_html_()


def test_choices_are_ways_of_one_project():
    problem = Problem(
        [5, 9, 4, 1],
        [[2], [3], [2], [1]],
        [6],
        names=["small", "large", "later", "other"],
        choices=[["small", "large"], Choice(["later", "other"], required=True, name="records")],
    )
    assert [choice.name for choice in problem.choices] == ["at most one way: small and large", "records"]
    solution = solve(problem)
    assert solution.selected == ("large", "later")
    kinds = [(check.name, check.kind) for check in solution.proof.checks if check.kind.startswith("choice")]
    assert kinds == [
        ("at most one way: small and large", "choice maximum"),
        ("records", "choice minimum"),
        ("records", "choice maximum"),
    ]
    with pytest.raises(ProblemError, match="choices takes lists of options"):
        Problem([1], [1], [1], choices=["option 1"])


def test_a_clash_over_versions_names_the_choice():
    problem = Problem(
        [1, 1], [[1], [1]], [1], names=["v1", "v2"], mandatory=["v1", "v2"], choices=[Choice(["v1", "v2"], name="EPR")]
    )
    assert any("EPR" in [limit.name for limit in members] for members in conflict(problem, sets=9).sets)
