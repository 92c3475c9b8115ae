"""Explanations agree with looking at every portfolio, and every threshold is confirmed just below and just above."""

from __future__ import annotations

import dataclasses
import itertools
import pickle
from fractions import Fraction

import pytest

import mcda
import solvers
from mcda.portfolio import CostCut, Explanations, limit_costs
from solvers.model.limits import keeping, limits_of
from solvers.testing import random_problem
from tests.solvers.brute import allowed, brute_force, exact, use_of, value_of

SEEDS = [
    seed
    for seed in range(60)
    if (problem := random_problem(seed, 7)).names and len(problem.names) >= 3 and brute_force(problem) is not None
][:20]


def sets(problem: solvers.Problem) -> list[set[str]]:
    return [
        set(chosen) for size in range(len(problem.names) + 1) for chosen in itertools.combinations(problem.names, size)
    ]


def without_rules_on(problem: solvers.Problem, name: str) -> solvers.Problem:
    return problem.replace(
        mandatory=[other for other in problem.mandatory if other != name],
        forbidden=[other for other in problem.forbidden if other != name],
    )


@pytest.fixture(scope="module", params=SEEDS)
def case(request: pytest.FixtureRequest) -> tuple[solvers.Problem, Explanations]:
    problem = random_problem(request.param, 7)
    return problem, mcda.explain(problem, limits=False)


def test_what_flipping_an_answer_costs(case: tuple[solvers.Problem, Explanations]) -> None:
    problem, found = case
    best = max(value_of(problem, chosen) for chosen in sets(problem) if allowed(problem, chosen))
    for item in found.projects:
        free = without_rules_on(problem, item.project)
        values = [
            value_of(free, chosen)
            for chosen in sets(free)
            if (item.project in chosen) != item.funded and allowed(free, chosen)
        ]
        if not values:
            assert item.loss == item.value_needed == item.other == solvers.Impossible(item.clash)
            assert item.clash
            continue
        assert item.loss == float(best - max(values))
        assert value_of(free, set(item.other or ())) == max(values)
        changed = set(found.selected) ^ set(item.other or ())
        assert changed == {item.project, *item.enters, *item.leaves}


def test_value_needed_just_below_and_just_above(case: tuple[solvers.Problem, Explanations]) -> None:
    problem, found = case
    step = Fraction(1, 1000) if max(abs(problem.values)) < 1000 else Fraction(1)
    bound = {*problem.mandatory, *problem.forbidden}
    costly = [item for item in found.projects if isinstance(item.loss, float) and item.loss > 0]
    assert {item.project for item in found.projects} >= {item.project for item in costly}
    for item in costly:
        for side in (-1, 1):
            if item.project in bound:
                continue
            values = problem.values.copy()
            at = problem.names.index(item.project)
            values[at] = float(exact(item.value_needed) + side * step)
            best = brute_force(problem.replace(values=values))
            assert best is not None
            assert (item.project in best[1]) == (side > 0), item.project


def limits_only(problem: solvers.Problem) -> solvers.Problem:
    """Leave out rules that count use: the brute force below knows limits only; those rules are tested further down."""
    counted = problem.spends or problem.shares or (problem.minimum_use > -float("inf")).any()
    return problem.replace(spends=(), shares=(), minimum_use=None) if counted else problem


def cut_by_brute_force(problem: solvers.Problem, name: str, worth: Fraction) -> tuple[Fraction | None, Fraction | None]:
    """Least total cut, and least uniform cut, over all portfolios; limits of resources only."""
    at = problem.names.index(name)
    own = [exact(use) for use in problem.usage[at]]
    totals, shares = [], []
    for chosen in sets(problem):
        if name not in chosen or value_of(problem, chosen) < worth:
            continue
        over = []
        for amount, most in zip(use_of(problem, chosen), problem.capacity, strict=True):
            over.append(Fraction(0) if most == float("inf") else max(Fraction(0), amount - exact(most)))
        if any(cut > max(use, Fraction(0)) for cut, use in zip(over, own, strict=True)):
            continue
        if not allowed(problem.replace(capacity=[float("inf")] * len(over)), chosen):
            continue
        totals.append(sum(over, Fraction(0)))
        shares.append(max([cut / use for cut, use in zip(over, own, strict=True) if use > 0], default=Fraction(0)))
    return (min(totals), min(shares)) if totals else (None, None)


def test_least_cuts(case: tuple[solvers.Problem, Explanations]) -> None:
    problem, found = limits_only(case[0]), case[1]
    worth = max(value_of(problem, chosen) for chosen in sets(problem) if allowed(problem, chosen))
    if problem is not case[0]:
        found = mcda.explain(problem, limits=False)
    for item in found.projects:
        if item.funded:
            assert item.cheaper is None
            continue
        total, share = cut_by_brute_force(without_rules_on(problem, item.project), item.project, worth)
        assert (item.cheaper == solvers.Impossible()) == (total is None)
        if isinstance(item.cheaper, CostCut) and total is not None and item.loss != 0:
            assert item.cheaper.total == pytest.approx(float(total), rel=1e-9, abs=1e-9)
        assert (item.smaller == solvers.Impossible()) == (share is None)
        if isinstance(item.smaller, CostCut) and share is not None and item.loss != 0:
            assert item.smaller.share == pytest.approx(float(share), rel=1e-9, abs=1e-9)


