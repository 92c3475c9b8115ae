# ruff: noqa: E501 - rows of a table are long
"""Batches of scenarios and single solves on our own branch and bound, against loops over PuLP+CBC and HiGHS.

``python -m benchmarks.batch --write docs/performance/batch.md`` measures everything; ``--parts`` measures some of it and
keeps the rest on record. CPU times (of children too) are what other work on the machine distorts least.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import resource
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import mcda
import solvers
import solvers.linear
from mcda.scoring._projects import leaf_values, synergy_leaf_values
from solvers.backends.base import Options
from solvers.backends.registry import linear_backend
from solvers.branch_and_bound import readiness
from solvers.instances import chu_beasley

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


def random_portfolio(
    options: int, rows: int, seed: int, rules: bool, follows: float = 0.5
) -> tuple[solvers.Problem, np.ndarray]:
    """Draw a portfolio problem with values on five criteria, at half of the demand.

    `follows` is the share of a value that follows from what the option uses: the larger, the harder the problem.
    """
    rng = np.random.default_rng(seed)
    usage = np.round(rng.uniform(1, 100, (options, rows)), 1)
    scores = rng.uniform(0, 100, (options, 5)) * (1 - follows) + follows * usage.mean(axis=1)[:, None]
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
    for options, rows, rules, follows, asked, count in (
        (30, 3, False, 0.5, "500", 2000),
        (40, 11, False, 0.5, "100 (HiGHS)", 1000),
        (100, 11, True, 0.0, "100", 100),
    ):
        problem, scores = random_portfolio(options, rows, 3 if rules else 11, rules, follows)
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


def timed_loop(solve: Any, problems: list[solvers.Problem]) -> tuple[float, float]:
    """CPU and clock milliseconds per problem."""
    began, clock = cpu(), time.perf_counter()
    for problem in problems:
        solve(problem)
    return (cpu() - began) / len(problems) * 1e3, (time.perf_counter() - clock) / len(problems) * 1e3


def measure(case: Case, sample: int, checks: int) -> str:
    """Return one row of the table."""
    began, clock = cpu(), time.perf_counter()
    batch = solvers.solve_batch(case.problem, **case.changes, solver="branch_and_bound")
    clock = (time.perf_counter() - clock) / len(case) * 1e3
    ours = (cpu() - began) / len(case) * 1e3
    proved = int(np.isin(batch.termination, ("optimal", "infeasible")).sum())
    rng = np.random.default_rng(1)
    problems = [batch.problem_of(int(k)) for k in rng.choice(len(case), min(sample, len(case)), replace=False)]
    cbc, cbc_clock = timed_loop(by_pulp, problems)
    highs, highs_clock = timed_loop(PersistentHighs(case.problem).solve, problems)
    wrong = 0
    for k in rng.choice(len(case), min(checks, len(case)), replace=False):
        alone = solvers.solve(batch.problem_of(int(k)), "highs")
        same = alone.termination == batch.termination[k]
        wrong += not (same and (not alone.has_portfolio or batch.names_of(int(k)) == alone.selected))
    distinct = len(batch.portfolios()[1])
    cells = [
        case.name, f"{len(case):,}", f"{proved:,}", f"{distinct:,}", f"{ours:.3f}", f"{clock:.3f}",
        f"{cbc:,.0f}", f"{highs:,.0f}", f"{cbc / ours:,.0f}", f"{highs / ours:,.0f}", f"{cbc_clock / clock:,.0f}",
        f"{highs_clock / clock:,.0f}", case.asked, f"{wrong} of {min(checks, len(case))}",
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def batches(options: argparse.Namespace, cases: list[Case]) -> Iterator[str]:
    """Rows of the table of batches."""
    for case in cases:
        hard = case.problem.values.size >= 40 and not case.problem.synergies  # seconds each for the peers
        yield measure(case, min(5, options.sample) if hard else options.sample, 5 if hard else options.checks)


def single_problems(seconds: float) -> Iterator[tuple[str, solvers.Problem, float]]:
    """Hard problems on their own: name, problem and time limit."""
    for tightness in (0.25, 0.5, 0.75):
        yield f"100 x 5, OR-Library kind, tightness {tightness:g}", chu_beasley(100, 5, tightness, rng=1), seconds
    for seed in (3, 4, 5):
        problem, _ = random_portfolio(100, 11, seed, True, 0.0)
        yield f"100 x 11, prerequisites and exclusions, draw {seed}", problem, seconds
    yield "250 x 10, OR-Library kind, tightness 0.5", chu_beasley(250, 10, 0.5, rng=1), 30.0


def single_solves(options: argparse.Namespace) -> Iterator[str]:
    """Single solves, every solver with the same time limit.

    Peers are timed to their first proof, without the second solve by which `solve` settles ties; ours settles them.
    """
    for name, problem, seconds in single_problems(options.seconds):
        model = solvers.linear.linearise(problem)
        for solver in ("branch_and_bound", "pulp", "highs", "scip", "cpsat"):
            began = time.perf_counter()
            if solver == "branch_and_bound":
                solution = solvers.solve(problem, solver, time_limit=seconds)
                termination = solution.termination
                value = solution.value if solution.has_portfolio else math.nan
                bound = math.nan if solution.bound is None else solution.bound
            else:
                outcome = linear_backend(solver).maximise(model, Options(time_limit=seconds))
                termination = outcome.termination
                value = math.nan if outcome.x is None else float(model.objective @ np.round(outcome.x))
                bound = math.nan if outcome.bound is None else outcome.bound
            clock = time.perf_counter() - began
            gap = "" if termination == "optimal" else f", gap {(bound - value) / value:.2%}"
            yield f"| {name} | {solver} | {'proven' if not gap else termination}{gap} | {value:,.2f} | {clock:.2f} |"


def growth(options: argparse.Namespace) -> Iterator[str]:
    """Flagship weightings, from a hundred upwards."""
    _, problem, own, extra = flagship()
    rng, count = np.random.default_rng(5), 100
    while count <= options.most:
        began, distinct = cpu(), set[bytes]()
        for start in range(0, count, 50_000):
            part = rng.dirichlet(np.ones(own.shape[1]), min(50_000, count - start))
            batch = solvers.solve_batch(
                problem, values=part @ own.T, synergy_values=part @ extra.T, solver="branch_and_bound"
            )
            distinct |= {row.tobytes() for row in batch.portfolios()[0]}
        spent = cpu() - began
        yield f"| {count:,} | {spent:.2f} | {spent / count * 1e3:.3f} | {len(distinct):,} |"
        count *= 10


PARTS: dict[str, Callable[[argparse.Namespace], Iterator[str]]] = {
    "flagship": lambda options: batches(options, flagship_cases(options.scenarios)),
    "random": lambda options: batches(options, random_cases(options.scale)),
    "single": single_solves,
    "growth": growth,
}


BATCHES = """\
| batch | scenarios | proven | portfolios | ours, CPU ms | ours, clock ms | CBC, CPU ms | HiGHS, CPU ms \
| times CBC, CPU | times HiGHS, CPU | times CBC, clock | times HiGHS, clock | asked | differ from HiGHS |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""
SINGLE = "| problem | solver | outcome | value | seconds |\n| --- | --- | --- | ---: | ---: |"
GROWTH = "| scenarios | CPU s | CPU ms each | portfolios |\n| ---: | ---: | ---: | ---: |"
NOTES = Path(__file__).parent / "batch_notes.md"


