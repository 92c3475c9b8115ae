"""No solver is trusted: liars are found out, the dead are replaced, second opinions are compared."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, replace
from importlib.metadata import EntryPoint

import numpy as np
import pytest

import solvers
from solvers import BackendError, Problem, ProblemError, solve
from solvers.backends import registry
from solvers.backends.base import Feature, Options, Outcome
from solvers.backends.highs import BACKEND as HIGHS
from solvers.interrupts import Stop
from solvers.solving import _auto
from solvers.solving._attempt import Request
from solvers.testing import conformance_cases

PROBLEM = Problem([16, 22, 12, 8], [5, 7, 4, 3], 14)
BEST = ("option 2", "option 3", "option 4")


@dataclass(frozen=True)
class Liar:
    """A back end of someone's own: HiGHS, with its answers changed by `lie`."""

    lie: object
    name: str = "liar"
    features: frozenset = frozenset(Feature)

    def version(self):
        return "1.0"

    def unusable(self):
        return None

    def maximise(self, model, options):
        return self.lie(HIGHS.maximise(model, options))


HONEST = Liar(lambda outcome: outcome, "honest")


@pytest.mark.parametrize("case", conformance_cases(), ids=str)
def test_a_back_end_of_your_own_passes_the_public_suite(case):
    case.check(HONEST)


@pytest.mark.parametrize(
    "lie",
    [
        lambda outcome: replace(outcome, x=np.array([1.0, 0.0, 0.0, 0.0]), bound=16.0),
        lambda outcome: replace(outcome, x=np.array([0.0, 1.0, 1.0, 1.0]), bound=30.0),
        lambda outcome: Outcome.infeasible("so I say"),
    ],
    ids=["worse and proven", "bound below the portfolio", "infeasible"],
)
def test_the_conformance_suite_finds_a_liar(lie):
    case = conformance_cases()[0]
    with pytest.raises(AssertionError, match="liar on 'one budget'"):
        case.check(Liar(lie))


def test_answers_that_always_break_a_limit_are_repaired_by_another_solver():
    liar = Liar(lambda outcome: replace(outcome, x=np.ones_like(outcome.x)) if outcome.x is not None else outcome)
    solution = solve(PROBLEM, liar)
    assert (solution.termination, solution.selected) == ("optimal", BEST)
    assert any("liar returned a portfolio that breaks resource 1" in event for event in solution.events)


def test_a_solver_that_sticks_to_its_lie_gives_way_to_another():
    liar = Liar(lambda outcome: Outcome.optimal(np.ones(4), 58.0, "sure"))
    solution = solve(PROBLEM, liar)
    assert (solution.termination, solution.selected) == ("optimal", BEST)
    assert not solution.solver.startswith("liar")
    assert any("its answer was replaced by another solver's" in event for event in solution.events)


def test_auto_goes_on_when_a_solver_dies(monkeypatch):
    def die(self, model, options):
        return Outcome.failed("the process of highs was killed by signal 9 (SIGKILL)")

    monkeypatch.setattr(type(HIGHS), "maximise", die)
    monkeypatch.setattr("solvers.solving._auto.preferred", lambda problem, options: iter([]))
    solution = solve(PROBLEM)
    assert (solution.termination, solution.selected) == ("optimal", BEST)
    assert not solution.solver.startswith("highs")
    assert any("SIGKILL" in event for event in solution.events)
    assert any("in reserve" in event for event in solution.events)


def test_auto_says_what_it_chose_and_why():
    few = solve(PROBLEM)
    assert few.events == ("auto: exhaustive: 4 free options are few enough to look at every portfolio",)
    assert few.remarks == ()
    one = solve(Problem(np.arange(1, 41), np.arange(1, 41), 100))
    assert one.events[0] == "auto: dynamic_programming: one budget and no logic"
    assert one.solver == "dynamic_programming"


