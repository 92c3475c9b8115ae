from __future__ import annotations

from itertools import combinations, product

import pytest

from solvers import CountRule, Problem, ProblemError, SpendRule, conflict, solve
from solvers.analysis.remedies import checks_of_limits
from solvers.answers import Impossible
from solvers.model.limits import keeping, limits_of
from solvers.testing import random_problem


def infeasible_problems(count, most_options):
    found = (random_problem(seed, most_options) for seed in range(10_000))
    picked = (problem for problem in found if not solve(problem, "exhaustive").has_portfolio)
    return [problem for problem, _ in zip(picked, range(count), strict=False)]


def feasible(problem, kept):
    return solve(keeping(problem, kept), "exhaustive").has_portfolio


@pytest.mark.newest_only
@pytest.mark.parametrize("problem", infeasible_problems(200, 10), ids=lambda p: p.name)
def test_every_set_clashes_and_each_removal_mends_it(problem):
    found = conflict(problem)
    for members in found.sets:
        assert not feasible(problem, members)
        for member in members:
            assert feasible(problem, [other for other in members if other != member])


@pytest.mark.parametrize("problem", infeasible_problems(40, 6), ids=lambda p: p.name)
def test_single_changes_are_all_and_least(problem):
    found = conflict(problem)
    every = limits_of(problem)
    mending = [limit for limit in every if feasible(problem, [other for other in every if other != limit])]
    assert [change.limit for change in found.single_changes] == mending
    for change in found.single_changes:
        if change.needed is not None:
            assert change.by > 0
            needs = [
                checks[change.limit].use
                for checks in all_checks(problem)
                if all(check.holds for limit, check in checks.items() if limit != change.limit)
            ]
            assert change.needed == (min(needs) if change.action == "raise" else max(needs))


def all_checks(problem):
    for inside in product((False, True), repeat=len(problem.names)):
        yield checks_of_limits(problem, tuple(n for n, i in zip(problem.names, inside, strict=True) if i))


def test_all_minimal_sets_are_found_where_there_are_several():
    problem = Problem(
        [1, 1, 1],
        [[5], [5], [1]],
        [4],
        names=["a", "b", "c"],
        resources=["money"],
        mandatory=["a", "c"],
        excludes=[["a", "c"]],
        counts=[CountRule(["b"], 1, name="one for b")],
    )
    found = conflict(problem, sets=10)
    every = limits_of(problem)
    minimal = [
        set(some)
        for size in range(1, len(every) + 1)
        for some in combinations(every, size)
        if not feasible(problem, some) and all(feasible(problem, [o for o in some if o != m]) for m in some)
    ]
    assert found.complete
    assert sorted(map(sorted_names, found.sets)) == sorted(map(sorted_names, minimal))
    assert found.single_changes == ()
    assert not conflict(problem, sets=1).complete


def sorted_names(members):
    return sorted(limit.name for limit in members)


def test_the_least_relaxation_follows_the_priorities():
    problem = Problem([1, 1], [[6], [4]], [8], names=["a", "b"], resources=["money"], mandatory=["a", "b"])
    assert [str(change) for change in conflict(problem).relaxation] == ["raise money from 8 to 10 (by 2)"]
    dear = conflict(problem, priorities={"money": 10})
    assert len(dear.relaxation) == 1
    assert dear.relaxation[0].action == "drop"
    kept = conflict(problem, priorities={"money": None, "a is mandatory": None})
    assert [str(change) for change in kept.relaxation] == ["drop 'b is mandatory'"]
    assert conflict(problem, priorities={"money": None, "mandatory": None}).relaxation == Impossible()


@pytest.mark.parametrize("problem", infeasible_problems(40, 6), ids=lambda p: p.name)
def test_the_least_relaxation_is_least(problem):
    # With every limit that moves made dear, it is the fewest rules dropped, if dropping rules alone can mend it.
    kinds = {"capacity", "minimum use", "spend minimum", "spend maximum"} & {x.kind for x in limits_of(problem)}
    found = conflict(problem, priorities=dict.fromkeys(kinds, None)).relaxation
    counts = [
        sum(not check.holds for check in checks.values())
        for checks in all_checks(problem)
        if all(check.holds for limit, check in checks.items() if limit.kind in kinds)
    ]
    assert len(found) == min(counts, default=0)


def test_the_explanation_is_in_plain_words():
    problem = Problem(
        [1, 1],
        [[0.3], [0.2]],
        [0.4],
        names=["EPR", "Wi-Fi"],
        resources=["capital 2"],
        requires=[("EPR", ["Wi-Fi"])],
        spends=[SpendRule(["EPR"], ["capital 2"], minimum=0.1, name="something on EPR")],
    )
    assert conflict(problem).explain() == (
        "These cannot all hold:\n"
        "  - the limit on capital 2\n"
        "  - EPR requires Wi-Fi\n"
        "  - something on EPR\n"
        "Any one of these changes would be enough:\n"
        "  - raise capital 2 from 0.4 to 0.5 (by 0.1)\n"
        "  - drop 'EPR requires Wi-Fi'\n"
        "  - lower something on EPR from 0.1 to 0 (by 0.1)"
    )
    assert "smallest: capital 2; EPR requires Wi-Fi" in repr(conflict(problem))


def test_a_feasible_problem_has_no_conflict():
    with pytest.raises(ProblemError, match="has a feasible portfolio, so nothing clashes"):
        conflict(Problem([1], [1], 1))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sets": 0}, "at least 1"),
        ({"priorities": {"staff": 1}}, "neither a limit of the problem nor a kind"),
        ({"priorities": {"capacity": -1}}, "must be above 0, or None"),
    ],
)
def test_bad_options_are_refused(options, message):
    with pytest.raises(ProblemError, match=message):
        conflict(Problem([1], [2], 1, mandatory=[0]), **options)
