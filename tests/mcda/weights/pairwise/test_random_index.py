"""Random indices: the published tables, the fit beyond them, and our own draw."""

from __future__ import annotations

import pytest

import mcda
from mcda.weights import RANDOM_INDEX_TABLES, random_index
from tests.mcda.weights.published import case

PUBLISHED = case("ahp-random-index-tables")


@pytest.mark.parametrize("name", PUBLISHED["tables"])
def test_tables_as_published(name: str) -> None:
    start, values = PUBLISHED["tables"][name]
    assert dict(RANDOM_INDEX_TABLES[name]) == dict(enumerate(values, start))


@pytest.mark.parametrize("size", PUBLISHED["sizes"])
def test_simulated_index_is_near_alonso_and_lamata(size: int) -> None:
    published = PUBLISHED["published"][PUBLISHED["sizes"].index(size)]
    # 20,000 matrices: three standard errors of the carried simulation of 100,000 and more, times root ten.
    assert random_index(size, "simulated") == pytest.approx(published, abs=0.015)
    assert random_index(size, "alonso_lamata") == published


def test_small_and_large_sizes() -> None:
    assert [random_index(size, "saaty") for size in (1, 2)] == [0, 0]
    for source in RANDOM_INDEX_TABLES:
        assert random_index(30, source) == pytest.approx((2.7699 * 30 - 4.3513 - 30) / 29)


def test_own_index() -> None:
    assert random_index(4, {4: 0.9}) == 0.9
    assert random_index(2, {4: 0.9}) == 0
    with pytest.raises(mcda.InputError, match="must state the index for 5"):
        random_index(5, {4: 0.9})
