"""Book-keeping as options are flipped one by one, against working everything out afresh."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solvers import Excludes, Problem
from solvers.linear.cliques import cliques, with_merged_exclusions
from solvers.methods import _incremental as pools
from solvers.methods._incumbent import Incumbent
from solvers.testing import random_problem


def same(incumbent: Incumbent, fresh: Incumbent) -> None:
    fresh.put(incumbent.inside)
    assert incumbent.value == pytest.approx(fresh.value, abs=1e-9)
    assert incumbent.excess == pytest.approx(fresh.excess, abs=1e-9)
    np.testing.assert_allclose(incumbent.worths, fresh.worths, atol=1e-9)
    np.testing.assert_allclose(incumbent.rows.change, fresh.rows.change, atol=1e-9)
    np.testing.assert_allclose(incumbent.rows.use, fresh.rows.use, atol=1e-9)
    np.testing.assert_allclose(incumbent.rows.line_use, fresh.rows.line_use, atol=1e-9)


@pytest.mark.parametrize("few", [0, 50_000], ids=["sparse", "table"])
@pytest.mark.parametrize("seed", range(60))
def test_what_is_kept_is_what_comes_out_anew(seed, few, monkeypatch):
    monkeypatch.setattr(pools, "FEW_CELLS", few)
    problem = random_problem(seed, 12)
    incumbent, fresh = Incumbent(problem), Incumbent(problem)
    same(incumbent, fresh)
    rng = np.random.default_rng(seed)
    free = np.flatnonzero(incumbent.free)
    for _ in range(30):
        if not free.size:
            return
        chosen = rng.choice(free, size=min(free.size, int(rng.integers(1, 5))), replace=False).tolist()
        worth, excess, value = incumbent.worth(chosen), incumbent.excess_after(chosen), incumbent.value
        incumbent.turn(chosen)
        assert incumbent.value - value == pytest.approx(worth, abs=1e-9)
        assert incumbent.excess == pytest.approx(excess, abs=1e-9)
        same(incumbent, fresh)


def test_options_that_fit_are_those_that_break_nothing():
    problem = Problem([1, 1, 1, 1], [1, 2, 3, 4], 5, excludes=[Excludes([0, 1])])
    incumbent = Incumbent(problem)
    incumbent.turn([0])
    assert incumbent.fitting().tolist() == [2, 3]
    incumbent.turn([2])
    assert incumbent.fitting().tolist() == []


@given(st.integers(2, 12), st.data())
def test_cliques_hold_every_pair_of_the_groups_and_no_other(count, data):
    every = list(combinations(range(count), 2))
    chosen = data.draw(st.lists(st.sampled_from(every), unique=True))
    groups = [list(pair) for pair in chosen]
    held = {pair for clique in cliques(count, groups) for pair in combinations(clique, 2)}
    assert held == set(chosen)


def test_exclusions_are_merged_only_where_that_takes_fewer():
    apart = Problem(np.ones(300), np.ones(300), 5, excludes=[Excludes([i, i + 1]) for i in range(0, 300, 2)])
    assert with_merged_exclusions(apart) is apart
    together = Problem(np.ones(20), np.ones(20), 5, excludes=[Excludes(p) for p in combinations(range(20), 2)])
    merged = with_merged_exclusions(together)
    assert [len(rule.members) for rule in merged.excludes] == [20]
    assert with_merged_exclusions(together) is merged
