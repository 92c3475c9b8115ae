"""Why is each project in or out, and what does each rule and limit cost? Exact re-solves, nothing estimated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import solvers
from mcda.portfolio._answers import answer_of, answer_of_solution
from mcda.portfolio._requirements import dependants, prerequisites
from mcda.portfolio._subject import read_options, read_subject
from mcda.portfolio.explaining._blocks import blocks_of
from mcda.portfolio.explaining._explanation import CostCut, Explanation, Explanations
from mcda.portfolio.explaining._limit_costs import limit_costs_of
from mcda.portfolio.explaining._sentences import worded
from mcda.portfolio.explaining._views import views_of
from solvers import Impossible, SolveOptions, Unproven

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mcda.decision import Decision
    from mcda.portfolio._select import Selection
    from mcda.portfolio._subject import Subject
    from mcda.portfolio.explaining._views import View


@solvers.interrupts_raise()
def explain(
    subject: Decision | Selection | solvers.Problem,
    projects: Iterable[str] | None = None,
    *,
    views: bool = True,
    limits: bool = True,
    solver: solvers.SolverLike = "auto",
    time_limit: float | None = None,
) -> Explanations:
    """Explain the best portfolio: why each project is in or out, and what each rule and limit costs.

    For a project X that is out, L = z* - z*(x_X = 1) is what forcing it in costs, one exact re-solve; as value adds
    up, X enters exactly when its own value rises by more than L. The least cost cut is one mixed-integer model
    (`solvers.least_cut`): X is in, the portfolio is worth at least z*, and the cut is least.

    Parameters
    ----------
    subject
        A decision (under the Board's weights), a selection under any weights, scenario and rules, or a bare
        `solvers.Problem`. What is explained is its proven best portfolio.
    projects
        Identifiers of the projects to explain; all by default.
    views
        Whether to find the best portfolio of every group and in every scenario.
    limits
        Whether to say what each rule and limit costs.
    solver
        Name of a back end, "auto", or `solvers.SolveOptions` that hold that and the rest.
    time_limit
        Seconds for each of the many solves; what is not proven by then is `Unproven` in the result.

    Returns
    -------
    Explanations
        Facts and sentences; ``.of("P30")``, ``.to_frame()``, ``.limits_frame()``.

    Raises
    ------
    NoAnswerError
        If there is no portfolio, or none that is proven best.
    LabelError
        If a project is unknown.

    Examples
    --------
    >>> import mcda
    >>> selection = mcda.select(mcda.load("datasets/nhs-digital"))
    >>> why = mcda.explain(selection, ["P30"], views=False, limits=False).of("P30")
    >>> round(why.loss, 2), round(why.value, 2), round(why.value_needed, 2), why.cheaper.total
    (0.66, 21.73, 22.39, 100.0)
    """
    how = SolveOptions.of(solver, time_limit=time_limit)
    asked = read_subject(subject, how)
    names = read_options(asked.problem, projects)
    seen = views_of(asked.selection, how) if views and asked.selection else ()
    flipped = _flipped(asked, names, how)
    found = tuple(worded(_explained(asked, name, flipped[name], seen, how), asked, seen) for name in names)
    costs = limit_costs_of(asked, how) if limits else ()
    return Explanations(float(asked.best.value), asked.selected, found, costs, seen)


@dataclass(frozen=True, slots=True)
class _Flipped:
    """The problem with one answer flipped, and the best portfolio then."""

    problem: solvers.Problem
    best: solvers.Certificate | Impossible | Unproven


def _flipped(subject: Subject, names: Iterable[str], how: SolveOptions) -> dict[str, _Flipped]:
    """Force in each project that is out, and forbid each that is in, overriding rules on the project itself."""
    problem, chosen = subject.problem, set(subject.selected)
    bound = {*problem.mandatory, *problem.forbidden}
    plain = [name for name in names if name not in bound]
    found: dict[str, _Flipped] = {}
    if plain:
        forced = np.zeros((len(plain), len(problem.names)), dtype=bool)
        forbidden = np.zeros_like(forced)
        for row, (name, at) in enumerate(zip(plain, problem.positions(plain), strict=True)):
            (forbidden if name in chosen else forced)[row, at] = True
        batch = solvers.solve_batch(problem, forced=forced, forbidden=forbidden, solver=how.times(len(plain)))
        for row, name in enumerate(plain):
            found[name] = _Flipped(_with(problem, name, name not in chosen), answer_of(batch, row, problem))
    for name in names:
        if name in bound:
            changed = _with(problem, name, name not in chosen)
            found[name] = _Flipped(changed, answer_of_solution(solvers.solve(changed, how)))
    return found


def _with(problem: solvers.Problem, name: str, inside: bool) -> solvers.Problem:
    """Return the problem with one option put in or left out, whatever rules apply to that option alone."""
    mandatory = [other for other in problem.mandatory if other != name]
    forbidden = [other for other in problem.forbidden if other != name]
    (mandatory if inside else forbidden).append(name)
    return problem.replace(mandatory=mandatory, forbidden=forbidden)


def _explained(
    subject: Subject, name: str, flipped: _Flipped, views: tuple[View, ...], how: SolveOptions
) -> Explanation:
    problem, chosen = subject.problem, set(subject.selected)
    funded = name in chosen
    own = subject.own_value(name)
    best, clash = flipped.best, _clash(flipped, how)
    loss: float | Impossible | Unproven
    needed: float | Impossible | Unproven
    other: tuple[str, ...] | Impossible | Unproven
    if isinstance(best, Impossible | Unproven):
        loss = needed = other = Impossible(clash) if isinstance(best, Impossible) else best
        enters: tuple[str, ...] = ()
        leaves: tuple[str, ...] = ()
    else:
        exact_loss = subject.best.value - best.value
        loss, needed = float(exact_loss), float(own - exact_loss if funded else own + exact_loss)
        other = best.selected
        enters = _in_order(problem, set(other) - chosen - {name})
        leaves = _in_order(problem, chosen - set(other) - {name})
    needs = prerequisites(problem, name)
    decision = subject.decision
    return Explanation(
        project=name,
        name="" if decision is None else decision.project(name).name,
        funded=funded,
        mandatory=name in problem.mandatory,
        forbidden=name in problem.forbidden,
        value=float(own),
        loss=loss,
        value_needed=needed,
        other=other,
        enters=enters,
        leaves=leaves,
        blocks=() if funded else blocks_of(problem, chosen, name),
        clash=clash,
        cheaper=None if funded else _cut(subject, flipped, name, how, smaller=False),
        smaller=None if funded else _cut(subject, flipped, name, how, smaller=True),
        needs=needs,
        missing=tuple(need for need in needs if need not in chosen),
        needed_by=dependants(problem, name, chosen) if funded else (),
        agree=tuple(view.id for view in views if view.settled and view.funds(name) == funded),
        differ=tuple(view.id for view in views if view.settled and view.funds(name) != funded),
    )


def _clash(flipped: _Flipped, how: SolveOptions) -> tuple[str, ...]:
    """Return limits and rules that leave no portfolio; empty if there is a portfolio, or the clash was not found."""
    if not isinstance(flipped.best, Impossible):
        return ()
    try:
        return solvers.conflict(flipped.problem, 1, solver=how).names
    except solvers.BackendError:
        return ()


def _cut(
    subject: Subject, flipped: _Flipped, name: str, how: SolveOptions, *, smaller: bool
) -> CostCut | Impossible | Unproven | None:
    if subject.moving:
        return None
    best = flipped.best
    if isinstance(best, solvers.Certificate) and best.value >= subject.best.value:
        return CostCut({}, 0.0, 0.0 if smaller else None, float(best.value))
    cut = solvers.least_cut(
        flipped.problem,
        name,
        subject.best.value,
        resources=subject.problem.resources if smaller else subject.money(),
        uniform=smaller,
        solver=how,
    )
    if isinstance(cut, Impossible | Unproven):
        return cut
    amounts = {resource: float(amount) for resource, amount in cut.amounts.items()}
    share = None if cut.share is None else float(cut.share)
    return CostCut(amounts, float(cut.total), share, float(cut.certificate.value))


def _in_order(problem: solvers.Problem, names: set[str]) -> tuple[str, ...]:
    return tuple(name for name in problem.names if name in names)