def test_auto_hands_on_the_best_portfolio_when_time_runs_short(monkeypatch):
    """The first choice stops at its share of the time; the next starts from what it found, and proves it."""

    @dataclass(frozen=True)
    class Slow(Liar):
        def maximise(self, model, options):
            outcome = HIGHS.maximise(model, options)
            return replace(outcome, termination="feasible", limit="time", bound=50.0)

    @dataclass(frozen=True)
    class Next(Liar):
        def maximise(self, model, options):
            started.append(options.start)
            return HIGHS.maximise(model, options)

    started = []
    back_ends = {"slow": Slow(None, "slow"), "next": Next(None, "next")}
    monkeypatch.setattr("solvers.solving._auto.load", back_ends.__getitem__)
    monkeypatch.setattr(
        "solvers.solving._solve.plan", lambda p, o: [_auto.Step(name, f"{name} tries") for name in back_ends]
    )
    solution = solve(PROBLEM, time_limit=60)
    assert (solution.termination, solution.solver, solution.selected) == ("optimal", "next 1.0", BEST)
    assert solution.events == ("auto: slow tries", "auto: next tries")
    assert started[0].tolist() == [0.0, 1.0, 1.0, 1.0]


def test_a_proof_after_a_limit_has_no_limit():
    first = solve(PROBLEM, Liar(lambda o: Outcome("feasible", "time", np.array([1.0, 0.0, 0.0, 0.0]), 50.0, "time")))
    proven = solve(PROBLEM, "highs")
    assert _auto.better(first, proven) is proven


def test_two_solvers_race_and_the_first_to_prove_stops_the_other():
    @dataclass(frozen=True)
    class Waits(Liar):
        def maximise(self, model, options):
            while not options.stop.asked:
                time.sleep(0.005)
            return Outcome("no_solution_found", "interrupt", None, None, "told to stop")

    request = Request.of(PROBLEM, replace(Options(), threads=2, stop=Stop()))
    back_ends = {"waits": Waits(None, "waits"), "honest": HONEST}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("solvers.solving._auto.load", back_ends.__getitem__)
        solution = _auto.race(request, _auto.Step("waits", "", None, "honest"))
    assert (solution.termination, solution.selected) == ("optimal", BEST)
    assert solution.events[-1] == "honest was the first to settle it"


def test_a_solver_that_raises_is_not_a_crash():
    def fall_over(outcome):
        raise ZeroDivisionError("deep inside")

    solution = solve(PROBLEM, Liar(fall_over))
    assert solution.termination == "failed"
    assert solution.events == ("liar failed: ZeroDivisionError: deep inside",)


def test_a_cross_check_puts_agreement_on_record():
    solution = solve(PROBLEM, "highs", cross_check=True)
    assert solution.selected == BEST
    assert solution.events[-1].startswith("cross-checked by ")
    assert solution.events[-1].endswith("the same value and bound")
    hopeless = solve(PROBLEM.replace(capacity=[1], mandatory=[0]), "highs", cross_check=True)
    assert hopeless.termination == "infeasible"
    assert hopeless.events[-1].endswith("infeasible as well")


@pytest.mark.parametrize(
    ("lie", "says"),
    [
        (
            lambda outcome: replace(outcome, x=np.array([1.0, 0.0, 0.0, 0.0]), bound=16.0),
            r"liar 1\.0 says that nothing is worth more than 16; .* has a portfolio worth 42",
        ),
        (
            lambda outcome: Outcome.infeasible("so I say"),
            r"liar 1\.0 says infeasible; .* has a portfolio worth 42",
        ),
        (
            lambda outcome: Outcome.unbounded("so I say"),
            r"liar 1\.0 says unbounded; .* has a portfolio worth 42",
        ),
    ],
    ids=["a worse optimum", "infeasible", "unbounded"],
)
def test_a_cross_check_finds_a_liar(lie, says):
    solution = solve(PROBLEM, Liar(lie), cross_check=True)
    assert (solution.termination, solution.has_portfolio) == ("failed", False)
    assert re.search(says, solution.events[-1])


def test_a_back_end_by_entry_point(monkeypatch):
    entry = EntryPoint("honest", "tests.solvers.solving.test_trust:HONEST", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda group: [entry])
    monkeypatch.setattr(EntryPoint, "load", lambda self: HONEST)
    registry.why_unusable.cache_clear()
    assert solve(PROBLEM, "honest").selected == BEST
    assert "honest" in solvers.backends().usable
    with pytest.raises(BackendError, match=r"Use 'auto' or one of: highs, .*honest"):
        solve(PROBLEM, "unheard of")


