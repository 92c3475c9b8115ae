"""Recommendations, reasons, risk and robustness: each statement of the pack is a fact of the analyses behind it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

import mcda
from mcda.decision import Decision
from mcda.portfolio import Selection
from mcda.report import Evidence, board_pack
from mcda.report.view import Pack, view_pack
from tests.mcda.files.small import SMALL, write
from tests.mcda.report.test_board_pack import HOSTILE, figure, hostile, table
from tests.pages import Node, check_page


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Decision:
    return mcda.load(write(tmp_path_factory.mktemp("small"), SMALL))


@pytest.fixture(scope="module")
def chosen(small: Decision) -> Selection:
    return mcda.select(small)


@pytest.fixture(scope="module")
def evidence(chosen: Selection) -> Evidence:
    return mcda.gather_evidence(chosen, draws=30)


@pytest.fixture(scope="module")
def facts(small: Decision, chosen: Selection, evidence: Evidence) -> Pack:
    return view_pack(chosen, mcda.weigh_decision(small), mcda.compare_groups(small), evidence=evidence)


@pytest.fixture(scope="module")
def full(small: Decision, chosen: Selection, evidence: Evidence) -> Node:
    return check_page(
        board_pack(chosen, mcda.weigh_decision(small), mcda.compare_groups(small), evidence=evidence, playing=False)
    )


def test_every_part_is_there(evidence: Evidence, full: Node) -> None:
    assert repr(evidence).startswith("Evidence(explanations, disagreement, mixes")
    headings = [node.text for node in full.all("h2")]
    assert headings == [
        "The decision at a glance",
        "Where we agree and differ",
        "Each project",
        "Money and people",
        "Risk and robustness",
        "How this was made",
    ]
    assert {"What we recommend", "How sure are we?", "Scenarios"} <= {node.text for node in full.all("h3")}


def test_kinds_are_those_of_the_mixes(evidence: Evidence, facts: Pack) -> None:
    assert evidence.mixes is not None
    assert facts.sureness is not None
    assert {line.id for line in facts.sureness.core} == set(evidence.mixes.always)
    assert {line.id for line in facts.sureness.exterior} == set(evidence.mixes.never)
    for line in facts.sureness.lines:
        assert line.mixes == pytest.approx(float(evidence.mixes.acceptability[line.id]))
        if line.kind == "core":
            assert line.mixes == pytest.approx(1)


def test_recommendations_are_three_to_five_and_true(facts: Pack, evidence: Evidence) -> None:
    assert facts.sureness is not None
    titles = [finding.title for finding in facts.recommendations]
    assert 2 <= len(titles) <= 5
    core = [line for line in facts.sureness.core if line.funded]
    if core:
        assert titles[0] == f"Approve {len(core)} project{'s' if len(core) != 1 else ''} now"
        assert all(line.id in facts.recommendations[0].text for line in core)
    stop = next((finding for finding in facts.recommendations if finding.title.startswith("Stop")), None)
    if stop is not None:
        assert evidence.explanations is not None
        for view in evidence.explanations.views:
            assert not any(name in stop.text.split(" are in ")[0] for name in view.selected or ())


def test_scenarios_are_judged_exactly(small: Decision, chosen: Selection, facts: Pack) -> None:
    """Whether the recommended portfolio still fits is what certify says of it in the changed decision."""
    import solvers

    assert facts.risk is not None
    assert [line.id for line in facts.risk.scenarios] == ["N1", "N2", "N3", "N4", "N5"]
    for line in facts.risk.scenarios:
        there = mcda.select(small, scenario=line.id)
        certificate = solvers.certify(there.problem, chosen.selected)
        assert bool(line.breaks) == (not certificate.holds)
        assert line.value == pytest.approx(float(certificate.value))
        if there.found:
            assert line.best == pytest.approx(there.value)
            assert set(line.enters) == set(there.selected) - set(chosen.selected)
            assert set(line.leaves) == set(chosen.selected) - set(there.selected)


def test_regret_is_what_each_group_loses(small: Decision, facts: Pack, full: Node) -> None:
    assert facts.risk is not None
    assert facts.risk.groups is not None
    comparison = mcda.compare_groups(small)
    mine = next(line for line in facts.risk.groups.lines if line.name.startswith("Recommended"))
    for loss, own in zip(mine.losses, comparison.groups.values(), strict=True):
        assert own.weights is not None
        assert loss == pytest.approx(own.value - comparison.board.value_for(own.weights), abs=1e-9)
    shown = table(full, "Points that each group loses").rows()
    assert len(shown) == len(facts.risk.groups.lines)
    assert figure(shown[0][-1]) == min(figure(row[-1]) for row in shown)


def test_cards_say_why_and_at_what_price(facts: Pack, evidence: Evidence, full: Node) -> None:
    assert evidence.explanations is not None
    assert [card.id for card in facts.cards] == [item.project for item in evidence.explanations.projects]
    for card, why in zip(facts.cards, evidence.explanations.projects, strict=True):
        assert card.funded == why.funded
        if why.loss:
            assert f"{abs(why.loss):.2f}" in card.price
        assert sum(value for _, value in card.parts) == pytest.approx(card.value, abs=0.005 * len(card.parts) + 1e-9)
    summaries = [node.text for node in full.by_id("projects").all("summary")]
    assert len(summaries) == len(facts.cards)


def test_money_is_what_solving_again_gives(chosen: Selection, facts: Pack, evidence: Evidence, full: Node) -> None:
    assert facts.spending is not None
    assert evidence.frontier is not None
    assert evidence.purchases is not None
    assert [step.value for step in facts.spending.steps] == [point.value for point in evidence.frontier.points]
    last = facts.spending.budgets[-1]
    assert last.optimum == pytest.approx(chosen.value)
    for line in facts.spending.budgets:
        assert line.listed <= line.optimum + 1e-9
        assert line.bundled <= line.optimum + 1e-9
        assert line.loss == pytest.approx(1 - line.listed / line.optimum if line.optimum else 0)
    gains = [item.gain for item in evidence.purchases.items if item.gain and item.gain >= 0.005]
    assert [line.gain for line in facts.spending.buys] == sorted(gains, reverse=True)
    shown = table(full, "Value for each total budget").rows()
    assert figure(shown[-1][1]) == pytest.approx(chosen.value, abs=0.051)


def test_links_are_the_rules_of_the_decision(small: Decision, facts: Pack, full: Node) -> None:
    assert facts.links is not None
    arrows = {(link.second, link.first) for link in facts.links.links if link.kind == "needs"}
    assert arrows == {("P02", "P04"), ("P03", "P04"), ("P02", "P01")}
    levels = {project.id: project.level for project in facts.links.projects}
    assert all(levels[before] < levels[after] for before, after in arrows)
    words = [row[1] for row in table(full, "Prerequisites, alternatives").rows()]
    assert words[:2] == ["P04 needs one of P02 and P03", "P01 needs P02"]
    assert "at most one of P03 and P04" in words


def test_an_unproven_or_scored_answer_has_no_evidence(small: Decision) -> None:
    assert repr(mcda.gather_evidence(mcda.select(small, method="topsis"))) == "Evidence(none)"
    check_page(board_pack(mcda.select(small, method="topsis"), evidence=Evidence()))


def test_a_decision_without_groups_ranges_or_scenarios(tmp_path: Path) -> None:
    """What has no answer is left out; the rest stands."""
    least = {name: SMALL[name] for name in ("projects.csv", "performance.csv", "costs.csv", "budgets.csv")}
    least["criteria.csv"] = SMALL["criteria.csv"].replace(",is_leaf", ",is_leaf,weight").replace(",0\n", ",0,\n")
    for leaf, weight in (("C1", "0.5"), ("C2", "0.3"), ("C3", "0.2")):
        lines = least["criteria.csv"].splitlines()
        least["criteria.csv"] = (
            "\n".join(f"{line},{weight}" if line.startswith(leaf) else line for line in lines) + "\n"
        )
    decision = mcda.load(write(tmp_path, least))
    selection = mcda.select(decision)
    found = mcda.gather_evidence(selection, draws=10)
    assert found.mixes is None
    assert found.disagreement is None
    assert found.explanations is not None
    page = check_page(board_pack(selection, mcda.weigh_decision(decision), evidence=found))
    assert "Project by project" in page.text


def test_hostile_names_stay_data_in_the_evidence(small: Decision, chosen: Selection, evidence: Evidence) -> None:
    other = dataclasses.replace(hostile(small), policies=())  # its categories are no longer those of the rules
    html = board_pack(
        dataclasses.replace(chosen, decision=other, question=HOSTILE[0]), mcda.weigh_decision(small), evidence=evidence
    )
    check_page(html)
    assert "<script>alert" not in html
    assert "<img" not in html
