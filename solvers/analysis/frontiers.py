"""Exact Pareto frontiers of two or more objectives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.analysis._questions import OutOfTimeError, Questions
from solvers.certificate import Certificate, certify
from solvers.errors import ProblemError
from solvers.linear import LinearModel, Row, linearise
from solvers.linear.columns import resource_row
from solvers.linear.scaling import scaled_objective
from solvers.model._arguments import as_floats
from solvers.model.rules import Synergy
from solvers.notebook import ShownAsTable
from solvers.solving.cuts import no_good
from solvers.solving.options import SolveOptions, SolverLike

if TYPE_CHECKING:
    from fractions import Fraction

    import pandas as pd
    from numpy.typing import NDArray

    from solvers.model.problem import Problem

Point = tuple["Fraction", ...]
# Objectives combined with weights stay exact, and within a solver's relative tolerance, up to here.
LARGEST_COMBINED = 2.0**33


@dataclass(frozen=True, slots=True)
class Frontier(ShownAsTable):
    """All non-dominated points, best in the first objective first, and one portfolio for each.

    Attributes
    ----------
    objectives : tuple of str
        Their names.
    points : tuple of tuples of Fraction
        Exact values of the objectives, shape (k, m).
    portfolios : tuple of Certificate
        One portfolio per point, by the rule of ties.
    supported : tuple of bool, or None
        With two objectives: whether some weighted sum of the objectives makes the point best.
    complete : bool
        False if a time limit cut the search short, so that there may be further points.
    """

    objectives: tuple[str, ...]
    points: tuple[Point, ...]
    portfolios: tuple[Certificate, ...]
    supported: tuple[bool, ...] | None
    complete: bool

    def __len__(self) -> int:
        return len(self.points)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per point: objectives, whether supported, and the options that are in."""
        import pandas as pd

        frame = pd.DataFrame(
            [[float(figure) for figure in point] for point in self.points], columns=list(self.objectives)
        )
        if self.supported is not None:
            frame["supported"] = self.supported
        frame["selected"] = [", ".join(portfolio.selected) for portfolio in self.portfolios]
        return frame

    def __repr__(self) -> str:
        state = "" if self.complete else ", not all"
        return f"<Frontier: {len(self)} non-dominated points of {' and '.join(self.objectives)}{state}>"


def pareto(
    problem: Problem,
    objectives: Sequence[str] | Mapping[str, Any],
    directions: Sequence[str] | Mapping[str, str] | None = None,
    *,
    solver: SolverLike = "auto",
    time_limit: float | None = None,
) -> Frontier:
    """Return every non-dominated point of two or more objectives, exactly.

    The space that is still open is kept as boxes, one question per box: the portfolio that is better in every
    objective than the box's corner and best in the first, then in the sum of the others (Klamroth, Lacour &
    Vanderpooten 2015).

    Parameters
    ----------
    problem : Problem
        Options, limits and rules; its values count only if "value" is an objective.
    objectives : sequence of str, or mapping of name to array-like
        "value" means the problem's own value and the name of a resource its use, synergies included; a mapping
        gives any other figures, shape (n,), or (n + number of synergies,) if synergies affect them.
    directions : sequence or mapping of "max" or "min", optional
        "max" for each by default.
    solver : str, back end or SolveOptions
        A mathematical-programming back end, or "auto".
    time_limit : float, optional
        Seconds for the whole call.

    Raises
    ------
    ProblemError
        For fewer than two objectives, an unknown name or direction, figures of another shape, or a problem with
        partial funding or curves, whose frontier has infinitely many points.

    Examples
    --------
    >>> from solvers import Problem, pareto
    >>> problem = Problem([3, 4, 3, 2], [4, 8, 10, 8], float("inf"), resources=["cost"])
    >>> frontier = pareto(problem, ["value", "cost"], ["max", "min"])
    >>> [(int(value), int(cost)) for value, cost in frontier.points]
    [(12, 30), (10, 22), (9, 20), (7, 12), (4, 8), (3, 4), (0, 0)]
    """
    if problem.partial or problem.curves:
        raise ProblemError(
            "With partial funding or curves of value by spend a frontier has infinitely many points. Remedy: make such "
            "options choices among a few versions, or solve for a few budgets."
        )
    names, rows, signs = _read(problem, objectives, directions)
    scaled = [scaled_objective(sign * row) for sign, row in zip(signs, rows, strict=True)]
    search = _Search(
        problem, rows, signs, scaled, Questions(SolveOptions.of(solver, time_limit=time_limit).exact_for("pareto"))
    )
    complete = search.run()
    order = sorted(search.found, key=lambda point: [-s * y for s, y in zip(signs, point, strict=True)])
    points = tuple(point for point in order if not any(_dominates(other, point, signs) for other in order))
    return Frontier(
        names,
        points,
        tuple(search.found[point] for point in points),
        _supported(points, signs) if len(names) == 2 else None,
        complete,
    )


