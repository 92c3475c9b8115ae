from __future__ import annotations

import numpy as np

from solvers import Problem
from solvers.backends.base import Options
from solvers.backends.highs import BACKEND
from solvers.linear import Row, linearise
from solvers.model.rules import Synergy
from solvers.solving.cuts import delicate, propose


def test_a_false_infeasible_from_presolve_is_caught():
    # HiGHS 1.12 and 1.15.1 call this model infeasible, though the empty portfolio keeps every row.
    worth = [-6378.33201883, 1528.97078062, -2680.35311425, -20796.13787163, -13249.53175727, -16228.46457596]
    problem = Problem(
        worth,
        np.empty((6, 0)),
        [],
        requires=[(5, [2])],
        excludes=[[0, 1, 3, 5]],
        synergies=[Synergy([2, 3], 0.0), Synergy([3, 5], 0.0)],
    )
    figures = [-5892.053741371372, -3608.0638951271158, -8418.169943504095]
    figures += [-6953.208473045386, 3038.34930990922, -7463.783750708051]
    model = linearise(problem).with_rows(
        [
            Row([0, 2, 4], [-1.0, 1.0, -1.0], -np.inf, 0.0),
            Row([1, 3, 4, 5], [1.0, 1.0, 1.0, 1.0], 0.0, 2.0),
            Row(range(6), figures, -3608.06389313, np.inf),
        ]
    )
    found = propose(problem, model, BACKEND, Options())
    assert found.termination == "optimal"
    assert found.certificate is not None


def test_rows_of_few_decimals_are_not_delicate():
    problem = Problem([1, 2], [[1.25], [3]], [4.5])
    assert not delicate(linearise(problem))
    assert delicate(linearise(problem.replace(usage=[[1 / 3], [3]])))
