"""Generated problems with every kind of rule: a pure function of the seed, so that a fault is one number."""

from __future__ import annotations

from typing import Any

import numpy as np

from solvers.model.funding import CarryForward, Transfer, ValueCurve
from solvers.model.problem import Problem
from solvers.model.rules import Choice, CountRule, Excludes, Requires, ShareRule, SpendRule, Synergy

Random = np.random.Generator


def random_problem(seed: int, most_options: int = 12, *, amounts: bool = False) -> Problem:
    """Return a generated problem: same seed, same problem.

    Parameters
    ----------
    seed : int
        Any non-negative number.
    most_options : int
        Largest number of options; the number itself is drawn.
    amounts : bool
        Whether partial funding, curves of value by spend, carry-forwards and transfers are drawn as well.

    Returns
    -------
    Problem
        Values and use are whole numbers (many ties), decimals or wide-ranging; a few are negative. Every kind
        of rule occurs; about one problem in six has no feasible portfolio.
    """
    rng = np.random.default_rng([seed, most_options])
    n, r = int(rng.integers(1, most_options + 1)), int(rng.integers(0, 5))
    values = _figures(rng, (n,)) * np.where(rng.random(n) < 0.12, -1.0, 1.0)
    usage = _figures(rng, (n, r)) * (rng.random((n, r)) < 0.85)
    if rng.random() < 0.15:
        usage = usage * np.where(rng.random((n, r)) < 0.15, -1.0, 1.0)
    total = np.abs(usage).sum(axis=0)
    capacity = np.round(total * rng.uniform(0.1, 0.9, r), 2)
    capacity[rng.random(r) < 0.1] = np.inf
    least = np.where(rng.random(r) < 0.1, np.round(total * rng.uniform(0.0, 0.4, r), 2), -np.inf)
    order = [int(i) for i in rng.permutation(n)]
    fixed = rng.random() < 0.3
    problem = Problem(
        values,
        usage,
        capacity,
        minimum_use=least,
        mandatory=order[:1] if fixed else (),
        forbidden=order[1:2] if fixed else (),
        **_rules(rng, n, r, float(np.abs(values).max())),
        name=f"random {seed}",
    )
    return problem.replace(**_amounts(rng, problem)) if amounts else problem


def _amounts(rng: Random, problem: Problem) -> dict[str, Any]:
    n, r = len(problem.names), len(problem.resources)
    order = [int(i) for i in rng.permutation(n)]
    in_part, curved = order[: int(rng.integers(0, 3))], order[2 : 2 + int(rng.integers(0, 3))]
    rules: dict[str, Any] = {"partial": {i: float(np.round(rng.uniform(0.05, 0.9), 2)) for i in in_part}}
    if r:
        rules["curves"] = [_curve(rng, i, r, problem) for i in curved]
    if r >= 2:
        periods = [int(j) for j in rng.permutation(r)[: int(rng.integers(2, r + 1))]]
        most = None if rng.random() < 0.5 else float(np.round(rng.uniform(0, 20), 1))
        share = None if rng.random() < 0.5 else float(np.round(rng.uniform(0, 0.5), 2))
        rules["carries"] = [CarryForward(periods, most, share)] if rng.random() < 0.6 else []
        if rng.random() < 0.5:
            source, target = (int(j) for j in rng.permutation(r)[:2])
            rules["transfers"] = [Transfer(source, target, float(np.round(rng.uniform(0, 20), 1)), rate=0.5)]
    return rules


def _curve(rng: Random, option: int, r: int, problem: Problem) -> ValueCurve:
    size = float(np.abs(problem.usage).max()) or 1.0
    count = int(rng.integers(2, 5))
    spends = np.round(np.cumsum(rng.uniform(0.1, 0.6, count)) * size, 2) + np.arange(count) * 0.01
    spends[0] *= rng.random() < 0.5
    gains = np.round(np.cumsum(rng.uniform(-0.2, 1.0, count)) * float(np.abs(problem.values).max()), 2)
    rates: dict[Any, float] = {int(rng.integers(r)): float(rng.choice([0.5, 1.0]))}
    return ValueCurve(option, rates, list(zip(spends.tolist(), gains.tolist(), strict=True)))


def _figures(rng: Random, shape: tuple[int, ...]) -> Any:
    kind = rng.random()
    if kind < 0.35:
        return rng.integers(0, 6, shape).astype(float)
    if kind < 0.7:
        return np.round(rng.uniform(0, 50, shape), int(rng.integers(1, 4)))
    if kind < 0.9:
        return rng.uniform(0, 1, shape)
    return np.round(10.0 ** rng.uniform(-3, 5, shape), 3)


def _some(rng: Random, n: int, least: int, most: int) -> list[int]:
    count = int(rng.integers(least, min(most, n) + 1))
    return [int(i) for i in rng.choice(n, size=count, replace=False)]


def _rules(rng: Random, n: int, r: int, size: float) -> dict[str, Any]:
    rules: dict[str, Any] = {}
    if n >= 3:
        rules["requires"] = [_requires(rng, n) for _ in range(rng.integers(0, 3))]
        rules["excludes"] = [Excludes(_some(rng, n, 2, 4)) for _ in range(rng.integers(0, 2))]
        rules["choices"] = [Choice(_some(rng, n, 2, 4), rng.random() < 0.3) for _ in range(rng.integers(0, 2))]
        rules["counts"] = [_count(rng, n) for _ in range(rng.integers(0, 2))]
        rules["synergies"] = [_synergy(rng, n, r, size) for _ in range(rng.integers(0, 3))]
    if n >= 3 and r:
        if rng.random() < 0.3:
            rules["spends"] = [_spend(rng, n, r)]
        if rng.random() < 0.3:
            rules["shares"] = [_share(rng, n, r)]
    return rules


def _requires(rng: Random, n: int) -> Requires:
    option, *needs = _some(rng, n, 2, 4)
    at_least = None if rng.random() < 0.4 else int(rng.integers(1, len(needs) + 1))
    return Requires(option, needs, at_least)


def _count(rng: Random, n: int) -> CountRule:
    members = _some(rng, n, 2, n)
    minimum, maximum = sorted(int(k) for k in rng.integers(0, len(members) + 1, 2))
    kind = rng.random()
    if kind < 0.3:
        return CountRule(members, minimum=minimum)
    return CountRule(members, None if kind < 0.7 else minimum, maximum)


def _synergy(rng: Random, n: int, r: int, size: float) -> Synergy:
    value = float(np.round(rng.uniform(-1, 1) * size, 2))
    usage: dict[Any, float] = (
        {int(rng.integers(r)): float(np.round(rng.uniform(-3, 3), 1))} if r and rng.random() < 0.5 else {}
    )
    return Synergy(_some(rng, n, 2, 4), value, usage)


def _spend(rng: Random, n: int, r: int) -> SpendRule:
    limit = float(np.round(rng.uniform(5, 60), 1))
    members, resources = _some(rng, n, 1, n), _some(rng, r, 1, r)
    return SpendRule(members, resources, maximum=limit) if rng.random() < 0.7 else SpendRule(members, resources, 1.5)


def _share(rng: Random, n: int, r: int) -> ShareRule:
    share = float(np.round(rng.uniform(0.2, 0.8), 2))
    members, resources = _some(rng, n, 1, n), _some(rng, r, 1, r)
    return (
        ShareRule(members, resources, share) if rng.random() < 0.7 else ShareRule(members, resources, None, share / 4)
    )
