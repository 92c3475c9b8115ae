"""No slip in what turns figures into what a solver solves gets a broken or mis-valued portfolio past the certificate.

Every mutant of the modules below (see `tests/solvers/mutants.py`) runs small problems through the solvers that use the
mutated function. What comes back is compared with brute force that shares no code with us. A mutant may raise, fail,
find nothing, or find a portfolio that is not the best; it may never return one that breaks a limit, or whose value or
use is not the true one. Not mutated: compiled kernels (the last test lets them answer anything at all), and functions
that only problems with amounts reach, which are named below.

The suite runs a sample, drawn with the seed below (about half a minute). All of them, with the counts:
``MUTANTS=all pytest -s tests/solvers/certificate/test_mutations.py``
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import threading
from collections import Counter
from contextlib import contextmanager
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest

import solvers
import solvers.decimals
from solvers.batch import _engine
from solvers.testing import random_problem
from tests.solvers.brute import allowed, exact, use_of, value_of
from tests.solvers.mutants import mutants

MODULES = (
    "solvers.decimals",
    "solvers.linear.scaling",
    "solvers.linear.model",
    "solvers.linear.columns",
    "solvers.linear.cliques",
    "solvers.methods._whole_figures",
    "solvers.branch_and_bound._form",
    "solvers.batch._arrays",
)
SEED, SAMPLE = 13, 8  # mutants of each module in the suite
SECONDS = 0.5  # a mutant that loops is stopped
ALL = os.environ.get("MUTANTS") == "all"
EACH = 8 if ALL else 3  # runs of a mutant, spread over the solvers that use the mutated function
UNREACHED = {"_amount_rows", "Columns.add_curves", "LinearModel.with_column", "_or", "_first_use"}
"""Functions that none of the problems here calls: of curves and shares of options."""


def close_to_limits():
    """Figures whose sums are on a limit, or just above it."""
    return solvers.Problem(
        [3, 2.5, 1.25, 0.5, 2],
        [[5.0004, 1], [5.0004, 2], [0.1, 3], [0.2, 4], [0.0004, 5]],
        [10.0008 - 0.0004, 9],
        names=list("abcde"),
        resources=["cash", "people"],
        minimum_use=[0.3, -np.inf],
    )


def with_every_rule():
    return solvers.Problem(
        [3, 2.5, 1.25, 0.5, 2, -1],
        [[5, 1], [4.5, 2], [0.1, 3], [0.2, 4], [0.7, 5], [-2.5, 0]],
        [8.3, 9],
        names=list("abcdef"),
        resources=["cash", "people"],
        requires=[("a", ["c"]), solvers.Requires("b", ["d", "e"], 1)],
        excludes=[["d", "f"]],
        choices=[solvers.Choice(["a", "b"]), solvers.Choice(["c", "d"], True)],
        counts=[solvers.CountRule(list("abcd"), 1, 3)],
        spends=[solvers.SpendRule(["a", "b", "c"], ["cash"], 0.1, 5.1)],
        shares=[solvers.ShareRule(["c", "e"], ["people"], 0.9), solvers.ShareRule(["a"], ["cash"], None, 0.05)],
        synergies=[solvers.Synergy(["a", "c"], 1.5, {"cash": 0.2}), solvers.Synergy(["c", "e"], -0.5, {"people": -1})],
        mandatory=["c"],
    )


def with_many_exclusions():
    pairs = [pair for pair in combinations(range(16), 2) if sum(pair) % 7]
    return solvers.Problem(np.arange(1, 17) / 8, np.ones((16, 1)), [4.0], excludes=pairs)


def scenarios_of(problem):
    rng = np.random.default_rng(5)
    n, r = problem.usage.shape
    changes = {"values": rng.uniform(-1, 3, (3, n)), "capacity": problem.capacity * rng.choice([0.9, 1.0, 1.1], (3, r))}
    if problem.synergies:
        changes["synergy_values"] = rng.uniform(-1, 2, (3, len(problem.synergies)))
    if not (problem.spends or problem.shares):
        changes["usage"] = np.round(problem.usage * rng.uniform(0.8, 1.2, (3, n, r)), 2)
    return changes


PROBLEMS = {
    "close to limits": close_to_limits(),
    "every rule": with_every_rule(),
    "many exclusions": with_many_exclusions(),
    **{f"random {seed}": random_problem(seed, 6) for seed in (4, 6, 11, 15)},
}
SOLVERS = ("branch_and_bound", "exhaustive", "scipy", "highs", "cpsat", "local_search", "greedy", "dynamic_programming")


class TooLongError(BaseException):
    """A mutant that does not end; not an Exception, so that nothing on the way takes it for an answer."""


@contextmanager
def at_most(seconds):
    def stop(*_):
        raise TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class WrongError(Exception):
    """Brute force does not agree with what came back."""


def is_true(problem, selected, value, use):
    """Raise unless brute force agrees that a portfolio keeps every limit and has this value and use."""
    chosen = set(selected)
    truth = value_of(problem, chosen)
    if not allowed(problem, chosen):
        raise WrongError(f"{sorted(chosen)} breaks a limit or rule of {problem!r}")
    if value != (truth if isinstance(value, Fraction) else float(truth)):
        raise WrongError(f"{sorted(chosen)} is not worth {value}")
    if list(use) != [float(amount) for amount in use_of(problem, chosen)]:
        raise WrongError(f"{sorted(chosen)} does not use {use}")


def solve_alone(name, problem):
    solution = solvers.solve(problem.replace(), name, time_limit=1.0)
    if not solution.has_portfolio:
        return solution.termination
    is_true(problem, solution.selected, solution.certificate.value, solution.usage.values())
    is_true(problem, solution.selected, solution.value, solution.usage.values())
    return solution.termination


def solve_many(changes, problem):
    del changes
    for name, array in scenarios_of(problem).items():
        batch = solvers.solve_batch(problem.replace(), **{name: array}, solver="branch_and_bound", threads=1)
        for k in np.flatnonzero(batch.has_portfolio).tolist():
            is_true(batch.problem_of(k), batch.names_of(k), float(batch.value[k]), batch.usage[k].tolist())
    return "batch"


def runs():
    """Every way of solving every problem, as a name and a function."""
    for (title, problem), name in product(PROBLEMS.items(), SOLVERS):
        yield f"{name}, {title}", name, problem, solve_alone
    for title, problem in PROBLEMS.items():
        if title != "many exclusions":
            yield f"batch, {title}", "batch", problem, solve_many


@pytest.fixture(scope="module")
def reached():
    """For every function of ours, the runs that call it: found by running them all once, unbroken."""
    found: dict[tuple[str, str], list] = {}
    for title, name, problem, run in runs():
        seen = set()

        def note(frame, event, _, seen=seen):
            if event == "call" and frame.f_globals.get("__name__") in MODULES:
                seen.add((frame.f_globals["__name__"], frame.f_code.co_qualname.split(".<locals>")[0]))

        sys.setprofile(note)
        threading.setprofile(note)
        try:
            run(name, problem)
        except solvers.SolversError:
            seen.clear()  # a solver that does not take this problem
        finally:
            sys.setprofile(None)
            threading.setprofile(None)
        for key in seen:
            found.setdefault(key, []).append((title, name, problem, run))
    return found


def spread(some, most):
    """Runs of as many different solvers as there are, then more of them."""
    by_solver: dict[str, list] = {}
    for one in some:
        by_solver.setdefault(one[1], []).append(one)
    turns = [one for row in zip_longest(by_solver.values()) for one in row]
    return turns[:most]


def zip_longest(columns):
    columns = [list(column) for column in columns]
    for i in range(max(map(len, columns), default=0)):
        yield [column[i] for column in columns if i < len(column)]


def outcome_of(mutant, run):
    _, name, problem, solve = run
    try:
        with at_most(SECONDS), mutant.applied():
            return solve(name, problem)
    except WrongError as broken:
        raise WrongError(f"{mutant}, {run[0]}: {broken}") from None
    except TooLongError:
        return "too long"
    except Exception:  # noqa: BLE001 - a mutant may fail in any way
        return "raised"


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.filterwarnings("ignore")
def test_no_mutant_gets_a_broken_portfolio_past_the_certificate(module, reached):
    every = mutants(module)
    chosen = every if ALL else random.Random(SEED).sample(every, min(SAMPLE, len(every)))  # noqa: S311
    functions = {owner for name, owner in reached if name == module}
    tasks, idle = [], Counter()
    for mutant in chosen:
        runs_of = reached.get((module, mutant.owner), [])
        if mutant.of_constant:
            runs_of = [one for owner in sorted(functions) for one in reached[module, owner]]
        tasks.append((mutant, spread(runs_of, EACH)))
        idle.update([] if runs_of else [mutant.owner])
    count, broken = in_children(tasks)
    if ALL:
        sys.stdout.write(f"\n{module}: {len(chosen)} mutants; not reached: {dict(idle)}; outcomes: {dict(count)}\n")
    assert not broken, "\n".join(broken)
    assert set(idle) <= UNREACHED
    assert count.total() >= len(chosen) // 2


def in_children(tasks):
    """Run every mutant in a child process: one that breaks native code ends its process, and the next takes over."""
    count, broken, start = Counter(), [], 0
    while start < len(tasks):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            with os.fdopen(writing, "w") as pipe:
                for mutant, some in tasks[start:]:
                    pipe.write(json.dumps(outcomes_of(mutant, some)) + "\n")
                    pipe.flush()
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            answers = [json.loads(line) for line in pipe]
        os.waitpid(child, 0)
        for outcomes, faults in answers:
            count.update(outcomes)
            broken += faults
        start += len(answers)
        if start < len(tasks):
            count["crashed"] += 1
            start += 1
    return count, broken


def outcomes_of(mutant, some):
    """What came of every run of a mutant, and what brute force found wrong with it."""
    outcomes, faults = [], []
    for run in some:
        try:
            outcomes.append(outcome_of(mutant, run))
        except WrongError as fault:
            faults.append(str(fault))
    return outcomes, faults


@pytest.mark.filterwarnings("ignore")
def test_what_is_broken_is_reported_from_the_child():
    """The harness can fail: a run whose portfolio brute force refuses comes back as broken, a crash as a crash."""
    near = next(m for m in mutants("solvers.decimals") if m.what == "near enough")

    def over(name, problem):
        is_true(problem, problem.names, Fraction(name), [])

    def crash(name, problem):
        del name, problem
        os.kill(os.getpid(), signal.SIGKILL)

    good = ("right", "exhaustive", PROBLEMS["close to limits"], solve_alone)
    bad, dead = ("over", "9", PROBLEMS["close to limits"], over), ("dead", "", None, crash)
    count, broken = in_children([(near, [good, bad]), (near, [dead]), (near, [good])])
    assert count["crashed"] == 1
    assert count["optimal"] == 2
    assert len(broken) == 1
    assert "breaks a limit or rule" in broken[0]


def test_a_mutated_helper_is_really_used():
    """The harness can fail: with the slip of the shared helper, brute force sees a broken portfolio before certify."""
    near = next(m for m in mutants("solvers.decimals") if m.what == "near enough")
    figures = np.array([5.0004, 5.0004])
    assert solvers.decimals.decimals(figures) == 4
    with near.applied():
        assert solvers.decimals.decimals(figures) < 4
    assert solvers.decimals.decimals(figures) == 4


def test_a_helper_that_finds_near_enough_good_enough_certifies_nothing():
    problem = solvers.Problem([3, 2], [[5.0004], [5.0004]], [10.0], names=["a", "b"])
    near = next(m for m in mutants("solvers.decimals") if m.what == "near enough")
    with near.applied():
        checked = solvers.certify(problem.replace(), ["a", "b"])
        assert not checked.holds
        assert next(iter(checked.usage.values())) == exact(10.0008)
        for name in SOLVERS:
            solve_alone(name, problem)
        batch = solvers.solve_batch(problem.replace(), values=[[3.0, 2.0], [2.0, 3.0]], solver="branch_and_bound")
        assert [batch.names_of(k) for k in range(2)] == [("a",), ("b",)]


def test_a_kernel_may_answer_anything_and_no_broken_portfolio_is_believed(monkeypatch):
    """Compiled kernels are a black box here: whatever bits come back as "optimal", brute force agrees with the rest."""
    rng, real = np.random.default_rng(1), _engine._Worker.solve
    share = [0.0]

    def lying(self, rows, part):
        outcome = real(self, rows, part)
        noise = rng.random(outcome.answer.shape) < share[0]
        outcome.answer[:] = np.where(noise, 1 - outcome.answer, outcome.answer)
        outcome.status[:] = _engine.OPTIMAL
        return outcome

    monkeypatch.setattr(_engine._Worker, "solve", lying)
    refused = 0
    for share[0] in (0.1, 0.5):
        for problem in (PROBLEMS["every rule"], PROBLEMS["close to limits"], PROBLEMS["random 4"]):
            n = len(problem.names)
            batch = solvers.solve_batch(problem, values=rng.uniform(0, 3, (24, n)), solver="branch_and_bound")
            for k in np.flatnonzero(batch.has_portfolio).tolist():
                is_true(batch.problem_of(k), batch.names_of(k), float(batch.value[k]), batch.usage[k].tolist())
            refused += int((batch.proved_by != "branch_and_bound").sum())
    assert refused > 20
