"""Plans: what may stand in one, from TOML and from Python, and what is said of one that cannot be run."""

from __future__ import annotations

import json

import pytest

import mcda
from mcda.scenarios import plan_from_record
from tests.mcda.scenarios.small import EVERYTHING, small

TOML = """
name = "Everything"
draws = 40
seed = 3
cases = ["base", "N1"]
policies = []
[[grid]]
target = "budget"
key = "capital_k"
operation = "multiply"
values = [0.9, 1.0]
[weights]
kind = "uniform"
ranking = ["C3", "C1"]
at_most = { C3 = 0.7 }
ratios = [["C1", "C2", 0.5]]
[performance]
distribution = "pert"
correlation = 0.5
by = "category"
[[costs]]
[[costs]]
kind = "optimism_bias"
low = 0.5
[delivery]
remaining = 0.2
[[limits]]
target = "capacity"
key = "integration"
low = 0.8
high = 1.0
[stop]
half_width = 0.02
"""


def read(tmp_path, text):
    path = tmp_path / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return mcda.read_plan(path)


def test_toml_and_python_say_the_same(tmp_path):
    plan = read(tmp_path, TOML)
    assert plan == mcda.ScenarioPlan(
        name="Everything",
        draws=40,
        seed=3,
        cases=("base", "N1"),
        grid=(mcda.Grid(target="budget", key="capital_k", values=(0.9, 1.0)),),
        weights=mcda.WeightDraw(
            kind="uniform", ranking=("C3", "C1"), at_most=(("C3", 0.7),), ratios=(("C1", "C2", 0.5),)
        ),
        performance=mcda.PerformanceDraw(distribution="pert", correlation=0.5, by="category"),
        costs=(mcda.CostDraw(), mcda.CostDraw(kind="optimism_bias", low=0.5)),
        delivery=mcda.DeliveryDraw(remaining=0.2),
        limits=(mcda.LimitDraw(target="capacity", key="integration", low=0.8, high=1.0),),
        stop=mcda.StoppingRule(half_width=0.02),
    )


@pytest.mark.parametrize(
    "plan", [EVERYTHING, mcda.ScenarioPlan(), mcda.ScenarioPlan(method="vikor", parameters=(("v", 0.3),))]
)
def test_a_plan_survives_plain_data(plan):
    again = plan_from_record(json.loads(json.dumps(plan.to_record())))
    assert again == plan
    assert again.sha256 == plan.sha256


def test_an_empty_plan_is_one_scenario(tmp_path):
    plan = read(tmp_path, "")
    assert plan == mcda.ScenarioPlan()
    assert repr(plan) == "ScenarioPlan(1 draw of 1 case; monte_carlo, seed 0)"


def test_the_hash_holds_what_decides_the_scenarios_and_nothing_else():
    base = EVERYTHING
    assert base.replace(draws=99, name="x", stop=mcda.StoppingRule()).sha256 == base.sha256
    for change in ({"seed": 4}, {"sampling": "sobol"}, {"costs": ()}, {"cases": ("N1",)}, {"method": "topsis"}):
        assert base.replace(**change).sha256 != base.sha256
    latin = base.replace(sampling="latin_hypercube")
    assert latin.replace(draws=99).sha256 != latin.sha256


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("draws = 0", "draws must be a whole number from 1 to 1073741824. Got 0."),
        ("draws = 2.5", "draws must be a whole number from 1 to 1073741824. Got 2.5."),
        ("draws = 10", "The plan draws nothing, so its 10 draws would all be the same."),
        ("drws = 10", "the plan has no setting 'drws'. Did you mean 'draws'?"),
        ("draws = ", "is not valid TOML"),
        ('sampling = "halton"', "sampling must be one of monte_carlo, latin_hypercube, sobol. Got 'halton'."),
        ('cases = "N1"\n[weights]\nkind = "group"', "need the identifier of the group"),
        ("cases = [1]", "cases must be a list of identifiers. Got [1]."),
        ('cases = ["N1", "N1"]', "A case is named twice"),
        ("cases = []", "A plan needs a case"),
        ("weights = 3", "weights must be a table of settings, such as [weights]. Got 3."),
        (
            '[weights]\nkind = "dirichlet"\nconcentration = -1',
            "weights.concentration must be a number above 0. Got -1.",
        ),
        (
            '[weights]\nkind = "board"\nconcentration = 2',
            "weights.concentration has no meaning for weights of kind 'board'",
        ),
        ('[weights]\nkind = "mean"', "weights.kind must be one of 'board', 'group'"),
        (
            '[weights]\nkind = "uniform"\nat_most = { C1 = 1.5 }',
            "The bound on the weight of C1 must be a number at least 0",
        ),
        (
            "[performance]\ncorrelation = 1.5",
            "performance.correlation must be a number at least 0 and at most 1. Got 1.5.",
        ),
        ('[performance]\ndistribution = "normal"', "performance.distribution must be one of"),
        ("[[costs]]\nhigh = 2.0", "A cost range is read from cost_low_mult"),
        ("[delivery]\nremaining = 2", "delivery.remaining must be a number at least 0 and at most 1. Got 2."),
        ('[[limits]]\ntarget = "budget"', "[limits]: it needs key and low and high."),
        (
            '[[limits]]\ntarget = "money"\nkey = "x"\nlow = 1\nhigh = 2',
            "limits.target must be one of 'budget', 'capacity'",
        ),
        (
            '[[limits]]\ntarget = "budget"\nkey = "x"\nlow = 2\nhigh = 1',
            "limits.high must be a number at least 2. Got 1.",
        ),
        ('[[grid]]\ntarget = "budget"\nkey = "x"\nvalues = []', "The grid over budget x needs values"),
        ("[stop]\nhalf_width = 0.0", "stop.half_width must be a number at most 0.5 and above 0. Got 0.0."),
        (
            'sampling = "latin_hypercube"\n[weights]\nkind = "group_mix"\n[stop]',
            "A Latin hypercube is designed for a fixed number of draws and cannot stop early.",
        ),
    ],
)
def test_mistakes_in_a_plan_are_named(tmp_path, text, message):
    with pytest.raises(mcda.InputError) as caught:
        read(tmp_path, text)
    assert message in str(caught.value)
    assert "plan.toml" in str(caught.value)


