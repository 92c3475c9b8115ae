"""Published selection problems solve to their published answers; each file names its source."""

from __future__ import annotations

import pytest

import solvers
from tests.solvers.cases import petersen, problem_of, read

PLAIN = [
    "winston-stockco",
    "hillier-california-manufacturing",
    "taha-capital-budgeting",
    "probe-four-projects",
    "williams-opencast-mining",
    "logos-mandated-sixteen",
]


@pytest.mark.parametrize("case_id", PLAIN)
def test_published_optimum_selection_and_linear_bound(case_id):
    case = read(case_id)
    problem, expected = problem_of(case), case["expected"]
    solution = solvers.solve(problem)
    assert solution.termination == "optimal"
    assert solution.value == pytest.approx(expected["optimum"], abs=1e-9)
    assert set(solution.selected) == set(expected["selected"])
    assert solution.gap == 0
    if "lp_relaxation" in expected:
        assert solvers.lp_bound(problem).value == pytest.approx(expected["lp_relaxation"], rel=1e-9)


@pytest.mark.parametrize(
    ("case_id", "variant"),
    [
        (case_id, i)
        for case_id in ("winston-stockco", "logos-mandated-sixteen")
        for i in range(len(read(case_id)["variants"]))
    ],
)
def test_published_variants(case_id, variant):
    case = read(case_id)
    changed = case["variants"][variant]
    solution = solvers.solve(problem_of(case, changed))
    assert solution.value == pytest.approx(changed["expected"]["optimum"], abs=1e-9)
    assert set(solution.selected) == set(changed["expected"]["selected"])


@pytest.mark.parametrize("instance", read("petersen-1967-a")["instances"], ids=lambda i: i["id"])
def test_petersen_1967(instance):
    problem, expected = petersen(instance), instance["expected"]
    solution = solvers.solve(problem)
    assert solution.termination == "optimal"
    assert solution.value == expected["optimum"]
    published = solvers.certify(problem, [i - 1 for i in expected["one_optimal_selection"]])
    assert published.holds
    assert published.value == expected["optimum"]
    if solution.unique:
        assert solution.selected == published.selected
    assert solvers.lp_bound(problem).value == pytest.approx(expected["lp_relaxation"], abs=5e-7)


@pytest.mark.parametrize("step", read("probe-four-projects")["budget_steps"], ids=str)
def test_probe_optimum_changes_at_the_published_budgets(step):
    problem = problem_of(read("probe-four-projects"))
    budgets = [step["budget_at_least"]] + ([step["budget_below"] - 1] if step.get("budget_below") else [])
    for budget in budgets:
        solution = solvers.solve(problem.replace(capacity=[budget]))
        assert list(solution.selected) == step["selected"]


def test_zhong_young_2010_alternative_scopes():
    case = read("zhong-young-transport-options")
    scopes = {}
    for name, project in zip(case["names"], case["projects"], strict=True):
        scopes.setdefault(project, []).append(name)
    problem = solvers.Problem(
        case["values"],
        case["usage"],
        case["capacity"],
        names=case["names"],
        excludes=[members for members in scopes.values() if len(members) > 1],
    )
    for given in (case, *case["variants"]):
        solution = solvers.solve(problem.replace(capacity=[given["capacity"]]))
        assert solution.value == pytest.approx(given["expected"]["optimum"], abs=1e-9)
        assert set(solution.selected) == set(given["expected"]["selected"])