def test_a_uniform_cut_lets_a_project_in_just_above_and_not_just_below(
    case: tuple[solvers.Problem, Explanations],
) -> None:
    problem, found = case
    out = [item for item in found.projects if not item.funded]
    assert all(isinstance(item.smaller, CostCut | solvers.Impossible) for item in out)
    for item in out:
        if not isinstance(item.smaller, CostCut) or not item.smaller.share:
            continue
        at = problem.names.index(item.project)
        for side in (-1, 1):
            share = item.smaller.share + side * 1e-6
            usage = problem.usage.copy()
            usage[at] = [use * (1 - min(share, 1.0)) if use > 0 else use for use in usage[at]]
            forced = without_rules_on(problem.replace(usage=usage), item.project)
            best = brute_force(forced.replace(mandatory=[*forced.mandatory, item.project]))
            assert (best is not None and float(best[0]) >= found.value) == (side > 0), item.project


def test_what_stands_between_a_project_and_the_portfolio(case: tuple[solvers.Problem, Explanations]) -> None:
    problem, found = case
    for item in found.projects:
        if item.funded:
            assert item.blocks == ()
            continue
        joined = {*found.selected, item.project}
        broken = {check.name for check in solvers.certify(problem, joined).violations}
        rules = {"requires", "excludes", "choice maximum", "forbidden"}
        named = {
            block.name for block in item.blocks if block.kind in rules and (block.projects or block.kind == "forbidden")
        }
        assert named <= broken
        if not item.blocks:
            assert not broken
            assert value_of(problem, joined) <= exact(found.value)


@pytest.mark.parametrize("seed", SEEDS[:14])
def test_what_limits_and_rules_cost(seed: int) -> None:
    problem = random_problem(seed, 7)
    best = brute_force(problem)
    assert best is not None
    costs = {(cost.name, cost.kind): cost for cost in limit_costs(problem)}
    for limit in limits_of(problem):
        if limit.kind == "choice maximum":
            continue
        relaxed = brute_force(keeping(problem, [other for other in limits_of(problem) if other != limit]))
        assert relaxed is not None
        cost = costs[limit.name, limit.kind]
        assert cost.gain == float(relaxed[0] - best[0])
        assert cost.sentence


def test_share_and_spend_rules_count_a_project_at_its_cut_use() -> None:
    # A may make up half of the spend at most: beside B alone (4), A has to shrink from 10 to 4.
    problem = solvers.Problem(
        [10, 3], [10, 4], 20, names=["A", "B"], resources=["cash"], shares=[solvers.ShareRule("A", "cash", 0.5)]
    )
    why = mcda.explain(problem, ["A"]).of("A")
    assert not why.funded
    assert why.cheaper is not None
    assert why.cheaper.total == pytest.approx(6, abs=1e-5)
    spend = problem.replace(shares=(), spends=[solvers.SpendRule("A", "cash", maximum=3)])
    assert mcda.explain(spend, ["A"]).of("A").cheaper == mcda.portfolio.CostCut({"cash": 7.0}, 7.0, None, 10.0)


def test_prerequisites_rivals_and_dependants() -> None:
    problem = solvers.Problem(
        [5, 1, 4, 9, 3], [3, 2, 2, 4, 1], 6, names="ABCDE", resources=["cash"],
        requires=[("A", ["B"]), ("E", ["D"])], excludes=[["C", "D"]],
    )  # fmt: skip
    found = mcda.explain(problem)
    assert found.selected == ("D", "E")
    assert found.of("D").needed_by == ("E",)
    a, c = found.of("A"), found.of("C")
    assert a.needs == a.missing == ("B",)
    assert [(block.kind, block.projects) for block in a.blocks] == [("requires", ("B",)), ("capacity", ())]
    assert a.blocks[1].over == 4
    assert [(block.kind, block.projects) for block in c.blocks] == [("excludes", ("D",))]
    assert "It is an alternative to D, funded" in str(c)


def test_what_cannot_be_flipped_names_the_clash() -> None:
    problem = solvers.Problem([5, 1], [3, 2], 4, names="AB", resources=["cash"], mandatory=["A"])
    why = mcda.explain(problem).of("B")
    assert isinstance(why.loss, solvers.Impossible)
    assert set(why.loss.because) == set(why.clash)
    assert set(why.clash) == {"A is mandatory", "B is mandatory", "cash"}
    assert isinstance(why.cheaper, CostCut)
    assert why.cheaper.total == 1


