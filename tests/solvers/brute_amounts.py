"""Every set of options and every segment of every curve, each with a linear program of its own; no code of ours."""

from __future__ import annotations

from itertools import product

import numpy as np
from scipy.optimize import linprog

from tests.solvers.brute import choices


def best_amounts(problem, chosen):
    """Best value of a set of options in floating point, or None: shares, spends, then movements are the unknowns."""
    curves = [curve for curve in problem.curves if curve.option in chosen]
    values = [
        _of_segments(problem, chosen, curves, segments)
        for segments in product(*(range(len(curve.points) - 1) for curve in curves))
    ]
    return max((value for value in values if value is not None), default=None)


def brute_force(problem):
    """Best value over all sets, the sets within 1e-7 of it, or None."""
    found = {}
    for inside in product((1, 0), repeat=len(problem.names)):
        chosen = {name for name, i in zip(problem.names, inside, strict=True) if i}
        if all(choices(problem, chosen)):
            value = best_amounts(problem, chosen)
            if value is not None:
                found[tuple(name for name in problem.names if name in chosen)] = value
    if not found:
        return None
    top = max(found.values())
    return top, {names for names, value in found.items() if value >= top - 1e-7 * max(1.0, abs(top))}


def _of_segments(problem, chosen, curves, segments):  # noqa: C901, PLR0912 - one thing after another, on purpose
    names, resources = list(problem.names), list(problem.resources)
    partial = [name for name in problem.partial if name in chosen]
    moves = problem.movements
    further = len(partial) + len(curves) + len(moves)
    count = further + len(problem.columns)
    value, use = np.zeros(count + 1), np.zeros((len(resources), count + 1))  # the last column is a constant
    own_of = {}
    for name in chosen:
        at = partial.index(name) if name in partial else count
        row = names.index(name)
        own_of[name] = np.zeros((len(resources), count + 1))
        own_of[name][:, at] += problem.usage[row]
        value[at] += problem.values[row]
    bounds = [(problem.partial[name], 1.0) for name in partial]
    for c, (curve, k) in enumerate(zip(curves, segments, strict=True)):
        (a, v), (b, w) = curve.points[k : k + 2]
        slope = (w - v) / (b - a)
        value[len(partial) + c] += slope
        value[count] += v - slope * a
        bounds.append((a, b))
        for resource, rate in curve.resources.items():
            own_of[curve.option][resources.index(resource), len(partial) + c] += rate
    for own in own_of.values():
        use += own
    total = use.copy()
    for synergy in problem.synergies:
        if set(synergy.members) <= chosen:
            value[count] += synergy.value
            for resource, amount in synergy.usage.items():
                total[resources.index(resource), count] += amount
    net = total.copy()
    for q, move in enumerate(moves):
        at = len(partial) + len(curves) + q
        net[move.source, at] += 1
        net[move.target, at] -= move.rate
        cap = min(move.most, np.inf if np.isinf(move.share) else move.share * max(0, problem.capacity[move.source]))
        bounds.append((0, cap))
    rows, limits = [], []
    for j in range(len(resources)):
        rows.append((net[j], problem.capacity[j]))
        rows.append((-total[j], -problem.minimum_use[j]))
    for rule in problem.spends:
        line = _spent(own_of, rule, resources, count)
        rows.append((line, np.inf if rule.maximum is None else rule.maximum))
        rows.append((-line, np.inf if rule.minimum is None else -rule.minimum))
    for rule in problem.shares:
        part = _spent(own_of, rule, resources, count)
        whole = use[[resources.index(resource) for resource in rule.resources]].sum(axis=0)
        if rule.maximum is not None:
            rows.append((part - rule.maximum * whole, 0))
        if rule.minimum is not None:
            rows.append((rule.minimum * whole - part, 0))
    for c, column in enumerate(problem.columns):
        value[further + c] += column.value
        bounds.append((column.lower, column.upper))
    there = chosen | {synergy.name for synergy in problem.synergies if set(synergy.members) <= chosen}
    for row in problem.rows:
        line = np.zeros(count + 1)
        for key, figure in row.coefficients.items():
            at = [further + c for c, column in enumerate(problem.columns) if column.name == key]
            line[at or [count]] += figure if at or key in there else 0.0
        rows.append((line, np.inf if row.maximum is None else row.maximum))
        rows.append((-line, np.inf if row.minimum is None else -row.minimum))
    kept = [(line[:-1], limit - line[-1]) for line, limit in rows if np.isfinite(limit)]
    if any(limit < -1e-9 for line, limit in kept if not line.any()):
        return None
    kept = [(line, limit) for line, limit in kept if line.any()]
    if not count:
        return float(value[-1])
    limits = [limit + 1e-11 for _, limit in kept]
    result = linprog(-value[:-1], A_ub=[line for line, _ in kept] or None, b_ub=limits or None, bounds=bounds)
    return float(value[-1] - result.fun) if result.status == 0 else None


def _spent(own_of, rule, resources, count):
    line = np.zeros(count + 1)
    for member in rule.members:
        if member in own_of:
            line += own_of[member][[resources.index(resource) for resource in rule.resources]].sum(axis=0)
    return line
