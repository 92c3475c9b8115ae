"""One answer to "why is it out?": the pack's table and cards, `mcda explain` and its JSON, and the figures."""

from __future__ import annotations

import dataclasses
import json
import re
from fractions import Fraction

import numpy as np
import pytest

import mcda
from mcda.cli import main
from mcda.decision import Decision, Dependency, Exclusion
from mcda.portfolio import Selection, why_out
from mcda.report import board_pack
from mcda.report._evidence import Evidence
from mcda.report.view import view_pack
from tests.pages import Node, read_page

NAMES = ("nhs-digital", "starter")


def generated(seed: int) -> Decision:
    """The starter decision with other limits, prerequisites (all or any) and alternatives."""
    rng = np.random.default_rng(seed)
    decision = mcda.load(mcda.dataset("starter"))
    ids = [str(name) for name in rng.permutation(decision.project_ids)]
    if seed % 4 == 3:
        rules = (Dependency("R1", ids[0], (ids[1], ids[2]), "any"), Dependency("R2", ids[3], (ids[4],)))
    else:
        rules = (Dependency("R1", ids[0], (ids[1],)), Dependency("R2", ids[1], (ids[2],)))
    free = [name for name in ids if not decision.project(name).mandatory]
    return dataclasses.replace(
        decision,
        dependencies=rules,
        exclusions=(Exclusion("E1", tuple(free[:2] if seed % 2 else free[-2:])),),
        resources=tuple(
            dataclasses.replace(item, available=np.round(item.available * rng.uniform(0.7, 1.3), 1))
            for item in decision.resources
        ),
        policies=(),
    )


def selections() -> list[tuple[str, Selection]]:
    found = [(name, mcda.select(mcda.load(mcda.dataset(name)))) for name in NAMES]
    drawn = [(f"generated {seed}", mcda.select(generated(seed))) for seed in range(16)]
    return found + [(name, selection) for name, selection in drawn if selection.found]


@pytest.fixture(scope="module")
def asked() -> list[tuple[str, Selection, mcda.Explanations]]:
    return [(name, selection, mcda.explain(selection, views=False, limits=False)) for name, selection in selections()]


def bdi(node: Node) -> list[str]:
    return [one.text for one in node.all("bdi")]


def test_enough_is_asked(asked: list[tuple[str, Selection, mcda.Explanations]]) -> None:
    out = [item for _, _, found in asked for item in found.projects if not item.funded]
    limits = [block for item in out for block in item.blocks if block.kind == "capacity"]
    assert len(asked) >= 12
    assert sum(not block.brought and not block.replaced for block in limits) > 20
    assert sum(bool(block.brought) for block in limits) > 20
    assert sum(bool(block.replaced) for block in limits) > 5


def test_table_card_explanation_and_facts_agree(asked: list[tuple[str, Selection, mcda.Explanations]]) -> None:
    for name, selection, found in asked:
        html = board_pack(selection, evidence=Evidence(explanations=found), playing=False)
        page = read_page(html)
        (table,) = [one for one in page.all("table") if next(iter(one)).text.startswith("Projects that are not funded")]
        rows = {row.one("th").all("bdi")[0].text: row.all("td")[-1] for row in table.one("tbody").all("tr")}
        cards = {one.all("bdi")[0].text: one for one in page.by_id("projects").all("details")}
        out = [item for item in found.projects if not item.funded]
        assert set(rows) == {item.project for item in out}
        for item in out:
            blocks, sentences = why_out(selection, item.project)
            told = bdi(rows[item.project])
            assert told == list(sentences), (name, item.project)
            card = [one.text for one in cards[item.project].all("li")]
            at = card.index(told[0])
            assert card[at : at + len(told)] == told, (name, item.project)
            assert [sentence for sentence in item.sentences if sentence in told] == told
            assert item.blocks == blocks
            assert json.loads(json.dumps(item.to_dict()))["blocks"] == json.loads(
                json.dumps([dataclasses.asdict(block) for block in blocks])
            )
            # No other excess is told of this project anywhere in its card.
            excesses = [sentence for sentence in card if "exceed" in sentence or "over the limit" in sentence]
            assert excesses == [sentence for sentence in told if "exceed" in sentence]


