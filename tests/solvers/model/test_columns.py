"""Amounts of one's own: chosen exactly, certified by name, against linear programs that share no code with ours."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import solvers
from solvers import Amounts, Column, Problem, ProblemError, Row, Synergy
from solvers.testing import random_problem
from tests.solvers.brute_amounts import brute_force


def with_columns(seed, *, amounts):
    """A generated problem with one or two columns, and rows that tie them to options and synergies."""
    problem, rng = random_problem(seed, 6, amounts=amounts), np.random.default_rng([seed, 5])
    size = float(np.abs(problem.values).max()) or 1.0
    columns = [
        Column(
            *np.sort(np.round(rng.uniform(-3, 9, 2), 1)).tolist(),
            float(np.round(rng.uniform(-size, size), 2)),
            f"c{i}",
        )
        for i in range(int(rng.integers(1, 3)))
    ]
    rows = []
    for column in columns:
        keys = rng.permutation(problem.names)[: int(rng.integers(1, len(problem.names) + 1))].tolist()
        figures = dict(zip(keys, np.round(rng.uniform(-4, 4, len(keys)), 2).tolist(), strict=True))
        side = {"maximum": float(np.round(rng.uniform(0, 9), 2))}
        rows.append(Row(figures | {column.name: float(rng.choice([-1.0, 0.5, 2.0]))}, **side))
    return problem.replace(columns=columns, rows=rows)


@pytest.mark.parametrize("amounts", [False, True])
@pytest.mark.parametrize("name", ["highs", "exhaustive", "scipy"])
def test_solvers_agree_with_linear_programs_of_every_set(name, amounts):
    found = 0
    for seed in range(14):
        problem = with_columns(seed, amounts=amounts)
        truth, solution = brute_force(problem), solvers.solve(problem, name)
        assert solution.has_portfolio == (truth is not None), seed
        if truth is not None:
            assert solution.value == pytest.approx(truth[0], rel=1e-7, abs=1e-7), seed
            assert solution.selected in truth[1], seed
            assert solution.certificate.holds
            found += 1
    assert found > 5


def hiring(**changes):
    rows = [Row({"A": 3, "B": 5.1, "both": 0.1, "hired": -1}, maximum=4, name="posts")]
    columns = [Column(0, 10, -0.1, "hired")]
    both = [Synergy(["A", "B"], 1, name="both")]
    plain = {"names": ["A", "B"], "synergies": both, "columns": columns, "rows": rows}
    return Problem([5, 4], [1, 1], 2, **plain | changes)


def test_the_best_amount_is_exact_and_certified_by_name():
    solution = solvers.solve(hiring())
    assert solution.selected == ("A", "B")
    assert solution.certificate.amounts.columns == {"hired": Fraction(42, 10)}
    assert solution.certificate.value == 10 - Fraction(42, 100)
    assert solution.columns == {"hired": 4.2}
    given = solvers.certify(hiring(), ["A", "B"], Amounts(columns={"hired": Fraction(41, 10)}))
    assert [(check.name, check.kind) for check in given.violations] == [("posts", "row maximum")]
    given = solvers.certify(hiring(), ["A", "B"], Amounts(columns={"hired": Fraction(11)}))
    assert [check.kind for check in given.violations] == ["amount of a column"]
    with pytest.raises(ProblemError, match="amount of the column of 'hired' is missing"):
        solvers.certify(hiring(), ["A"], Amounts())


def test_what_no_amount_can_mend_is_broken_least():
    broken = solvers.certify(hiring(columns=[Column(0, 2, -0.1, "hired")]), ["A", "B"])
    assert [check.name for check in broken.violations] == ["posts"]
    assert broken.violations[0].slack == -Fraction(22, 10)


def test_json_files_and_words_hold_columns(tmp_path):
    problem = hiring()
    again = Problem.from_json(problem.to_json())
    assert (again.columns, again.rows) == (problem.columns, problem.rows)
    assert "hired (from 0 to 10, value -0.1 each)" in problem.summary()
    solvers.write_model(problem, tmp_path / "hired.mps")
    assert "hired" in (tmp_path / "hired.mps").read_text()


@pytest.mark.parametrize("name", ["cpsat", "branch_and_bound", "greedy", "dynamic_programming"])
def test_solvers_of_whole_numbers_refuse_columns_with_the_remedy(name):
    with pytest.raises(solvers.BackendError, match="Remedy: solver='highs'"):
        solvers.solve(hiring(), name)


def test_a_batch_solves_columns_one_by_one():
    batch = solvers.solve_batch(hiring(), values=[[5, 4], [-1, 4], [-9, -9]])
    assert batch.value.tolist() == [pytest.approx(9.58), pytest.approx(4 - 0.11), 0.0]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Column(0, 1), "needs a name"),
        (lambda: Column(0, float("inf"), name="x"), "upper bound of the column 'x' must be a finite number. Got inf"),
        (lambda: Column(2, 1, name="x"), "lower bound of the column 'x' is above its upper"),
        (lambda: hiring(columns=[Column(0, 1, name="A")]), "'A' has the name of something else"),
        (lambda: hiring(columns=[Column(0, 1, name="x"), Column(0, 1, name="x")]), "'x' has the name of something"),
    ],
)
def test_bad_columns_are_refused(make, message):
    with pytest.raises(ProblemError, match=message):
        make()
