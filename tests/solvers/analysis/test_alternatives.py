from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from solvers import Problem, ProblemError, best, optima, solve
from solvers.certificate import certify
from solvers.testing import random_problem


def every_portfolio(problem):
    for inside in product((True, False), repeat=len(problem.names)):
        certificate = certify(problem, np.flatnonzero(inside).tolist())
        if certificate.holds:
            yield certificate


def rank(problem, certificate):
    first = certificate.usage[problem.resources[0]] if problem.resources else 0
    return -certificate.value, first, [name not in certificate.selected for name in problem.names]


@pytest.mark.parametrize("seed", range(60))
def test_the_k_best_and_all_optima_agree_with_brute_force(seed):
    problem = random_problem(seed, most_options=6)
    everything = sorted(every_portfolio(problem), key=lambda c: rank(problem, c))
    found = best(problem, 4)
    assert [c.selected for c in found] == [c.selected for c in everything[:4]]
    assert found.complete
    equal = [c.selected for c in everything if c.value == everything[0].value]
    assert [c.selected for c in optima(problem)] == equal
    if everything:
        assert found[0].selected == solve(problem).selected


@pytest.mark.parametrize("seed", range(30))
def test_diverse_alternatives_are_as_far_apart_as_can_be(seed):
    problem = random_problem(seed, most_options=7)
    everything = list(every_portfolio(problem))
    found = best(problem, 3, diverse=True, loss=0.3)
    if not everything:
        assert len(found) == 0
        return
    top = max(c.value for c in everything)
    good = [c for c in everything if float(c.value) >= float(top) - 0.3 * abs(float(top)) - 1e-9]
    for i in range(1, len(found)):
        before = [set(c.selected) for c in found.portfolios[:i]]

        def nearest(c, before=before):
            return min(len(set(c.selected) ^ other) for other in before)

        widest = max(map(nearest, good))
        assert nearest(found[i]) == widest
        assert found[i].value == max(c.value for c in good if nearest(c) == widest)
    assert len(found) == min(3, len(good))


def test_fewer_portfolios_than_asked():
    problem = Problem([1, 2], [1, 1], 1)
    assert [c.selected for c in best(problem, 9)] == [("option 2",), ("option 1",), ()]
    assert len(best(problem.replace(minimum_use=[5]), 3)) == 0


def test_most_cuts_the_list_of_optima_and_says_so():
    problem = Problem(np.ones(6), np.ones(6), 3)
    assert (len(optima(problem)), optima(problem).complete) == (20, True)
    assert (len(optima(problem, most=5)), optima(problem, most=5).complete) == (5, False)


def test_a_time_limit_leaves_what_was_found():
    found = best(random_problem(3, 40), 10, time_limit=1e-9)
    assert (len(found), found.complete) == (0, False)


def test_the_table_and_the_words():
    found = best(Problem([1, 2], [1, 1], 1, names=["a", "b"]), 2)
    assert found.to_frame()["selected"].tolist() == ["b", "a"]
    assert found.to_frame()["loss"].tolist() == [0.0, 1.0]
    assert repr(found) == "<Alternatives: 2 portfolios, values 2 to 1>"


@pytest.mark.parametrize("options", [{"k": 0}, {"loss": -0.1, "diverse": True}])
def test_bad_options_are_refused(options):
    with pytest.raises(ProblemError, match="Got"):
        best(Problem([1], [1], 1), **options)
    with pytest.raises(ProblemError, match="most, the number of"):
        optima(Problem([1], [1], 1), most=0)
