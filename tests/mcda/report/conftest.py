"""The flagship's results, computed once for all tests of the report."""

from __future__ import annotations

import pytest

from mcda.decision import Decision
from mcda.files import dataset, load
from mcda.portfolio import GroupComparison, Selection, compare_groups, select
from mcda.report import board_pack
from mcda.weights import DecisionWeights, weigh_decision
from tests.pages import Node, read_page


@pytest.fixture(scope="session")
def decision() -> Decision:
    return load(dataset("nhs-digital"))


@pytest.fixture(scope="session")
def weights(decision: Decision) -> DecisionWeights:
    return weigh_decision(decision)


@pytest.fixture(scope="session")
def selection(decision: Decision) -> Selection:
    return select(decision)


@pytest.fixture(scope="session")
def comparison(decision: Decision) -> GroupComparison:
    return compare_groups(decision)


@pytest.fixture(scope="session")
def infeasible(decision: Decision) -> Selection:
    return select(decision, force=["P28", "P29"])


@pytest.fixture(scope="session")
def html(selection: Selection, weights: DecisionWeights, comparison: GroupComparison) -> str:
    return board_pack(selection, weights, comparison)


@pytest.fixture(scope="session")
def page(html: str) -> Node:
    return read_page(html)