def page(record: dict[str, Any]) -> str:
    """Everything measured so far as a page; ``batch_notes.md`` says what the figures mean."""
    rows = {name: record[name]["rows"] if name in record else ["not measured"] for name in PARTS}
    runs = [f"    {part['command']}\n" for part in record.values()]
    about = [f"{name}: load {part['load']:.1f}" for name, part in record.items()]
    return "\n".join([
        "# Batches of scenarios: speed against loops over other solvers", "", "Written by", "", *runs,
        (f"on {platform.machine()}, Python {platform.python_version()}, numba {version('numba')}, highspy "
        f"{version('highspy')}, PuLP {version('pulp')}. Load of the machine at the end ({'; '.join(about)})."), "",
        ("Ours is one call to `solve_batch` on as many threads as there are processors, including certificates and ties. "
        "The others are loops on one thread, timed on a sample, and do not settle ties. Milliseconds are per scenario."),
        "",
        BATCHES, *rows["flagship"], *rows["random"], "", "## Single solves", "",
        ("Each runs on one thread, one after another; seconds are by the clock. Ours settles ties as well; the others are "
        "timed to their first proof."), "",
        SINGLE, *rows["single"], "", "## Growth: flagship weightings over the whole simplex", "", GROWTH,
        *rows["growth"], "", NOTES.read_text(encoding="utf-8"),
    ])  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--scenarios", type=int, default=10_000, help="of each flagship batch")
    parser.add_argument("--sample", type=int, default=20, help="scenarios that the peers are timed on")
    parser.add_argument("--checks", type=int, default=110, help="of each batch, compared with HiGHS, ties included")
    parser.add_argument("--seconds", type=float, default=60.0, help="time limit of single solves")
    parser.add_argument("--most", type=int, default=1_000_000, help="largest batch of the growth table")
    parser.add_argument("--scale", type=float, default=1.0, help="of the random batches")
    parser.add_argument(
        "--record", type=Path, default=Path("batch.json"), help="what is measured is kept here, by part"
    )
    parser.add_argument("--write", type=Path, help="the page, from everything on record")
    options = parser.parse_args()
    readiness.load()
    for name in options.parts:
        rows = list[str]()
        for row in PARTS[name](options):
            print(row, flush=True)
            rows.append(row)
            record = json.loads(options.record.read_text(encoding="utf-8")) if options.record.exists() else {}
            record[name] = {"rows": rows, "command": _command(name, options), "load": os.getloadavg()[0]}
            options.record.write_text(json.dumps(record, indent=1), encoding="utf-8")
    if options.write:
        record = json.loads(options.record.read_text(encoding="utf-8"))
        options.write.write_text(page(record), encoding="utf-8")


def _command(name: str, options: argparse.Namespace) -> str:
    given = {
        "flagship": f"--scenarios {options.scenarios} --sample {options.sample} --checks {options.checks}",
        "random": f"--scale {options.scale:g} --sample {options.sample} --checks {options.checks}",
        "single": f"--seconds {options.seconds:g}",
        "growth": f"--most {options.most}",
    }
    return f"python -m benchmarks.batch --parts {name} {given[name]}"


if __name__ == "__main__":
    main()
