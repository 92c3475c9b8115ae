"""Conflicts where amounts can give way: shares, spends, carried and transferred capacity."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache

import numpy as np
import pytest

from solvers import CarryForward, Choice, Problem, Transfer, conflict, solve
from solvers.model.limits import keeping, limits_of, with_caps_as_amounts
from solvers.testing import random_problem


@cache
def infeasible_problems(count):
    found = (random_problem(seed, 5, amounts=True) for seed in range(10_000))
    picked = (p for p in found if p.continuous and not solve(p, "exhaustive").has_portfolio)
    return [problem for problem, _ in zip(picked, range(count), strict=False)]


def changed(problem, change, needed=None):
    """The problem with one limit moved to what the change needs, or dropped."""
    limit = change.limit
    needed = change.needed if needed is None else needed
    if needed is None:
        return keeping(problem, [other for other in limits_of(problem) if other != limit])
    figure = float(needed)
    if limit.kind in {"capacity", "minimum use"}:
        what = "capacity" if limit.kind == "capacity" else "minimum_use"
        figures = getattr(problem, what).copy()
        figures[limit.position] = figure
        return problem.replace(**{what: figures})
    if limit.kind == "movement":
        return with_cap(problem, limit.position, figure)
    kind, side = limit.kind.split()
    rules = list(getattr(problem, f"{kind}s"))
    rules[limit.position] = replace(rules[limit.position], **{side: figure})
    return problem.replace(**{f"{kind}s": rules})


def with_cap(problem, position, figure):
    carries, transfers, q = [], [], 0
    for carry in problem.carries:
        most, share = list(carry.most), list(carry.share)
        for step in range(len(most)):
            if q == position:
                most[step], share[step] = figure, np.inf
            q += 1
        carries.append(CarryForward(carry.resources, most, share, carry.name))
    for transfer in problem.transfers:
        transfers.append(replace(transfer, most=figure, share=np.inf) if q == position else transfer)
        q += 1
    return problem.replace(carries=carries, transfers=transfers)


def feasible(problem):
    return solve(problem, "exhaustive").has_portfolio


@pytest.mark.parametrize("problem", infeasible_problems(16), ids=lambda p: p.name)
def test_sets_are_minimal_and_changes_are_least(problem):
    found = conflict(problem)
    problem = with_caps_as_amounts(problem)
    for members in found.sets:
        assert not feasible(keeping(problem, members))
        for member in members:
            assert feasible(keeping(problem, [other for other in members if other != member]))
    for change in found.single_changes:
        step = Fraction(1, 10**6) if change.action == "raise" else -Fraction(1, 10**6)
        if change.needed is None:
            assert feasible(changed(problem, change))
            continue
        counts = change.limit.kind.startswith("count")
        assert feasible(changed(problem, change, change.needed + (0 if counts else step)))
        tighter = change.needed - step * (10**6 if counts else 1)
        crossed = (tighter - change.current) * step < 0
        if not crossed:
            assert not feasible(changed(problem, change, tighter))


@pytest.mark.parametrize("problem", infeasible_problems(16), ids=lambda p: p.name)
def test_the_least_relaxation_mends_the_problem(problem):
    found = conflict(problem).relaxation
    assert found
    mended = with_caps_as_amounts(problem)
    for change in found:
        if change.needed is not None:
            step = Fraction(1, 10**6) if change.action == "raise" else -Fraction(1, 10**6)
            whole = change.limit.kind.startswith("count")
            mended = changed(mended, change, change.needed if whole else change.needed + step)
    dropped = {change.limit for change in found if change.needed is None}
    keys = {(limit.kind, limit.position) for limit in dropped}
    kept = [limit for limit in limits_of(mended) if (limit.kind, limit.position) not in keys]
    assert feasible(keeping(mended, kept))


def test_a_cap_on_what_may_be_carried_is_named():
    problem = Problem(
        [5],
        [[2, 8]],
        [6, 4],
        names=["records"],
        resources=["capital year 1", "capital year 2"],
        mandatory=["records"],
        carries=[CarryForward(["capital year 1", "capital year 2"], most=3)],
    )
    found = conflict(problem)
    assert [str(change) for change in found.single_changes] == [
        "raise capital year 2 from 4 to 5 (by 1)",
        "drop 'records is mandatory'",
        "raise the cap on capital year 1 carried to capital year 2 from 3 to 4 (by 1)",
    ]


def test_a_choice_that_must_be_made_can_be_dropped():
    problem = Problem(
        [5, 4],
        [[5], [6]],
        [4],
        names=["v1", "v2"],
        resources=["money"],
        choices=[Choice(["v1", "v2"], required=True, name="records")],
        transfers=[],
    )
    assert [str(change) for change in conflict(problem).single_changes] == [
        "raise money from 4 to 5 (by 1)",
        "drop 'records (one of them must be in)'",
    ]


def test_a_transfer_takes_from_one_fund_for_another():
    problem = Problem(
        [3],
        [[10, 0]],
        [6, 5],
        resources=["capital", "revenue"],
        transfers=[Transfer("revenue", "capital", most=4)],
    )
    solution = solve(problem)
    assert solution.selected == ("option 1",)
    assert solution.moved == {"transfer from revenue to capital": 4}
