"""The sample decision is read whole: every file, every column that has a meaning."""

from __future__ import annotations

from pathlib import Path

import pytest

import mcda
import mcda.decision

FLAGSHIP = Path(__file__).parents[3] / "datasets" / "nhs-digital"


@pytest.fixture(scope="module")
def decision():
    return mcda.load(FLAGSHIP)


def test_the_counts_are_those_of_its_readme(decision):
    assert len(decision.projects) == 40
    assert len(decision.criteria.nodes) == 15
    assert len(decision.criteria.leaves) == 10
    assert len(decision.groups) == 5
    assert len(decision.stakeholders) == 24
    assert len(decision.judgements) == 336
    assert sum(judgement.value is None for judgement in decision.judgements) == 11
    assert len(decision.swing_points) == 240
    assert len(decision.dependencies) == 11
    assert len(decision.exclusions) == 2
    assert len(decision.synergies) == 10
    assert sum(len(synergy.effects) for synergy in decision.synergies) == 17
    assert len(decision.policies) == 4
    assert len(decision.scenarios) == 11
    assert decision.years == (1, 2, 3, 4, 5)
    assert [resource.kind for resource in decision.resources] == ["money"] * 2 + ["team"] * 7


def test_the_ask_and_the_limits_are_those_of_its_readme(decision):
    capital, revenue = decision.resource("capital_k"), decision.resource("revenue_k")
    assert capital.use.sum() == 52_810
    assert revenue.use.sum() == 45_955
    assert capital.available.sum() == 18_400
    assert revenue.available.sum() == 20_450
    team = decision.resource("clinical_informatics")
    assert team.available.tolist() == [9.5, 9.5, 8, 6, 6]
    assert team.use[0].tolist() == [3, 3, 1.5, 0, 0]


def test_the_tree_is_of_unequal_depth_and_leaves_stand_depth_first(decision):
    assert decision.criteria.leaf_ids == ("C1", "C2", "C3", "C4", "C5", "C6", "C7a", "C7b", "C8", "C9")
    assert decision.criteria.path("C7a") == ("G", "O3", "C7", "C7a")
    leaf = decision.criteria["C7b"]
    assert (leaf.direction, leaf.reference_worse, leaf.reference_better) == ("min", 0, -320)
    assert decision.name == "Best-value digital portfolio for patients, staff and the Trust"


def test_performance_is_in_natural_units_by_project_and_leaf(decision):
    position = decision.project_ids.index("P01"), decision.performance.leaves.index("C4")
    levels = [decision.performance.level(name)[position] for name in mcda.decision.LEVELS]
    assert levels == [0, 195, 350, 443]


def test_people_their_fractions_and_their_silence(decision):
    assert decision.group("clinical").default_board_weight == 0.3
    assert len(decision.members("technical")) == sum(person.group == "technical" for person in decision.stakeholders)
    silent = {(said.stakeholder, said.parent) for said in decision.judgements if said.value is None}
    assert ("S16", "O1") in silent
    assert ("S24", "C7") in silent
    assert 1 / 3 in {said.value for said in decision.judgements}


def test_rules_effects_and_scenarios(decision):
    rule = next(rule for rule in decision.dependencies if rule.id == "D07")
    assert (rule.project, rule.requires, rule.logic) == ("P27", ("P30", "P32"), "any")
    assert {exclusion.projects for exclusion in decision.exclusions} == {("P16", "P17"), ("P28", "P29")}
    shared = decision.synergies[9]
    assert shared.members == ("P13", "P14", "P15")
    assert [(effect.kind, effect.year, effect.criterion, effect.amount) for effect in shared.effects] == [
        ("capital_k", 1, None, -200),
        ("performance", None, "C7a", -3),
    ]
    assert [(policy.column, policy.value) for policy in decision.policies[2:]] == [
        ("sponsor_directorate", None),
        ("category", "Infrastructure"),
    ]
    assert decision.scenario("N0").target is None
    assert decision.scenario("N5").years == (1, 2)
    assert decision.scenario("N1").years is None
    assert [project.id for project in decision.projects if project.mandatory] == ["P02", "P18", "P19"]
    assert decision.project("P02").mandatory_reason.startswith("Supplier end of support")
    assert decision.project("P01").field("wgll_success_measure") == "Support people"
