"""Generators: the published recipes, the same problem for the same seed, and problems with an answer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import solvers
from solvers.instances import chu_beasley, digital_board, pisinger, with_conflicts

seeds = st.integers(0, 2**31)


def same(one, two):
    return (
        np.array_equal(one.values, two.values)
        and np.array_equal(one.usage, two.usage)
        and np.array_equal(one.capacity, two.capacity)
        and (one.requires, one.excludes, one.synergies) == (two.requires, two.excludes, two.synergies)
    )


@settings(max_examples=20)
@given(seeds, st.integers(1, 30), st.integers(1, 8), st.floats(0, 1))
def test_chu_beasley(seed, options, resources, tightness):
    problem = chu_beasley(options, resources, tightness, rng=seed)
    assert same(problem, chu_beasley(options, resources, tightness, rng=np.random.default_rng(seed)))
    assert ((problem.usage >= 1) & (problem.usage <= 1000)).all()
    assert np.array_equal(problem.capacity, np.floor(tightness * problem.usage.sum(axis=0)))
    surprise = problem.values - problem.usage.mean(axis=1)
    assert (surprise > -1).all()
    assert (surprise < 500).all()


@settings(max_examples=20)
@given(seeds, st.sampled_from(["weak", "strong", "inverse strong", "almost strong", "subset sum", "uncorrelated"]))
def test_pisinger(seed, correlation):
    problem = pisinger(40, correlation, 0.5, largest=1000, rng=seed)
    gap = problem.values - problem.usage[:, 0]
    allowed = {
        "weak": np.abs(gap) <= 100,
        "strong": gap == 100,
        "inverse strong": gap == -100,
        "almost strong": np.abs(gap - 100) <= 2,
        "subset sum": gap == 0,
        "uncorrelated": np.abs(gap) < 1000,
    }[correlation]
    assert allowed.all()
    assert (problem.values >= 1).all()


@settings(max_examples=15)
@given(seeds, st.sampled_from(["none", "trees", "graph"]))
def test_digital_board(seed, shape):
    problem = digital_board(10, years=3, teams=2, prerequisites=shape, rng=seed)
    assert same(problem, digital_board(10, years=3, teams=2, prerequisites=shape, rng=seed))
    assert problem.usage.shape == (10, 12)
    position = problem.option_labels.positions
    for rule in problem.requires:
        assert all(position[need] < position[rule.option] for need in rule.needs)
    if shape != "graph":
        assert all(len(rule.needs) == 1 for rule in problem.requires)
    assert bool(problem.requires) <= (shape != "none")
    assert solvers.solve(problem, "exhaustive").termination == "optimal"


def test_conflicts_are_a_share_of_all_pairs():
    problem = with_conflicts(pisinger(60, rng=1), 0.25, rng=2)
    assert len(problem.excludes) == pytest.approx(0.25 * 60 * 59 / 2, rel=0.15)
    assert with_conflicts(problem, 0.0, rng=1).excludes == problem.excludes


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: chu_beasley(5, 2, 1.5, rng=0), "tightness must be a share, from 0 to 1. Got 1.5"),
        (lambda: pisinger(5, "very", rng=0), "correlation must be one of uncorrelated, weak"),
        (lambda: digital_board(5, prerequisites="web", rng=0), "prerequisites must be one of none, trees, graph"),
        (lambda: with_conflicts(pisinger(5, rng=0), -1, rng=0), "density must be a share"),
    ],
)
def test_bad_input(make, words):
    with pytest.raises(solvers.ProblemError, match=words):
        make()