class _Search:
    def __init__(
        self,
        problem: Problem,
        rows: list[NDArray[np.float64]],
        signs: list[int],
        scaled: list[tuple[NDArray[np.float64], float, bool]],
        questions: Questions,
    ) -> None:
        self.problems = [_valued(problem, row) for row in rows]
        self.signs, self.scaled, self.questions = signs, scaled, questions
        self.found: dict[Point, Certificate] = {}
        self.first_rules, together = _combined(scaled)
        self.problem = _valued(problem, together)
        self.model = linearise(self.problem)

    def run(self) -> bool:
        """Search box after box; say whether all were searched."""
        corners: list[tuple[Fraction | None, ...]] = [(None,) * len(self.signs)]
        try:
            while corners:
                corner = corners.pop()
                point = self._better_than(corner)
                if point is None:
                    corners = [other for other in corners if not _inside(other, corner)]
                    continue
                corners = _without_redundant(_split([*corners, corner], point))
                if self.first_rules:
                    # The point is best in the first objective above this corner: nothing there is better in it.
                    corners = [other for other in corners if other != (point[0], *corner[1:])]
        except OutOfTimeError:
            return False
        return True

    def _better_than(self, corner: tuple[Fraction | None, ...]) -> Point | None:
        """Return a non-dominated point above the corner in every objective (in the sense of maximising)."""
        model = self.model
        for (row, factor, whole), least in zip(self.scaled, corner, strict=True):
            at = np.flatnonzero(row)
            if least is not None:
                model = model.with_rows([Row(at, row[at], float(least) * factor + (0.5 if whole else 0.0), np.inf)])
        while True:
            proposal = self.questions.best(self.problem, model)
            if proposal.certificate is None:
                return None
            point = self._point(proposal.certificate)
            if all(least is None or y > least for y, least in zip(point, corner, strict=True)):
                break
            # Figures with many digits: above the corner within a solver's tolerance, but not exactly.
            model = model.with_rows([self._other_than(proposal.certificate)])
        same = self._at(model, point)
        chosen = self.questions.settled(self.problem, same, proposal.certificate).certificate
        point = self._point(chosen)
        exact = tuple(sign * value for sign, value in zip(self.signs, point, strict=True))
        self.found[exact] = certify(self.problems[0], chosen.selected)
        return point

    def _point(self, certificate: Certificate) -> Point:
        values = [certify(problem, certificate.selected).value for problem in self.problems]
        return tuple(sign * value for sign, value in zip(self.signs, values, strict=True))

    def _other_than(self, certificate: Certificate) -> Row:
        inside = np.zeros(len(self.problem.names), dtype=bool)
        inside[self.problem.positions(certificate.selected)] = True
        return no_good(inside, np.ones(inside.size, dtype=bool))

    def _at(self, model: LinearModel, point: Point) -> LinearModel:
        """Return the model of portfolios at the same point, for the rule of ties to choose among."""
        rows = []
        for (row, factor, whole), value in zip(self.scaled, point, strict=True):
            at = np.flatnonzero(row)
            rows.append(Row(at, row[at], float(value) * factor - (0.5 if whole else 0.0), np.inf))
        return model.with_rows(rows)


