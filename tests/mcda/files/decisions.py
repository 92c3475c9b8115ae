"""Random decisions for Hypothesis, made of the parts themselves, and what it means for two to be equal."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
from hypothesis import strategies as st

from mcda.decision import (
    CriteriaTree,
    Criterion,
    Decision,
    Dependency,
    Effect,
    Exclusion,
    Group,
    Judgement,
    Performance,
    Policy,
    Project,
    Resource,
    Scenario,
    Stakeholder,
    SwingPoints,
    Synergy,
)

# Names are data: commas, quotation marks, line ends, formulas and every script of the world.
words = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n,;\"'="), max_size=12).map(
    str.strip
)
identifiers = st.text(
    st.characters(categories=("L", "Nd"), include_characters="-_. ,\"'="), min_size=1, max_size=6
).map(str.strip)
numbers = st.floats(-1e6, 1e6).map(lambda number: round(number, 4) + 0.0)
amounts = st.one_of(st.just(0.0), st.floats(0, 1e6).map(lambda number: round(number, 3) + 0.0))
shares = st.none() | st.floats(0, 1)


def ids(low, high):
    return st.lists(identifiers.filter(bool), min_size=low, max_size=high, unique=True)


def equal(one, other):
    """Whether two values are equal, arrays by their entries."""
    if isinstance(one, np.ndarray):
        return isinstance(other, np.ndarray) and np.array_equal(one, other)
    if isinstance(one, tuple):
        return isinstance(other, tuple) and len(one) == len(other) and all(map(equal, one, other))
    if hasattr(one, "__dataclass_fields__"):
        return type(one) is type(other) and all(
            equal(getattr(one, field.name), getattr(other, field.name))
            for field in fields(one)
            if field.name != "input_sha256"
        )
    return one == other


@st.composite
def projects(draw, years):
    names = draw(ids(1, 5))
    columns = draw(st.sampled_from([(), ("sponsor note",), ("zone", "ward")]))
    return tuple(
        Project(
            id=name,
            name=draw(words),
            category=draw(st.sampled_from(["", "AI", "Data, and more", 'the "new"'])),
            planned_start_year=draw(st.none() | st.sampled_from(years)),
            max_delay_years=draw(st.integers(0, 3)),
            ramp_year1=draw(shares),
            mandatory_reason=draw(words),
            delivery_risk_1to5=draw(st.none() | st.integers(1, 5)),
            optimism_bias_capital_pct=draw(st.floats(0, 90)),
            cost_low_mult=draw(st.none() | st.floats(0.1, 1)),
            extra=tuple((column, draw(words)) for column in columns),
        )
        for name in names
    )


@st.composite
def trees(draw):
    """A tree of any depth: each node hangs below one that came before it."""
    names = draw(ids(2, 7))
    parents = {names[0]: None}
    for name in names[1:]:
        parents[name] = draw(st.sampled_from(list(parents)))
    inner = set(parents.values())
    nodes = []
    for name, parent in parents.items():
        if name in inner:
            nodes.append(Criterion(name, parent, draw(words)))
            continue
        worse, better = sorted(draw(st.lists(numbers, min_size=2, max_size=2, unique=True)))
        direction = draw(st.sampled_from(["max", "min"]))
        swing = (worse, better) if direction == "max" else (better, worse)
        nodes.append(Criterion(name, parent, draw(words), draw(words), direction, *swing, description=draw(words)))
    return CriteriaTree(tuple(nodes))


@st.composite
def people(draw, tree):
    """Groups whose first member answers every question, so that weights can be had."""
    groups = tuple(Group(name, draw(words), draw(st.floats(0.01, 1))) for name in draw(ids(1, 3)))
    members = [(name, groups[min(place, len(groups) - 1)].id) for place, name in enumerate(draw(ids(len(groups), 5)))]
    stakeholders = tuple(Stakeholder(name, group, draw(words)) for name, group in members)
    answers = st.none() | st.integers(1, 9).flatmap(lambda value: st.sampled_from([float(value), 1 / value]))
    judgements = []
    for person in stakeholders:
        speaker = next(other for other in stakeholders if other.group == person.group) == person
        for node in tree.inner:
            below = tree.children(node)
            for position, b in enumerate(below[1:]):
                answer = draw(answers)
                answer = 2.0 if speaker and answer is None else answer
                judgements.append(Judgement(person.id, node, below[position], b, answer))
    points = [SwingPoints(stakeholders[0].id, leaf, draw(st.integers(1, 100)) / 1.0) for leaf in tree.leaf_ids]
    return groups, stakeholders, tuple(judgements), tuple(points)


@st.composite
def decisions(draw):
    first = draw(st.integers(1, 2030))
    years = tuple(range(first, first + draw(st.integers(1, 3))))
    some, tree = draw(projects(years)), draw(trees())
    names = tuple(project.id for project in some)
    groups, stakeholders, judgements, points = draw(people(tree))
    shape = (len(some), len(tree.leaves))

    def table(rows, columns, entries):
        flat = draw(st.lists(entries, min_size=rows * columns, max_size=rows * columns))
        return np.array(flat, dtype=float).reshape(rows, columns)

    limits = amounts | st.just(np.inf)
    resources = [
        Resource(name, kind, years, table(1, len(years), limits)[0], table(len(some), len(years), amounts))
        for name, kind in draw(
            st.sampled_from(
                [
                    [("capital_k", "money")],
                    [("nurses", "team")],
                    [("capital_k", "money"), ("revenue_k", "money"), ('the "A" team', "team"), ("nurses", "team")],
                ]
            )
        )
    ]
    money = [resource.id for resource in resources if resource.kind == "money"]
    pairs = [(a, b) for position, a in enumerate(names) for b in names[position + 1 :]]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=3, unique=True)) if pairs else []
    effects = st.builds(Effect, st.just("performance"), numbers, st.sampled_from(tree.leaf_ids), st.none())
    if money:
        effects |= st.builds(Effect, st.sampled_from(money), numbers, st.none(), st.sampled_from(years))
    distinct = st.lists(effects, min_size=1, max_size=3, unique_by=lambda e: (e.kind, e.criterion, e.year))
    scenarios = [Scenario("base", draw(words))]
    if money:
        value = str(draw(st.integers(0, 30)) / 10)
        some_years = draw(st.none() | st.just(years[:1]))
        scenarios.append(Scenario("cut", "", "budget", money[0], some_years, "multiply", value, draw(words)))
        scenarios.append(Scenario("bias", "", "cost", money[0], None, "uplift_column", "optimism_bias_capital_pct"))
    scenarios.append(Scenario("alone", "", "weights", groups[0].id, None, "use_group", "1"))
    policies = [Policy("few", "max_count", "category", some[0].category, 2.0)] if some[0].category else []
    return Decision(
        name=draw(words.filter(bool)),
        projects=some,
        criteria=tree,
        performance=Performance(names, tree.leaf_ids, table(*shape, numbers), table(*shape, numbers)),
        resources=tuple(resources),
        groups=groups,
        stakeholders=stakeholders,
        judgements=judgements,
        swing_points=points,
        dependencies=tuple(
            Dependency(f"D{place}", b, (a,), draw(st.sampled_from(["all", "any"])), draw(words))
            for place, (a, b) in enumerate(chosen)
        ),
        exclusions=tuple(Exclusion(f"X{place}", pair, draw(words)) for place, pair in enumerate(chosen[:1])),
        synergies=tuple(
            Synergy(f"Y{place}", pair, tuple(draw(distinct)), draw(words)) for place, pair in enumerate(chosen)
        ),
        policies=tuple(policies),
        scenarios=tuple(scenarios),
        years=years,
    )
