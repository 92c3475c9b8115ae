"""Two or more objectives at once: every portfolio that no other portfolio dominates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

import solvers
from mcda.errors import InputError, LabelError
from mcda.portfolio._subject import exact, read_subject
from mcda.scoring._projects import leaf_values, synergy_leaf_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from mcda.decision import Decision
    from mcda.portfolio._select import Selection
    from mcda.portfolio._subject import Subject


def trade_offs(
    subject: Decision | Selection | solvers.Problem,
    objectives: Sequence[str] | Mapping[str, ArrayLike],
    directions: Mapping[str, str] | None = None,
    *,
    solver: solvers.SolverLike = "auto",
    time_limit: float | None = None,
) -> solvers.Frontier:
    """Return every non-dominated portfolio of two or more objectives, exactly.

    Parameters
    ----------
    subject
        A decision, a selection (its limits, rules and values), or a `solvers.Problem`.
    objectives
        Names: ``"value"``; a resource over all years (``"capital_k"``) or in one (``"capital_k year 1"``); a leaf of
        the criteria tree (its unweighted points); a numeric column of projects (``"delivery_risk_1to5"``), added up
        over the funded projects. A mapping gives the figures themselves, shape (projects,), for any name.
    directions
        ``"max"`` or ``"min"`` by name; by default value and leaves are maximised, resources and columns minimised.
    solver
        A mathematical-programming back end, or "auto".
    time_limit
        Seconds for the whole search; ``.complete`` is false if they ran out first.

    Returns
    -------
    solvers.Frontier
        Best in the first objective first.

    Examples
    --------
    >>> from solvers import Problem
    >>> problem = Problem([3, 4, 3, 2], [4, 8, 10, 8], 20, names="1234", resources=["budget"])
    >>> trade_offs(problem, ["value", "budget"]).to_frame()[["value", "budget"]].values.tolist()
    [[9.0, 20.0], [7.0, 12.0], [4.0, 8.0], [3.0, 4.0], [0.0, 0.0]]
    """
    how = solvers.SolveOptions.of(solver, time_limit=time_limit)
    deadline = how.deadline()
    asked = read_subject(subject, how)
    given = objectives if isinstance(objectives, Mapping) else {}
    figures, senses = {}, {}
    for name in objectives:
        figures[name], senses[name] = _figures(asked, name, given.get(name))
    if unknown := sorted(set(directions or {}) - set(figures)):
        raise LabelError(f"directions names '{unknown[0]}', which is not an objective. They are {', '.join(figures)}.")
    senses |= dict(directions or {})
    return solvers.pareto(asked.problem, figures, senses, solver=how.until(deadline))


def _figures(subject: Subject, name: str, given: ArrayLike | None) -> tuple[NDArray[np.float64], str]:
    """Return figures by option, then by synergy, and the usual direction."""
    problem, decision = subject.problem, subject.decision
    if given is not None:
        return np.asarray(given, dtype=float), "max"
    if name == "value":
        return np.append(problem.values, [synergy.value for synergy in problem.synergies]), "max"
    resources = [full for full, resource in subject.resource_of.items() if name in (full, resource)]
    if resources:
        positions = problem.resource_positions(resources).tolist()
        own = [sum(map(exact, row)) for row in problem.usage[:, positions].tolist()]
        effects = [sum(exact(s.usage.get(full, 0.0)) for full in resources) for s in problem.synergies]
        return np.array([float(amount) for amount in [*own, *effects]]), "min"
    if decision is None:
        known = ", ".join(["value", *problem.resources])
        raise LabelError(f"There is no objective '{name}'. Known: {known}; or give its figures in a mapping.")
    if name in decision.criteria.leaf_ids:
        together = synergy_leaf_values(decision)[name]
        effects_of = [float(together[synergy.name]) for synergy in problem.synergies]
        return np.append(leaf_values(decision)[name].to_numpy(), effects_of), "max"
    return _column(decision, name), "min"


def _column(decision: Decision, name: str) -> NDArray[np.float64]:
    figures = []
    for project in decision.projects:
        stated = project.field(name)
        try:
            figures.append(float(str(stated)))
        except ValueError:
            figures.append(float("nan"))
        if not np.isfinite(figures[-1]):
            raise InputError(f"The objective '{name}' needs a number for every project; {project.id} has {stated!r}.")
    return np.array(figures)
