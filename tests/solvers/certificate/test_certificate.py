from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import pytest

from solvers import (
    CountRule,
    NoSolutionError,
    Problem,
    ProblemError,
    ShareRule,
    SpendRule,
    Synergy,
    certify,
    solve,
)


def test_decimals_that_look_equal_are_equal():
    problem = Problem([0.1, 0.2], [0.1, 0.2], 0.3)
    certificate = certify(problem, [0, 1])
    assert certificate.holds
    assert certificate.value == Fraction(3, 10)
    assert certificate.checks[0].slack == 0
    assert solve(problem).selected == problem.names


@pytest.mark.parametrize(("limit", "holds"), [(0.3, True), (0.2999999999999, False), (0.30000000000000004, True)])
def test_the_last_digit_decides(limit, holds):
    assert certify(Problem([1, 1], [0.1, 0.2], limit), [0, 1]).holds is holds


def test_figures_of_any_size_add_up_exactly():
    problem = Problem([1e300, 1e-300, -1e300], [[1e-300], [1e300], [0]], [1e300])
    certificate = certify(problem, [0, 1, 2])
    assert certificate.value == Fraction(1, 10**300)
    assert [check.name for check in certificate.violations] == ["resource 1"]
    assert certificate.violations[0].slack == -Fraction(1, 10**300)


def rules():
    return Problem(
        [1, 2, 3, 4],
        [[1, 0], [2, 1], [3, 1], [4, 1]],
        [6, float("inf")],
        names=["a", "b", "c", "d"],
        resources=["money", "staff"],
        mandatory=["a"],
        forbidden=["d"],
        requires=[("b", ["a", "c"])],
        excludes=[["b", "c"]],
        counts=[CountRule(["a", "b", "c"], 1, 2)],
        spends=[SpendRule(["b", "c"], "money", 1, 4)],
        shares=[ShareRule(["a"], ["money"], 0.5, 0.1)],
        synergies=[Synergy(["b", "c"], -1, {"money": 2})],
        minimum_use=[0, 1],
    )


@pytest.mark.parametrize(
    ("selected", "broken"),
    [
        ((), ["minimum use", "mandatory", "count minimum", "spend minimum"]),
        (("b",), ["mandatory", "requires", "share minimum"]),
        (("a", "b"), ["requires"]),
        (("a", "c"), []),
        (("a", "d"), ["forbidden", "spend minimum"]),
        (("a", "b", "c"), ["capacity", "excludes", "count maximum", "spend maximum"]),
        (("a",), ["minimum use", "spend minimum", "share maximum"]),
    ],
)
def test_every_kind_of_rule_is_checked(selected, broken):
    certificate = certify(rules(), selected)
    assert [check.kind for check in certificate.violations] == broken
    assert certificate.holds is (not broken)
    for check in certificate.checks:
        if check.limit is not None:
            assert check.holds is (check.slack >= 0)


def test_synergies_count_only_with_all_members():
    assert certify(rules(), ["b"]).value == 2
    together = certify(rules(), ["b", "c"])
    assert together.value == 4
    assert together.usage == {"money": 7, "staff": 2}


def test_a_solution_or_names_or_positions_are_taken():
    problem = rules()
    solution = solve(problem)
    assert certify(problem, solution) == certify(problem, solution.selected) == solution.certificate
    assert certify(problem, [2, 0]).selected == ("a", "c")


def test_what_is_not_an_option_is_refused():
    with pytest.raises(ProblemError, match="which does not exist"):
        certify(rules(), ["x"])
    with pytest.raises(ProblemError, match="more than once"):
        certify(rules(), ["a", 0])
    with pytest.raises(NoSolutionError, match="infeasible"):
        certify(rules(), solve(rules().replace(capacity=[0, 0])))


def test_table_has_a_row_per_check():
    frame = certify(rules(), ["a", "c"]).to_frame()
    assert list(frame.columns) == ["name", "kind", "use", "sense", "limit", "slack", "holds"]
    assert frame["holds"].all()
    assert "broken: a is mandatory" in repr(certify(rules(), ["b"]))


def test_the_certificate_loads_no_solver_and_no_numpy():
    heavy = "{'numpy', 'scipy', 'highspy', 'pulp'}"
    code = f"import sys, solvers.certificate; print(sorted({heavy} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
