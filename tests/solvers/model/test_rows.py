"""Linear rules of one's own: solved, certified, written and read like every other rule; against brute force."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import solvers
from solvers import CountRule, Problem, ProblemError, Row, Synergy
from solvers.testing import random_problem
from tests.solvers.brute import brute_force


def with_rows(seed, most_options=8):
    """A generated problem with one to three rows on its options and synergies."""
    problem, rng = random_problem(seed, most_options), np.random.default_rng([seed, 77])
    names = [*problem.names, *dict.fromkeys(synergy.name for synergy in problem.synergies)]
    rows = []
    for _ in range(int(rng.integers(1, 4))):
        keys = rng.permutation(names)[: int(rng.integers(1, len(names) + 1))].tolist()
        figures = np.round(rng.uniform(-2, 5, len(keys)), int(rng.integers(0, 4)))
        total = float(np.round(figures[figures > 0].sum() * rng.uniform(0.2, 0.8), 3))
        sides = {"maximum": total} if rng.random() < 0.7 else {"minimum": total / 4}
        rows.append(Row(dict(zip(keys, figures.tolist(), strict=True)), **sides))
    synergies = {synergy.name: synergy for synergy in problem.synergies}
    return problem.replace(synergies=list(synergies.values()), rows=rows)


@pytest.mark.parametrize("name", ["auto", "branch_and_bound", "exhaustive", "scipy", "highs", "cpsat"])
def test_solvers_agree_with_brute_force(name):
    for seed in range(12):
        problem = with_rows(seed, 7)
        truth, found = brute_force(problem), solvers.solve(problem, name)
        assert found.has_portfolio == (truth is not None), seed
        if truth is not None:
            assert (found.certificate.value, found.selected, found.unique) == truth, seed


@pytest.mark.parametrize("name", ["greedy", "local_search"])
def test_methods_without_proof_keep_rows(name):
    found = [solvers.solve(with_rows(seed), name) for seed in range(20)]
    assert sum(one.has_portfolio for one in found) > 5
    assert all(one.certificate.holds for one in found if one.has_portfolio)


def test_a_batch_keeps_rows():
    for seed in range(8):
        problem = with_rows(seed)
        values = np.random.default_rng(seed).uniform(-1, 9, (6, len(problem.names)))
        batch = solvers.solve_batch(problem, values=values, solver="branch_and_bound")
        for k in range(6):
            truth = brute_force(batch.problem_of(k))
            assert batch.has_portfolio[k] == (truth is not None)
            if truth is not None:
                assert (batch.value[k], batch.names_of(k)) == (float(truth[0]), truth[1])


def test_a_certificate_names_the_row_that_is_broken_exactly():
    problem = Problem(
        [1, 1],
        [1, 1],
        2,
        names=["a", "b"],
        synergies=[Synergy(["a", "b"], 1, name="both")],
        rows=[Row({"a": 0.1, 1: 0.2, "both": 0.4}, maximum=0.7), Row({"a": 0.1, "b": 0.2}, 0.1, 0.29, "tight")],
    )
    found = solvers.certify(problem, ["a", "b"])
    assert [(check.name, check.kind) for check in found.violations] == [("tight", "row maximum")]
    assert found.violations[0].slack == Fraction(-1, 100)
    first = next(check for check in found.checks if check.kind == "row maximum")
    assert (first.name, first.use, first.slack) == ("row 1", Fraction(7, 10), 0)


def test_an_option_in_part_counts_as_in():
    problem = Problem([4, 3], [3, 3], 4, names=["a", "b"], partial={"a": 0.1})
    assert solvers.solve(problem).selected == ("a", "b")
    held = problem.replace(rows=[Row({"a": 1, "b": 1}, maximum=1)])
    for name in ("highs", "exhaustive"):
        assert solvers.solve(held, name).selected == ("a",)


def test_rows_are_named_in_conflicts():
    problem = Problem([1, 1], [1, 1], 1, names=["a", "b"], rows=[Row({"a": 1, "b": 1}, minimum=2, name="both in")])
    assert set(solvers.conflict(problem).names) == {"both in", "resource 1"}


def test_json_and_model_files_hold_rows(tmp_path):
    problem = Problem([1, 2, 3], [1, 1, 1], 2, rows=[Row({0: 0.1 + 0.2, 1: -1e-7}, 0.05, 1 / 3, "mine")])
    again = Problem.from_json(problem.to_json())
    assert again.rows == problem.rows
    assert again.to_json() == problem.to_json()
    solvers.write_model(problem, tmp_path / "rows.lp")
    assert "mine" in (tmp_path / "rows.lp").read_text()


def test_a_problem_without_rows_is_written_as_before():
    assert '"rows"' not in Problem([1], [1], 1).to_json()
    assert Problem.from_json(Problem([1], [1], 1).to_json()).rows == ()


def test_rows_are_shown():
    problem = Problem([1, 1], [1, 1], 1, names=["a", "b"], rows=[Row({"a": 1}, maximum=0.5, name="no a")])
    assert "rows: 1" in problem.summary()
    assert "no a (at most 0.5)" in problem.summary()
    assert "1 rules" in repr(problem)


def test_one_budget_with_a_row_is_not_for_dynamic_programming():
    problem = Problem([1, 1], [1, 1], 1, rows=[Row({0: 1}, maximum=0.5)])
    with pytest.raises(solvers.BackendError, match="rules"):
        solvers.solve(problem, "dynamic_programming")
    assert solvers.solve(problem).selected == ("option 2",)


def test_proofs_cover_rows():
    problem = Problem([5, 4, 3], [2, 2, 2], 4, rows=[Row({0: 1, 1: 1}, maximum=1.5)])
    proof = solvers.prove(problem)
    assert solvers.check_proof(problem, proof).holds
    assert not solvers.check_proof(problem.replace(rows=[]), proof).holds


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"rows": [Row({"x": 1}, maximum=1)]}, "names the option 'x', which does not exist"),
        ({"rows": [Row({"a": 1, 0: 1}, maximum=1)]}, "names 'a' more than once"),
        ({"rows": [CountRule([0], 1)]}, "rows takes Row objects"),
        (
            {"synergies": [Synergy([0, 1], 1, name="s"), Synergy([0, 1], 2, name="s")], "rows": [Row({"s": 1}, 1)]},
            "'s', which is the name of more than one thing",
        ),
    ],
)
def test_bad_rows_are_refused(row, message):
    with pytest.raises(ProblemError, match=message):
        Problem([1, 1], [1, 1], 1, names=["a", "b"], **row)


def test_figures_of_a_row_are_finite_and_bounded():
    with pytest.raises(ProblemError, match=r"coefficient of 'a' in the row 'r' must be a finite number. Got nan"):
        Row({"a": float("nan")}, maximum=1, name="r")
    with pytest.raises(ProblemError, match="neither a minimum nor a maximum"):
        Row({"a": 1})
