"""The slowest possible solver: every subset, every rule spelt out, in fractions; no code of ours."""

from __future__ import annotations

from fractions import Fraction
from itertools import product


def exact(number) -> Fraction:
    return Fraction(repr(float(number)))


def use_of(problem, chosen) -> list[Fraction]:
    amounts = [
        sum((exact(problem.usage[problem.names.index(name), j]) for name in chosen), Fraction(0))
        for j in range(len(problem.resources))
    ]
    for synergy in problem.synergies:
        if all(member in chosen for member in synergy.members):
            for resource, amount in synergy.usage.items():
                amounts[problem.resources.index(resource)] += exact(amount)
    return amounts


def value_of(problem, chosen) -> Fraction:
    value = sum((exact(problem.values[problem.names.index(name)]) for name in chosen), Fraction(0))
    for synergy in problem.synergies:
        if all(member in chosen for member in synergy.members):
            value += exact(synergy.value)
    return value


def own_use(problem, members, resources) -> Fraction:
    return sum(
        (exact(problem.usage[problem.names.index(m), problem.resources.index(r)]) for m in members for r in resources),
        Fraction(0),
    )


def allowed(problem, chosen) -> bool:
    return all(limits(problem, chosen)) and all(choices(problem, chosen)) and all(groups(problem, chosen))


def limits(problem, chosen):
    for amount, most, least in zip(use_of(problem, chosen), problem.capacity, problem.minimum_use, strict=True):
        yield most == float("inf") or amount <= exact(most)
        yield least == float("-inf") or amount >= exact(least)


def choices(problem, chosen):
    yield set(problem.mandatory) <= chosen
    yield not set(problem.forbidden) & chosen
    for rule in problem.requires:
        needed = len(rule.needs) if rule.at_least is None else rule.at_least
        yield rule.option not in chosen or len(chosen & set(rule.needs)) >= needed
    for rule in problem.excludes:
        yield len(chosen & set(rule.members)) <= 1
    for rule in problem.choices:
        number = len(chosen & set(rule.members))
        yield number <= 1
        yield number == 1 or not rule.required
    for rule in problem.counts:
        yield within(len(chosen & set(rule.members)), rule.minimum, rule.maximum)


def groups(problem, chosen):
    for rule in problem.spends:
        yield within(own_use(problem, chosen & set(rule.members), rule.resources), rule.minimum, rule.maximum)
    for rule in problem.shares:
        part = own_use(problem, chosen & set(rule.members), rule.resources)
        whole = own_use(problem, chosen, rule.resources)
        yield rule.maximum is None or part <= exact(rule.maximum) * whole
        yield rule.minimum is None or part >= exact(rule.minimum) * whole
    there = chosen | {synergy.name for synergy in problem.synergies if set(synergy.members) <= chosen}
    for row in problem.rows:
        amount = sum((exact(figure) for key, figure in row.coefficients.items() if key in there), Fraction(0))
        yield within(amount, row.minimum, row.maximum)


def within(amount, minimum, maximum) -> bool:
    return (minimum is None or amount >= exact(minimum)) and (maximum is None or amount <= exact(maximum))


def brute_force(problem):
    """(value, selected, unique) of the best portfolio by the rule of ties, or None."""
    best = None
    for inside in product((1, 0), repeat=len(problem.names)):
        chosen = {name for name, i in zip(problem.names, inside, strict=True) if i}
        if not allowed(problem, chosen):
            continue
        use = use_of(problem, chosen)
        rank = (value_of(problem, chosen), -use[0] if use else 0, inside)
        if best is None or rank[0] > best[0][0]:
            best = (rank, True)
        elif rank[0] == best[0][0]:
            best = (max(rank, best[0]), False)
    if best is None:
        return None
    (value, _, inside), unique = best
    return value, tuple(name for name, i in zip(problem.names, inside, strict=True) if i), unique
