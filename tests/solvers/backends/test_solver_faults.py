"""Generated problems on which a solver has been wrong, as the differential test found them: now handled."""

from __future__ import annotations

import pytest

from benchmarks.differential import problem_number
from solvers import Problem, solve
from solvers.backends.base import Outcome
from solvers.backends.registry import why_unusable
from solvers.testing.differential import compare
from tests.solvers.solving.test_trust import Liar


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (633, "cpsat"),  # presolve lost the optimum: large sums in a row
        (2935, "cpsat"),
        (1608, "pulp"),  # CBC crashed when asked again with strict settings
        (6472, "pulp"),  # CBC lost a portfolio that it had found before
    ],
)
def test_a_solver_that_was_wrong_agrees(number, name):
    reason = why_unusable(name)
    if reason:
        pytest.skip(f"{name} cannot be used here: {reason}")
    assert compare(problem_number(number), [name, "highs", "exhaustive"]).disagreements == ()


def test_a_solver_that_contradicts_itself_leaves_ties_to_another():
    asked = []

    def forgetful(outcome):
        asked.append(outcome)
        return outcome if len(asked) <= 2 else Outcome.infeasible("forgotten")

    solution = solve(Problem([1, 1, 1, 1], [1, 1, 1, 1], 2), Liar(forgetful))
    assert solution.selected == ("option 1", "option 2")
    assert solution.unique is False
    assert any(event.startswith("liar lost a portfolio that exists") for event in solution.events)