def test_what_was_not_settled_in_time_is_told_as_not_known() -> None:
    selection = mcda.select(mcda.load(mcda.dataset("nhs-digital")))
    known = mcda.explain(selection, ["P30", "P36"], views=False, limits=False)
    found = mcda.explain(selection, ["P30", "P36"], views=False, limits=False, time_limit=1e-6)
    for name in ("P30", "P36"):
        why, sure = found.of(name), known.of(name)
        assert isinstance(sure.loss, float)
        assert why.loss in (sure.loss, solvers.Unproven())
        text = str(why)
        for claim in ("No portfolio can hold it", "No portfolio can do without it", "even at no cost", "Nor would it"):
            assert claim not in text
        if why.loss == solvers.Unproven():
            assert "is not known: the time given was not enough." in text
            assert why.to_dict()["loss_known"] == "unproven (time)"
            assert why.to_dict()["loss"] is None
    assert isinstance(known.of("P30").cheaper, CostCut)
    assert found.of("P30").cheaper in (known.of("P30").cheaper, solvers.Unproven())
    costs = mcda.limit_costs(selection, time_limit=1e-6)
    assert all(isinstance(cost.gain, float) or "is not known" in cost.sentence for cost in costs)


def test_questions_that_have_no_answer_say_so() -> None:
    problem = solvers.Problem([5, 1], [3, 2], 4, names="AB", resources=["cash"], mandatory=["A", "B"])
    with pytest.raises(mcda.NoAnswerError, match="No portfolio satisfies every limit and rule"):
        mcda.explain(problem)
    with pytest.raises(mcda.LabelError, match=r"There is no project 'Z'\. Known: A, B"):
        mcda.explain(problem.replace(mandatory=()), ["Z"])
    with pytest.raises(mcda.InputError, match=r"Ask about a Decision, a Selection or a solvers\.Problem\. Got str"):
        mcda.explain("P30")  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def flagship() -> tuple[mcda.Selection, Explanations]:
    selection = mcda.select(mcda.load(mcda.dataset("nhs-digital")))
    return selection, mcda.explain(selection, ["P02", "P26", "P27", "P30", "P36"])


def test_the_flagship_says_why_with_numbers(flagship: tuple[mcda.Selection, Explanations]) -> None:
    _, found = flagship
    text = str(found.of("P30"))
    assert "Funding it would cost 0.66 of value: the best portfolio with it is worth 218.61, not 219.27." in text
    assert "It would enter if its own value were above 22.40." in text
    assert "It would enter if it cost £100k less" in text
    assert "£50k of capital in year 2 and £50k of revenue in year 4" in text
    assert "It needs 1 of P30" in str(found.of("P27"))
    assert "Only a rule keeps it in: without it the portfolio would be worth 34.99 more." in str(found.of("P02"))
    for item in found.projects:
        numberless = [s for s in item.sentences if not any(character.isdigit() for character in s)]
        assert numberless in ([], ["No other project would change."])


def test_the_flagship_limits(flagship: tuple[mcda.Selection, Explanations]) -> None:
    _, found = flagship
    gains = {(cost.name, cost.kind): round(cost.gain or 0, 2) for cost in found.limits}
    assert gains["capital_k year 1", "capacity"] == 17.70
    assert gains["capital_k year 2", "capacity"] == 2.22
    assert gains["integration year 2", "capacity"] == 0
    assert found.limits_frame()["gain"].is_monotonic_decreasing


def test_the_groups_and_scenarios_that_would_answer_otherwise(flagship: tuple[mcda.Selection, Explanations]) -> None:
    selection, found = flagship
    own = mcda.select(selection.decision, group="technical")
    for item in found.projects:
        differs = (item.project in own.selected) != item.funded
        assert ("technical" in item.differ) == differs
        assert set(item.agree).isdisjoint(item.differ)
        assert {*item.agree, *item.differ} == {view.id for view in found.views}
    harder = mcda.select(selection.decision, scenario="N1")
    for item in found.projects:
        assert ("N1" in item.differ) == ((item.project in harder.selected) != item.funded)


def test_explanations_are_plain_data_and_print_well(flagship: tuple[mcda.Selection, Explanations]) -> None:
    import json

    _, found = flagship
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["projects"][0]["project"] == "P02"
    assert pickle.loads(pickle.dumps(found)).selected == found.selected  # noqa: S301 - our own bytes
    assert list(found.to_frame().index) == ["P02", "P26", "P27", "P30", "P36"]
    assert found.to_frame()["cut_needed"].loc["P30"] == 100
    assert repr(found.of("P30")) == "<Explanation: P30 is out; flipping that costs 0.66>"
    assert "<p>" in found.of("P30")._repr_html_()
    assert len(repr(found)) < 120
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.of("P30").loss = 0  # type: ignore[misc]
