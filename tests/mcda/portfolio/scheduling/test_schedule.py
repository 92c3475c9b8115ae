"""Start years and versions: brute force over every plan, written from the format's own words."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

import mcda
import solvers
from mcda.decision import Decision
from mcda.portfolio import Version, schedule

YEARS = (1, 2, 3)
RATE = 0.1


def small(seed: int, **changed: list[dict[str, object]]) -> Decision:
    rng = np.random.default_rng(seed)
    ids = ["A", "B", "C", "D", "E"]
    start = dict(zip(ids, (1, 1, 2, 2, 1), strict=True))
    tables: dict[str, list[dict[str, object]]] = {
        "projects": [
            {"project_id": name, "name": name, "planned_start_year": start[name], "duration_years": 2,
             "max_delay_years": int(rng.integers(0, 3)), "benefit_start_year": start[name] + int(rng.integers(0, 2)),
             "ramp_year1": 0.4, "ramp_year2": 0.8, "ramp_year3": 1, "mandatory": int(name == "E")}
            for name in ids
        ],
        "criteria": [
            {"criterion_id": "G"},
            {"criterion_id": "C1", "parent_id": "G", "direction": "max", "reference_worse": 0, "reference_better": 10,
             "weight": 1},
        ],
        "performance": [
            {"project_id": name, "criterion_id": "C1", "do_nothing": 0, "most_likely": int(rng.integers(1, 12))}
            for name in ids
        ],
        "costs": [
            {"project_id": name, "year": year, "capital_k": int(rng.integers(1, 20)) if year >= start[name] else 0}
            for name in ids
            for year in YEARS
        ],
        "budgets": [{"year": year, "capital_k": limit} for year, limit in zip(YEARS, (25, 30, 24), strict=True)],
        "dependencies": [{"dependency_id": "D1", "project_id": "B", "requires_project_id": "C", "logic": "all"},
                         {"dependency_id": "D2", "project_id": "D", "requires_project_id": "A", "logic": "any"},
                         {"dependency_id": "D2", "project_id": "D", "requires_project_id": "C", "logic": "any"}],
        "synergies": [
            {"synergy_id": "Y1", "members": "A;C", "kind": "performance", "criterion_id": "C1", "amount": 3},
            {"synergy_id": "Y2", "members": "A;D", "kind": "capital_k", "year": 2, "amount": -4},
        ],
    }  # fmt: skip
    return mcda.decision_from_frames({name: pd.DataFrame(rows) for name, rows in (tables | changed).items()})


def best_by_brute_force(decision: Decision, carry: bool = False, most_delay: int = 9) -> float | None:
    """Every choice of projects and delays."""
    limit = decision.resource("capital_k").available
    worth = mcda.value_projects(decision, mcda.weigh_decision(decision).board)
    row = {name: at for at, name in enumerate(decision.project_ids)}
    ways = [[None, *range(min(most_delay, project.max_delay_years) + 1)] for project in decision.projects]
    best = None
    for chosen in itertools.product(*ways):
        delay = {name: late for name, late in zip(decision.project_ids, chosen, strict=True) if late is not None}
        if "E" not in delay:
            continue
        start = {name: (decision.project(name).planned_start_year or 1) + late for name, late in delay.items()}
        plan = {name: decision.project(name).planned_start_year or 1 for name in decision.project_ids}

        def in_time(need: str, name: str, start: dict[str, int] = start, plan: dict[str, int] = plan) -> bool:
            return need in start and start[need] - start[name] <= max(0, plan[need] - plan[name])

        if "B" in delay and not in_time("C", "B"):
            continue
        if "D" in delay and not (in_time("A", "D") or in_time("C", "D")):
            continue
        use = np.zeros(3)
        share = {}
        for name, late in delay.items():
            cost = decision.resource("capital_k").use[row[name]]
            use += [cost[year - late] if year >= late else 0 for year in range(3)]
            first = (decision.project(name).benefit_start_year or 1) + late
            share[name] = [0 if year < first else (0.4, 0.8, 1.0)[min(year - first, 2)] for year in YEARS]
        if {"A", "D"} <= set(delay) and 2 + max(delay["A"], delay["D"]) <= 3:
            use[1 + max(delay["A"], delay["D"])] -= 4
        fits = (np.cumsum(use) <= np.cumsum(limit)).all() if carry else (use <= limit).all()
        if not fits:
            continue
        value = sum(
            worth.projects[name] * share[name][year] / (1 + RATE) ** year for name in delay for year in range(3)
        )
        if {"A", "C"} <= set(delay):
            both = [min(share["A"][year], share["C"][year]) for year in range(3)]
            value += sum(worth.synergies["Y1"] * both[year] / (1 + RATE) ** year for year in range(3))
        best = value if best is None else max(best, value)
    return best


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("carry", [False, True], ids=["yearly", "carried"])
def test_the_best_plan(seed: int, carry: bool) -> None:
    decision = small(seed)
    plan = schedule(decision, discount_rate=RATE, carry_forward=["capital_k"] if carry else ())
    expected = best_by_brute_force(decision, carry)
    assert plan.solution.has_portfolio == (expected is not None)
    if expected is None:
        return
    assert plan.value == pytest.approx(expected)
    planned = best_by_brute_force(decision, most_delay=0)
    if planned is None:
        assert plan.gain is None
    else:
        assert plan.gain == pytest.approx(expected - planned, abs=1e-9)
    assert schedule(decision, discount_rate=RATE, most_delay=0, compare=False).solution.has_portfolio == bool(planned)


def test_profiles_move_right_and_fall_off() -> None:
    decision = small(0)
    plan = schedule(decision, discount_rate=0)
    options = {option.name: option for option in plan.options}
    late = next(option for option in options.values() if option.delay == 1)
    plain = options[late.project]
    assert late.use["capital_k"].tolist() == [0.0, *plain.use["capital_k"].tolist()[:-1]]
    assert late.benefit.tolist() == [0.0, *plain.benefit.tolist()[:-1]]
    assert late.name == f"{late.project} from year {late.start_year}"


def test_a_version_is_one_way_of_its_project() -> None:
    decision = small(1)
    pilot = Version("A", "pilot", value=0.9, use={"capital_k": 0.1})
    plan = schedule(decision, versions=[pilot], most_delay=0, discount_rate=0)
    option = next(option for option in plan.options if option.version == pilot)
    stated = next(option for option in plan.options if option.name == "A")
    assert option.name == "A pilot"
    assert option.use["capital_k"] == pytest.approx(0.1 * stated.use["capital_k"])
    assert sum(name.startswith("A") for name in plan.solution.selected) <= 1
    assert plan.value >= schedule(decision, most_delay=0, discount_rate=0, compare=False).value
    if "A pilot" in plan.solution.selected:
        assert plan.to_frame().loc["A", "version"] == "pilot"


def test_carrying_a_share_forward() -> None:
    decision = small(2)
    some = schedule(decision, carry_forward={"capital_k": 0.5}, discount_rate=RATE, compare=False)
    every = schedule(decision, carry_forward=["capital_k"], discount_rate=RATE, compare=False)
    none = schedule(decision, discount_rate=RATE, compare=False)
    assert none.value <= some.value <= every.value
    assert list(every.use_frame().columns) == ["use", "limit", "left"]


def test_what_cannot_be_meant_is_refused() -> None:
    decision = small(0)
    with pytest.raises(mcda.InputError, match="discount rate must be a share per year"):
        schedule(decision, discount_rate=-2)
    with pytest.raises(mcda.InputError, match="most_delay must be a number of years"):
        schedule(decision, most_delay=-1)
    with pytest.raises(mcda.LabelError, match="belongs to project 'Z', which does not exist"):
        schedule(decision, versions=[Version("Z", "pilot", 1.0)])
    with pytest.raises(mcda.InputError, match="needs a name of its own"):
        schedule(decision, versions=[Version("A", "x", 1.0), Version("A", "x", 0.5)])
    with pytest.raises(mcda.InputError, match="at least 0"):
        schedule(decision, versions=[Version("A", "x", 1.0, use=-1)])
    with pytest.raises(mcda.LabelError, match="There is no resource 'gold'"):
        schedule(decision, carry_forward=["gold"])
    with pytest.raises(mcda.InputError, match="above 0 and at most 1"):
        schedule(decision, carry_forward={"capital_k": 2.0})
    clash = schedule(decision, force=["B"], forbid=["C"])
    assert clash.solution.termination == "infeasible"
    assert repr(clash) == "Schedule(infeasible)"
    with pytest.raises(solvers.NoSolutionError):
        _ = clash.value


def test_the_flagship_gains_from_choosing_start_years() -> None:
    plan = mcda.schedule(mcda.load(mcda.dataset("nhs-digital")))
    assert plan.solution.termination == "optimal"
    assert (round(plan.value, 2), round(plan.gain or 0, 2)) == (489.85, 16.85)
    for project, year in plan.start_years.items():
        project_ = plan.decision.project(project)
        assert 0 <= year - (project_.planned_start_year or 1) <= project_.max_delay_years
    assert {"P02", "P18", "P19"} <= set(plan.selected)
    assert (plan.use_frame()["left"] >= 0).all()
