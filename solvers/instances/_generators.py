"""Seeded generators with the published recipes, and one modelled on a digital Board's decision.

Every generator takes `rng` (a seed or a `numpy.random.Generator`, SPEC 7) and gives the same problem for the same seed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from solvers.errors import ProblemError
from solvers.model.problem import Problem
from solvers.model.rules import Excludes, Requires, Synergy

if TYPE_CHECKING:
    from numpy.typing import NDArray

Seed = int | np.random.Generator
Correlation = Literal["uncorrelated", "weak", "strong", "inverse strong", "almost strong", "subset sum"]
Shape = Literal["none", "trees", "graph"]


def chu_beasley(options: int, resources: int, tightness: float = 0.5, *, rng: Seed) -> Problem:
    """Generate a multidimensional knapsack by the recipe of Chu & Beasley (*Journal of Heuristics* 4, 1998).

    Use is uniform on 1..1000, a capacity is `tightness` times the sum of its column, and the value of an option is its
    mean use plus 500 times a uniform number, so that values and use are correlated.

    Parameters
    ----------
    options, resources : int
        Sizes; the published sets have 100, 250, 500 by 5, 10, 30.
    tightness : float
        Share of the total use that fits; published 0.25, 0.5, 0.75.
    rng : int or numpy.random.Generator

    Examples
    --------
    >>> from solvers.instances import chu_beasley
    >>> chu_beasley(100, 5, 0.25, rng=1)
    <Problem 'Chu-Beasley 100x5, tightness 0.25': 100 options, 5 resources, 0 rules>
    """
    _check_share(tightness, "tightness")
    draw = np.random.default_rng(rng)
    usage = draw.integers(1, 1001, size=(options, resources)).astype(float)
    capacity = np.floor(tightness * usage.sum(axis=0))
    values = np.floor(usage.sum(axis=1) / resources + 500 * draw.random(options))
    return Problem(values, usage, capacity, name=f"Chu-Beasley {options}x{resources}, tightness {tightness:g}")


def pisinger(
    options: int, correlation: Correlation = "strong", tightness: float = 0.5, *, largest: int = 1000, rng: Seed
) -> Problem:
    """Generate a knapsack of one of the classes of Pisinger (*Computers & Operations Research* 32, 2005).

    Parameters
    ----------
    options : int
    correlation : str
        Of value v with weight w, R being `largest`: "uncorrelated", v on 1..R; "weak", v on w - R/10..w + R/10;
        "strong", v = w + R/10; "inverse strong", w = v + R/10; "almost strong", v = w + R/10 up to R/500 more or less;
        "subset sum", v = w.
    tightness : float
        Share of the total weight that fits.
    largest : int
        R, the largest weight.
    rng : int or numpy.random.Generator
    """
    _check_share(tightness, "tightness")
    draw = np.random.default_rng(rng)
    base = draw.integers(1, largest + 1, size=options)
    tenth, small = largest // 10, max(largest // 500, 1)
    near = draw.integers(-tenth, tenth + 1, size=options)
    close = draw.integers(-small, small + 1, size=options)
    values, weights = {
        "uncorrelated": (draw.integers(1, largest + 1, size=options), base),
        "weak": (np.maximum(base + near, 1), base),
        "strong": (base + tenth, base),
        "inverse strong": (base, base + tenth),
        "almost strong": (base + tenth + close, base),
        "subset sum": (base, base),
    }.get(correlation, (None, base))
    if values is None:
        raise ProblemError(f"correlation must be one of {', '.join(get_args(Correlation))}. Got {correlation!r}.")
    capacity = float(np.floor(tightness * weights.sum()))
    return Problem(values, weights, capacity, name=f"Pisinger {correlation} {options}, tightness {tightness:g}")


def digital_board(
    options: int,
    *,
    years: int = 5,
    teams: int = 7,
    tightness: float = 0.4,
    prerequisites: Shape = "graph",
    exclusions: int | None = None,
    synergies: int | None = None,
    correlation: float = 0.5,
    rng: Seed,
) -> Problem:
    """Generate a portfolio of projects with yearly capital and revenue budgets and team capacities.

    Capital falls in the first years after the start and revenue after it; people follow capital. Value is what the cost
    would suggest, times a log-normal surprise.

    Parameters
    ----------
    options, years, teams : int
        Sizes; there are ``years * (2 + teams)`` resources.
    tightness : float
        Limits as a share of what all projects together need in a year.
    prerequisites : str
        "none"; "trees", each project needs at most one earlier one; "graph", some need several or any of several.
    exclusions, synergies : int, optional
        How many; by default one in ten and one in four of `options`.
    correlation : float
        From 0 (value has nothing to do with cost) to 1 (value follows cost).
    rng : int or numpy.random.Generator

    Examples
    --------
    >>> from solvers.instances import digital_board
    >>> digital_board(40, rng=7)
    <Problem 'digital Board 40': 40 options, 45 resources, 30 rules>
    """
    _check_share(tightness, "tightness")
    _check_share(correlation, "correlation")
    draw = np.random.default_rng(rng)
    capital, revenue, people = _profiles(draw, options, years, teams)
    usage = np.hstack([capital, revenue, *people])
    capacity = np.round(tightness * usage.sum(axis=0), 1)
    cost = capital.sum(axis=1) + revenue.sum(axis=1)
    expected = correlation * cost / cost.mean() + (1 - correlation)
    values = np.round(10 * expected * draw.lognormal(0.0, 0.5, options), 2)
    names = _numbered("project", options)
    resources = [f"{what} year {year}" for what in ("capital", "revenue") for year in range(1, years + 1)]
    resources += [f"team {team} year {year}" for team in range(1, teams + 1) for year in range(1, years + 1)]
    return Problem(
        values,
        usage,
        capacity,
        names=names,
        resources=resources,
        requires=_prerequisites(draw, names, prerequisites),
        excludes=[Excludes(pair) for pair in _pairs(draw, names, options // 10 if exclusions is None else exclusions)],
        synergies=[
            Synergy(pair, float(np.round(draw.normal(0.5, 2.0), 2)))
            for pair in _pairs(draw, names, options // 4 if synergies is None else synergies)
        ],
        name=f"digital Board {options}",
    )


def with_conflicts(problem: Problem, density: float, *, rng: Seed) -> Problem:
    """Return the problem with a share of all pairs excluding each other, drawn at random."""
    _check_share(density, "density")
    draw = np.random.default_rng(rng)
    first, second = np.triu_indices(len(problem.names), 1)
    taken = draw.random(first.size) < density
    pairs = [(problem.names[a], problem.names[b]) for a, b in zip(first[taken], second[taken], strict=True)]
    return problem.replace(excludes=[*problem.excludes, *(Excludes(pair) for pair in pairs)])


def _profiles(
    draw: np.random.Generator, options: int, years: int, teams: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], list[NDArray[np.float64]]]:
    start = draw.integers(0, max(years - 1, 1), size=options)
    length = draw.integers(1, 4, size=options)
    year = np.arange(years)
    building = (year >= start[:, None]) & (year < (start + length)[:, None])
    running = year > start[:, None]
    capital = np.round(building * draw.lognormal(5.8, 0.7, (options, 1)) / 10) * 10
    revenue = np.round(running * draw.lognormal(4.8, 0.6, (options, 1)) / 5) * 5
    people = [
        np.round(building * (draw.random((options, 1)) < 0.5) * draw.gamma(2.0, 0.5, (options, 1)), 1)
        for _ in range(teams)
    ]
    return capital, revenue, people


def _prerequisites(draw: np.random.Generator, names: list[str], shape: Shape) -> list[Requires]:
    if shape not in get_args(Shape):
        raise ProblemError(f"prerequisites must be one of {', '.join(get_args(Shape))}. Got {shape!r}.")
    rules = []
    for position in range(1, len(names)):
        if shape == "none" or draw.random() > 0.3:
            continue
        several = int(draw.integers(1, min(position, 3) + 1)) if shape == "graph" else 1
        needs = [names[k] for k in sorted(draw.choice(position, size=several, replace=False).tolist())]
        anyone = several > 1 and draw.random() < 0.5
        rules.append(Requires(names[position], needs, at_least=1 if anyone else None))
    return rules


def _pairs(draw: np.random.Generator, names: list[str], count: int) -> list[tuple[str, str]]:
    if len(names) < 2:
        return []
    found = {tuple(sorted(draw.choice(len(names), size=2, replace=False).tolist())) for _ in range(count)}
    return [(names[a], names[b]) for a, b in sorted(found)]


def _numbered(stem: str, count: int) -> list[str]:
    return [f"{stem} {number}" for number in range(1, count + 1)]


def _check_share(share: float, what: str) -> None:
    if not 0 <= share <= 1:
        raise ProblemError(f"{what} must be a share, from 0 to 1. Got {share!r}.")
