"""The flagship's figures on robustness and disagreement, as its README states them."""

from __future__ import annotations

import numpy as np
import pytest

import mcda
from mcda.portfolio import PortfolioSmaa

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def smaa() -> PortfolioSmaa:
    return mcda.portfolio_smaa(mcda.load(mcda.dataset("nhs-digital")), "groups", draws=300)


def test_300_random_mixes_of_the_groups(smaa: PortfolioSmaa) -> None:
    assert len(smaa.selected) == 8
    assert (len(smaa.always), len(smaa.never), len(smaa.sometimes)) == (9, 15, 16)


def test_some_of_the_mixes_solved_one_by_one(smaa: PortfolioSmaa) -> None:
    # Proven by regions for all 300; a few are asked of the solver itself.
    problem = smaa.problem
    picked = np.linspace(0, 299, 12).astype(int)
    batch = problem.solve(smaa.weights[picked])
    assert batch.value == pytest.approx(smaa.values[picked], rel=1e-9)
    assert (batch.selected == smaa.selected[smaa.best[picked]]).all()