def test_an_excess_is_that_of_the_project_with_its_company(
    asked: list[tuple[str, Selection, mcda.Explanations]],
) -> None:
    """Added up here from the problem's figures: in with what it brings, out with what it replaces."""
    checked = 0
    for _, selection, found in asked:
        problem = selection.problem
        for item in found.projects:
            for block in item.blocks:
                if block.kind != "capacity":
                    continue
                inside = {*selection.selected, item.project, *block.brought} - set(block.replaced)
                at = problem.resources.index(block.name)
                use = sum(
                    (Fraction(repr(float(problem.usage[row, at]))) for row, name in enumerate(problem.names)
                     if name in inside), Fraction(0),
                )  # fmt: skip
                for synergy in problem.synergies:
                    if inside.issuperset(map(str, synergy.members)):
                        use += Fraction(repr(float(synergy.usage.get(block.name, 0.0))))
                over = use - Fraction(repr(float(problem.capacity[at])))
                assert block.over == float(over) > 0
                assert set(block.brought) == set(item.missing)
                assert set(block.replaced) <= set(selection.selected)
                checked += 1
    assert checked > 100


def test_the_words_say_in_whose_company(asked: list[tuple[str, Selection, mcda.Explanations]]) -> None:
    _, selection, found = asked[0]
    assert found.of("P33").blocks[1].brought == ("P32",)
    assert why_out(selection, "P33")[1][1].startswith(
        "With its prerequisite P32, it would exceed revenue in year 4 by £675k, capital in year 2 by £640k"
    )
    assert why_out(selection, "P29")[1][1].startswith("In place of P28, it would exceed revenue in year 4 by £445k")
    assert why_out(selection, "P30")[1][0].startswith("Beside the funded projects, it would exceed capital in year 2")
    assert why_out(selection, "P27")[1][1].startswith("Even without them, it would exceed revenue in year 4 by £165k")


@pytest.mark.parametrize("name", NAMES)
def test_the_command_says_the_same(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(mcda.dataset(name))
    selection = mcda.select(mcda.load(folder))
    out = view_pack(selection).projects.left_out
    assert main(["explain", folder, *(line.id for line in out)]) == 0
    printed = capsys.readouterr().out.split("\n\n")
    assert main(["explain", folder, *(line.id for line in out), "--json"]) == 0
    records = json.loads(capsys.readouterr().out)["projects"]
    for line, text, record in zip(out, printed, records, strict=True):
        assert text.startswith(f"{line.id} ")
        lines = text.splitlines()
        at = lines.index(line.notes[0])
        assert lines[at : at + len(line.notes)] == list(line.notes)
        assert record["project"] == line.id
        assert [one for one in record["sentences"] if one in line.notes] == list(line.notes)
        limits = [block for block in record["blocks"] if block["kind"] == "capacity"]
        assert bool(limits) == bool(line.blocked_by)
        assert {block["name"].partition(" year ")[0] for block in limits} == set(line.blocked_by)
        said = re.findall(r" in year \d+ by ", " ".join(line.notes))
        assert len(said) == min(len(limits), 3)


def test_an_unproven_portfolio_claims_less() -> None:
    decision = mcda.load(mcda.dataset("starter"))
    selection, smaller = (mcda.select(decision, forbid=names) for names in ([], ["P02", "P05", "P06"]))
    stopped = dataclasses.replace(smaller.solution, termination="feasible", limit="time", unique=None)
    unproven = dataclasses.replace(selection, solution=stopped)
    _, sentences = why_out(unproven, "P02")
    assert sentences == (
        "It would fit beside the funded projects; whether adding it is better was not settled in the time given.",
    )
