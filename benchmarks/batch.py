# ruff: noqa: E501 - rows of a table are long
"""Batches of scenarios and single solves on our own branch and bound, against loops over PuLP+CBC and HiGHS.

``python -m benchmarks.batch --write docs/performance/batch.md`` measures everything in one run. Figures are CPU times
(of children too), because that is what other work on the machine distorts least; peers are timed on a sample.
"""

from __future__ import annotations

import argparse
import platform
import resource
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

import mcda
import solvers
import solvers.linear
from mcda.scoring._projects import leaf_values, synergy_leaf_values
from solvers.branch_and_bound import readiness

Changes = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """A batch: its name, what was asked of it (times the slower peer), how many scenarios, and how to draw them."""

    name: str
    asked: str
    problem: solvers.Problem
    changes: Changes

    def __len__(self) -> int:
        return len(next(iter(self.changes.values())))


def cpu() -> float:
    """CPU seconds of this process and its children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def flagship() -> tuple[Any, solvers.Problem, np.ndarray, np.ndarray]:
    """Return the decision, its problem, and the values of projects and of synergies by leaf."""
    decision = mcda.load(mcda.dataset("nhs-digital"))
    weights = mcda.weigh_decision(decision)
    problem = mcda.build_problem(decision, mcda.value_projects(decision, weights.board))
    return weights, problem, leaf_values(decision).to_numpy(), synergy_leaf_values(decision).to_numpy()


def flagship_cases(count: int) -> list[Case]:
    """The flagship under weights, mixes of people, capacities, and performance with costs."""
    weights, problem, own, extra = flagship()
    rng = np.random.default_rng(2026)
    simplex = rng.dirichlet(np.ones(own.shape[1]), count)
    people = weights.stakeholders.to_numpy(dtype=float)
    people = people if people.shape[1] == own.shape[1] else people.T
    people = people[~np.isnan(people).any(axis=1)]
    mixes = rng.dirichlet(np.ones(len(people)), count) @ people
    board = weights.board.to_numpy()
    performance = rng.triangular(0.7, 1.0, 1.2, (count, *own.shape)) * own
    costs = np.round(problem.usage * rng.triangular(0.9, 1.0, 1.4, (count, len(problem.names), 1)), 1)
    return [
        Case("flagship, weights over the whole simplex", "200", problem,
             {"values": simplex @ own.T, "synergy_values": simplex @ extra.T}),
        Case(f"flagship, mixes of {len(people)} stakeholders", "1,000", problem,
             {"values": mixes @ own.T, "synergy_values": mixes @ extra.T}),
        Case("flagship, budgets and capacities", "100", problem,
             {"capacity": np.round(problem.capacity * rng.uniform(0.8, 1.2, (count, len(problem.capacity))), 1)}),
        Case("flagship, performance and costs", "100", problem, {"values": performance @ board, "usage": costs}),
    ]  # fmt: skip


def random_portfolio(options: int, rows: int, seed: int, rules: bool) -> tuple[solvers.Problem, np.ndarray]:
    """Draw a portfolio problem with values on five criteria, at half of the demand."""
    rng = np.random.default_rng(seed)
    usage = np.round(rng.uniform(1, 100, (options, rows)), 1)
    scores = rng.uniform(0, 100, (options, 5)) * 0.5 + 0.5 * usage.mean(axis=1)[:, None]
    order = rng.permutation(options)
    pairs = options // 10 if rules else 0
    problem = solvers.Problem(
        scores.mean(axis=1),
        usage,
        np.round(usage.sum(axis=0) * 0.5, 1),
        requires=[(int(order[2 * i]), [int(order[2 * i + 1])]) for i in range(pairs)],
        excludes=[[int(order[-1 - 2 * i]), int(order[-2 - 2 * i])] for i in range(pairs)],
    )
    return problem, scores


def random_cases(scale: float) -> list[Case]:
    """Random problems of three sizes."""
    rng, cases = np.random.default_rng(7), []
    for options, rows, rules, asked, count in (
        (30, 3, False, "500", 2000),
        (40, 11, False, "100 (HiGHS)", 500),
        (100, 11, True, "100", 60),
    ):
        problem, scores = random_portfolio(options, rows, 11, rules)
        number = max(8, int(count * scale))
        label = f"random {options} x {rows}" + (", prerequisites and exclusions" if rules else "")
        weights = rng.dirichlet(np.ones(5), number)
        cases.append(Case(f"{label}, weights", asked, problem, {"values": weights @ scores.T}))
        if rules:
            limits = np.round(problem.capacity * rng.uniform(0.9, 1.1, (number, rows)), 1)
            cases.append(Case(f"{label}, budgets", asked, problem, {"capacity": limits}))
    return cases


def by_pulp(problem: solvers.Problem) -> None:
    """Solve as a loop over PuLP and CBC does: build, write, run, read."""
    import pulp

    model = solvers.linear.linearise(problem)
    asked = pulp.LpProblem("one", pulp.LpMaximize)
    x = [
        pulp.LpVariable(f"x{j}", lo, up, "Binary")
        for j, (lo, up) in enumerate(zip(model.lower, model.upper, strict=True))
    ]
    for variable, low, high in zip(x, model.lower, model.upper, strict=True):
        variable.lowBound, variable.upBound = float(low), float(high)
    asked += pulp.lpDot(model.objective.tolist(), x)
    for i in range(model.row_lower.size):
        at = slice(model.starts[i], model.starts[i + 1])
        use = pulp.lpDot(model.coefficients[at].tolist(), [x[j] for j in model.indices[at]])
        if np.isfinite(model.row_upper[i]):
            asked += use <= float(model.row_upper[i])
        if np.isfinite(model.row_lower[i]):
            asked += use >= float(model.row_lower[i])
    asked.solve(pulp.PULP_CBC_CMD(msg=False, gapRel=0.0, threads=1))


class PersistentHighs:
    """One HiGHS object whose costs and limits are changed from scenario to scenario."""

    def __init__(self, problem: solvers.Problem) -> None:
        from solvers.backends.base import Options
        from solvers.backends.highs import prepared

        self.before = solvers.linear.linearise(problem)
        self.solver = prepared(self.before, Options())

    def solve(self, problem: solvers.Problem) -> None:
        """Bring the object up to date and solve again from where it stands."""
        model = solvers.linear.linearise(problem)
        n, m = model.objective.size, model.row_lower.size
        self.solver.changeColsCost(n, np.arange(n, dtype=np.int32), model.objective)
        for i in range(m):
            if model.row_upper[i] != self.before.row_upper[i]:
                self.solver.changeRowBounds(i, model.row_lower[i], model.row_upper[i])
        if not np.array_equal(model.coefficients, self.before.coefficients):
            rows = np.repeat(np.arange(m), np.diff(model.starts))
            for row, column, figure in zip(rows, model.indices, model.coefficients, strict=True):
                self.solver.changeCoeff(int(row), int(column), float(figure))
        self.before = model
        self.solver.run()


def timed_loop(solve: Any, problems: list[solvers.Problem]) -> float:
    """CPU milliseconds a problem."""
    began = cpu()
    for problem in problems:
        solve(problem)
    return (cpu() - began) / len(problems) * 1e3


def measure(case: Case, sample: int, checks: int) -> str:
    """Return one row of the table."""
    began, clock = cpu(), time.perf_counter()
    batch = solvers.solve_batch(case.problem, **case.changes, solver="branch_and_bound")
    clock, ours = time.perf_counter() - clock, (cpu() - began) / len(case) * 1e3
    proved = int(np.isin(batch.termination, ("optimal", "infeasible")).sum())
    rng = np.random.default_rng(1)
    problems = [batch.problem_of(int(k)) for k in rng.choice(len(case), min(sample, len(case)), replace=False)]
    cbc = timed_loop(by_pulp, problems)
    highs = timed_loop(PersistentHighs(case.problem).solve, problems)
    wrong = 0
    for k in rng.choice(len(case), min(checks, len(case)), replace=False):
        alone = solvers.solve(batch.problem_of(int(k)), "highs")
        same = alone.termination == batch.termination[k]
        wrong += not (same and (not alone.has_portfolio or batch.names_of(int(k)) == alone.selected))
    distinct = len(batch.portfolios()[1])
    cells = [
        case.name, f"{len(case):,}", f"{proved:,}", f"{distinct:,}", f"{ours:.3f}", f"{len(case) / clock:,.0f}",
        f"{cbc:,.0f}", f"{highs:,.0f}", f"{cbc / ours:,.0f}", f"{highs / ours:,.0f}", case.asked, f"{wrong} of {min(checks, len(case))}",
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def single_solves(seconds: float) -> list[str]:
    """Single solves of hard problems, every solver with the same time limit."""
    found = []
    for options, rows, rules in ((100, 5, False), (100, 11, True)):
        problem, _ = random_portfolio(options, rows, 3, rules)
        for solver in ("branch_and_bound", "pulp", "highs", "scip", "cpsat"):
            clock = time.perf_counter()
            try:
                solution = solvers.solve(problem, solver, time_limit=seconds)
            except solvers.SolversError as error:
                found.append(f"| {options} x {rows} | {solver} | {error} | |")
                continue
            gap = "" if solution.gap is None else f"{solution.gap:.3%}"
            found.append(
                f"| {options} x {rows} | {solver} | {solution.termination} {gap} | {time.perf_counter() - clock:.2f} |"
            )
    return found


def growth(most: int) -> list[str]:
    """Flagship weightings, from a hundred upwards."""
    _, problem, own, extra = flagship()
    rng, found, count = np.random.default_rng(5), [], 100
    while count <= most:
        began, distinct = cpu(), set[bytes]()
        for start in range(0, count, 50_000):
            part = rng.dirichlet(np.ones(own.shape[1]), min(50_000, count - start))
            batch = solvers.solve_batch(
                problem, values=part @ own.T, synergy_values=part @ extra.T, solver="branch_and_bound"
            )
            distinct |= {row.tobytes() for row in batch.portfolios()[0]}
        spent = cpu() - began
        found.append(f"| {count:,} | {spent:.2f} | {spent / count * 1e3:.3f} | {len(distinct):,} |")
        count *= 10
    return found


HEAD = """\
| batch | scenarios | proven | portfolios | ours, CPU ms | ours a second, clock | PuLP+CBC, CPU ms | persistent HiGHS, CPU ms \
| times CBC | times HiGHS | asked | differ from HiGHS |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenarios", type=int, default=10_000, help="of each flagship batch")
    parser.add_argument("--sample", type=int, default=20, help="scenarios that the peers are timed on")
    parser.add_argument("--checks", type=int, default=500, help="scenarios compared with HiGHS, ties included")
    parser.add_argument("--seconds", type=float, default=60.0, help="time limit of single solves")
    parser.add_argument("--most", type=int, default=1_000_000, help="largest batch of the growth table")
    parser.add_argument("--scale", type=float, default=1.0, help="of the random batches")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    command = f"python -m benchmarks.batch --scenarios {options.scenarios} --sample {options.sample} --checks {options.checks} --seconds {options.seconds:g} --most {options.most} --scale {options.scale:g} --write docs/performance/batch.md"
    warm, began = readiness.is_warm(), cpu()
    readiness.load()
    start = cpu() - began
    cases = flagship_cases(options.scenarios) + random_cases(options.scale)
    lines = [
        "# Batches of scenarios: speed against loops over other solvers",
        "",
        f"Written by\n\n    {command}\n",
        (f"on {platform.machine()}, Python {platform.python_version()}, numba {version('numba')}, highspy "
        f"{version('highspy')}, PuLP {version('pulp')}. The machine was shared with other work: CPU times count, the clock "
        f"is a lower bound. Getting the compiled engine took {start:.1f} s of CPU ({'kept on disk' if warm else 'compiled'})."),
        "",
        ("Ours is one call of `solve_batch`, certificates and ties included; peers are timed on a sample of "
        f"{options.sample} scenarios and settle no ties. The asked ratios count throughput on two processors; those here are CPU "
        "against CPU, so two processors nearly double them against a loop on one."),
        "",
        HEAD,
    ]  # fmt: skip
    for case in cases:
        hard = case.problem.values.size >= 100
        lines.append(measure(case, 3 if hard else options.sample, 3 if hard else options.checks))
        print(lines[-1], flush=True)
    lines += ["", "## Single solves", "", "Clock seconds with ties settled, in one process.", ""]
    lines += ["| problem | solver | outcome | seconds |", "| --- | --- | --- | ---: |", *single_solves(options.seconds)]
    lines += ["", "## Growth: flagship weightings over the whole simplex", ""]
    lines += [
        "| scenarios | CPU s | CPU ms each | portfolios |",
        "| ---: | ---: | ---: | ---: |",
        *growth(options.most),
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    if options.write:
        options.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