def _combined(scaled: list[tuple[NDArray[np.float64], float, bool]]) -> tuple[bool, NDArray[np.float64]]:
    """Return the objective of each question, and whether it puts the first objective before all others together."""
    first, rest = scaled[0][0], np.sum([row for row, _, _ in scaled[1:]], axis=0)
    weight = float(np.abs(rest).sum()) + 1.0
    if all(whole for _, _, whole in scaled) and weight * float(np.abs(first).sum()) < LARGEST_COMBINED:
        return True, first * weight + rest
    return False, first + rest


def _read(
    problem: Problem, objectives: Any, directions: Any
) -> tuple[tuple[str, ...], list[NDArray[np.float64]], list[int]]:
    names = tuple(objectives)
    if len(names) < 2:
        raise ProblemError(f"A frontier needs at least two objectives. Got {len(names)}.")
    rows = [_figures(problem, name, objectives[name] if isinstance(objectives, Mapping) else None) for name in names]
    if isinstance(directions, Mapping):
        unknown = set(directions) - set(names)
        if unknown:
            raise ProblemError(f"directions names {min(unknown)!r}, which is not an objective.")
        given = [directions.get(name, "max") for name in names]
    else:
        given = ["max"] * len(names) if directions is None else list(directions)
    if len(given) != len(names) or any(direction not in {"max", "min"} for direction in given):
        raise ProblemError(f"directions must be 'max' or 'min', one per objective ({len(names)}). Got {given}.")
    return names, rows, [1 if direction == "max" else -1 for direction in given]


def _figures(problem: Problem, name: str, given: Any) -> NDArray[np.float64]:
    n, k = len(problem.names), len(problem.synergies)
    if given is None:
        if name == "value":
            return np.concatenate([problem.values, [synergy.value for synergy in problem.synergies]])
        if name in problem.resources:
            return resource_row(problem, problem.resources.index(name))[: n + k]
        raise ProblemError(f"The objective {name!r} is neither 'value' nor a resource. Give its figures in a mapping.")
    figures = as_floats(given, f"The objective {name!r}")
    if figures.shape == (n,):
        figures = np.concatenate([figures, np.zeros(k)])
    if figures.shape != (n + k,) or not np.isfinite(figures).all():
        raise ProblemError(f"The objective {name!r} needs {n} finite figures. Got shape {figures.shape}.")
    return figures


def _valued(problem: Problem, row: NDArray[np.float64]) -> Problem:
    n = len(problem.names)
    effects = row[n : n + len(problem.synergies)].tolist()
    synergies = [
        Synergy(synergy.members, value, synergy.usage, synergy.name)
        for synergy, value in zip(problem.synergies, effects, strict=True)
    ]
    return problem.replace(values=row[:n], synergies=synergies)


def _inside(corner: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Say whether the box above `corner` lies within the box above `other`."""
    return all(o is None or (c is not None and c >= o) for c, o in zip(corner, other, strict=True))


def _split(corners: list[tuple[Any, ...]], point: Point) -> list[tuple[Any, ...]]:
    kept = []
    for corner in corners:
        if all(c is None or y > c for c, y in zip(corner, point, strict=True)):
            kept += [(*corner[:i], y, *corner[i + 1 :]) for i, y in enumerate(point)]
        else:
            kept.append(corner)
    return kept


def _without_redundant(corners: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    unique = list(dict.fromkeys(corners))
    return [c for c in unique if not any(o != c and _inside(c, o) for o in unique)]


def _dominates(one: Point, other: Point, signs: list[int]) -> bool:
    gaps = [sign * (a - b) for sign, a, b in zip(signs, one, other, strict=True)]
    return min(gaps) >= 0 and max(gaps) > 0


def _supported(points: tuple[Point, ...], signs: list[int]) -> tuple[bool, ...]:
    """Say which points of a two-objective frontier lie on its upper hull (points in order of the first objective)."""
    flat = [(signs[0] * x, signs[1] * y) for x, y in points]
    hull: list[int] = []
    for i, (x, y) in enumerate(flat):
        while len(hull) >= 2:
            (ax, ay), (bx, by) = flat[hull[-2]], flat[hull[-1]]
            if (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0:
                break
            hull.pop()
        hull.append(i)
    return tuple(i in set(hull) for i in range(len(points)))
