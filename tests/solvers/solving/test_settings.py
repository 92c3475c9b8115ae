"""Settings that only some solvers have: taken by those without changing the answer, refused by the others."""

from __future__ import annotations

import pytest

import solvers
from solvers.backends.base import SETTINGS, Options
from solvers.backends.registry import MODULES, load, why_unusable
from solvers.instances import chu_beasley

PROBLEM = chu_beasley(15, 3, rng=3)
CHOICES = {"presolve": (True, False), "heuristics": (True, False), "emphasis": ("proof", "portfolio")}
PAIRS = [(name, setting) for name in MODULES for setting in SETTINGS]


@pytest.mark.parametrize(("name", "setting"), PAIRS)
def test_a_setting_is_taken_or_refused(name, setting):
    if reason := why_unusable(name):
        pytest.skip(f"{name}: {reason}")
    for choice in CHOICES[setting]:
        if SETTINGS[setting] in load(name).features:
            best = solvers.solve(PROBLEM, "exhaustive")
            found = solvers.solve(PROBLEM, name, **{setting: choice})
            assert (found.termination, found.selected) == ("optimal", best.selected)
        else:
            with pytest.raises(solvers.BackendError, match=rf"'{name}' has no setting '{setting}'.*highs|scip"):
                solvers.solve(PROBLEM, name, **{setting: choice})


def test_auto_takes_none_and_says_who_does():
    with pytest.raises(solvers.BackendError, match=r"'auto' chooses among .*'presolve'.*: highs, pulp, cpsat, scip"):
        solvers.solve(PROBLEM, presolve=False)


def test_out_of_range():
    with pytest.raises(solvers.ProblemError, match=r"presolve must be True, False, or None .* Got 'off'"):
        solvers.solve(PROBLEM, "highs", presolve="off")
    with pytest.raises(solvers.ProblemError, match=r"emphasis must be 'proof', 'portfolio'.* Got 'speed'"):
        solvers.solve(PROBLEM, "scip", emphasis="speed")


def test_they_reach_the_solver():
    highs = pytest.importorskip("highspy", reason="HiGHS is not installed")
    from solvers.backends.highs import _set

    solver = highs.Highs()
    _set(solver, Options(presolve=False, heuristics=False))
    assert solver.getOptionValue("presolve")[1] == "off"
    assert solver.getOptionValue("mip_heuristic_effort")[1] == 0.0
    from solvers.backends.pulp import _cbc_words

    assert _cbc_words(Options(presolve=False, heuristics=False)) == [
        "presolve off", "preprocess off", "heuristicsOnOff off",
    ]  # fmt: skip
    assert _cbc_words(Options()) == []


def test_switching_parts_off_is_seen_in_the_solvers_own_words():
    if reason := why_unusable("scip"):
        pytest.skip(f"scip: {reason}")
    lines: dict[bool | None, list[str]] = {None: [], False: []}
    for choice, log in lines.items():
        solvers.solve(chu_beasley(30, 3, rng=3), "scip", presolve=choice, log=log.append)
    rounds = {choice: "\n".join(log) for choice, log in lines.items()}
    assert "(0 rounds: 0 fast" in rounds[False]
    assert "(0 rounds: 0 fast" not in rounds[None]