def test_a_plan_that_is_not_there(tmp_path):
    with pytest.raises(mcda.InputError, match=r"cannot be read: No such file"):
        mcda.read_plan(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        ({"cases": ("N9",)}, "There is no scenario 'N9'"),
        ({"policies": ("B9",)}, "There is no policy 'B9'"),
        ({"weights": mcda.WeightDraw(kind="group", group="x")}, "There is no group 'x'"),
        ({"weights": mcda.WeightDraw(kind="uniform", ranking=("C9",))}, "The information on weights names 'C9'"),
        ({"weights": mcda.WeightDraw(kind="uniform", at_least=(("C1", 0.7), ("C2", 0.7)))}, "No weighting agrees"),
        ({"weights": mcda.WeightDraw(kind="uniform", at_least=(("C1", 0.5), ("C2", 0.5)))}, "without room to draw in"),
        ({"performance": mcda.PerformanceDraw(by="colour", correlation=0.5)}, "The plan correlates by 'colour'"),
        (
            {"costs": (mcda.CostDraw(resources=("gold_k",)),)},
            "The plan draws the cost of 'gold_k'. The money is capital_k",
        ),
        ({"delivery": mcda.DeliveryDraw(column="name")}, "needs a probability from 0 to 1 in the column 'name'"),
        (
            {"limits": (mcda.LimitDraw(target="budget", key="integration", low=0, high=1),)},
            "The plan draws the budget of",
        ),
        (
            {"limits": (mcda.LimitDraw(target="budget", key="all", low=0, high=1, years=(9,)),)},
            "of year 9. The years are [1, 2]",
        ),
        ({"method": "electre_i"}, "gives a relation or classes"),
        ({"method": "nothing"}, "No method is called 'nothing'"),
        ({"method": "additive", "parameters": (("x", 1),)}, "has no parameters"),
        ({"grid": (mcda.Grid(target="budget", key="capital_k", operation="divide", values=(2,)),)}, "cannot 'divide'"),
        (
            {"grid": (mcda.Grid(target="budget", key="capital_k", values=tuple(range(10_001))),)},
            "at most 10,000 are allowed",
        ),
    ],
)
def test_what_the_decision_lacks_is_named(plan, message):
    with pytest.raises(mcda.InputError) as caught:
        mcda.run_scenarios(small(), mcda.ScenarioPlan(**plan), workers=1)
    assert message in str(caught.value)


def test_a_grid_is_every_combination_and_equals_select():
    import dataclasses

    from mcda.decision import Scenario

    plan = mcda.ScenarioPlan(
        cases=("base", "N2"),
        grid=(
            mcda.Grid(target="budget", key="capital_k", values=(0.8, 1.0)),
            mcda.Grid(target="capacity", key="integration", operation="add", values=(-1, 0), years=(1,)),
        ),
    )
    run = mcda.run_scenarios(small(), plan, workers=1)
    assert run.cases[:2] == ["capital_k x 0.8, integration year 1 + -1", "capital_k x 0.8, integration year 1 + 0"]
    assert run.cases[4] == "N2, capital_k x 0.8, integration year 1 + -1"
    assert len(run.cases) == 8
    changes = (
        Scenario("a", target="budget", key="capital_k", operation="multiply", value="0.8"),
        Scenario("b", target="capacity", key="integration", operation="add", value="-1", years=(1,)),
    )
    decision = small()
    for change in changes:
        decision = mcda.apply_scenario(decision, change)
    assert run.to_frame().loc[0, "value"] == pytest.approx(mcda.select(decision).value)
    moved = mcda.apply_scenario(dataclasses.replace(decision), "N2")
    assert run.to_frame().loc[4, "value"] == pytest.approx(mcda.select(moved).value)


def test_the_default_plan_draws_what_is_stated():
    plan = mcda.default_plan(small())
    assert plan.drawn == ("weights", "performance", "costs")
    assert plan.weights.kind == "group_mix"
    run = mcda.run_scenarios(small(), plan.replace(draws=3), workers=1)
    assert run.statuses == {"optimal": 3}