def test_a_broken_entry_point_is_an_error_that_names_it(monkeypatch):
    entry = EntryPoint("broken", "no_such_module:BACKEND", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda group: [entry])
    registry.why_unusable.cache_clear()
    with pytest.raises(BackendError, match="'broken' of no_such_module:BACKEND cannot be loaded"):
        solve(PROBLEM, "broken")
    assert not solvers.backends()["broken"].usable
    assert solve(PROBLEM).selected == BEST


@pytest.mark.parametrize(
    ("backend", "message"),
    [
        (Liar(None, name="highs"), "that name is taken"),
        (Liar(None, name="auto"), "that name is taken"),
        (object(), r"lacks name, features, version, unusable, maximise \(or select and lacks\)"),
    ],
)
def test_what_is_not_a_back_end_is_refused(backend, message):
    with pytest.raises(BackendError, match=message):
        solve(PROBLEM, backend)


def test_the_table_of_back_ends_prints():
    table = solvers.backends()
    text = repr(table)
    for row in table:
        assert f"{row.name} " in text
    assert len(table) == len(table.to_frame()) == text.count("\n") + 1 - text.count("without:")
    assert "<table>" in table._repr_html_()
    with pytest.raises(BackendError, match=r"There is no solver 'gurobi'\. Use one of: highs, "):
        table["gurobi"]


def test_a_start_is_never_beaten_by_something_worse():
    start = solve(PROBLEM, "highs")
    lazy = Liar(lambda outcome: Outcome("feasible", "time", np.array([1.0, 0.0, 0.0, 0.0]), 50.0, "time"))
    solution = solve(PROBLEM, lazy, warm_start=start)
    assert (solution.termination, solution.limit, solution.value, solution.bound) == ("feasible", "time", 42, 50)
    assert solution.events == ("nothing better was found than the portfolio to start from",)
    broken = solve(PROBLEM, "highs", warm_start=[0, 1, 2, 3])
    assert broken.events[0].startswith("the portfolio to start from breaks resource 1")
    with pytest.raises(ProblemError, match="unheard of"):
        solve(PROBLEM, warm_start=["unheard of"])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"absolute_gap": -1}, "absolute_gap must be an amount of value"),
        ({"absolute_gap": float("nan")}, "absolute_gap"),
        ({"seed": -1}, "seed must be a whole number"),
        ({"seed": 0.5}, "seed must be a whole number"),
    ],
)
def test_options_out_of_range_are_refused(options, message):
    with pytest.raises(ProblemError, match=message):
        solve(PROBLEM, **options)


def test_a_solver_that_knows_another_gap_is_held_to_ours():
    loose = Liar(lambda outcome: Outcome.optimal(np.array([0.0, 1.0, 1.0, 0.0]), 40.0, "close enough"))
    solution = solve(PROBLEM, loose, gap=0.05)
    assert (solution.termination, solution.limit) == ("feasible", "gap")
    assert solve(PROBLEM, loose, gap=0.2).termination == "optimal"
    assert solve(PROBLEM, loose, absolute_gap=6).termination == "optimal"


@pytest.mark.parametrize("bound", [58.0, 44.0])
def test_an_answer_within_the_gap_is_never_worth_less_than_the_start(bound):
    # "optimal" within the gap asked, but worth less than the portfolio to start from (16 + 22 of 42).
    loose = Liar(lambda outcome: Outcome.optimal(np.array([0.0, 1.0, 0.0, 0.0]), bound, "near enough"))
    solution = solve(PROBLEM, loose, absolute_gap=100, warm_start=BEST)
    assert (solution.selected, solution.value, solution.termination) == (BEST, 42.0, "optimal")
    assert solution.bound == bound
    refuted = Liar(lambda outcome: Outcome.optimal(np.array([0.0, 1.0, 0.0, 0.0]), 30.0, "I insist"))
    told = solve(PROBLEM, refuted, absolute_gap=100, warm_start=BEST)
    assert (told.selected, told.termination, told.limit) == (BEST, "feasible", "failure")
