"""A named what-if applied to a decision, in exact decimal arithmetic."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING

from mcda.decision._projects import LEVELS
from mcda.errors import InputError, LabelError

if TYPE_CHECKING:
    from collections.abc import Callable

    from mcda.decision._decision import Decision
    from mcda.decision._projects import Resource
    from mcda.decision._rules import Scenario


def apply_scenario(decision: Decision, scenario: str | Scenario) -> Decision:
    """Return the decision as it would be in a scenario; the one given stays as it is.

    Figures are changed as the decimal numbers that a person wrote, so 4700 x 0.8 is 3760 exactly.

    Parameters
    ----------
    decision
        The base plan.
    scenario
        Identifier of one of the decision's scenarios, or a scenario of your own. By target and operation:

        - ``budget``, ``capacity`` with ``multiply`` or ``add``: what is available of the resource `key`, in `years`;
        - ``cost`` with ``multiply``: what every project needs of the money `key`, in `years`; with
          ``uplift_column``: raised by each project's percentage in that column of projects. Effects of synergies on
          money are stated amounts and stay as they are;
        - ``performance`` with ``use_column``: the most likely level becomes that level;
        - ``weights`` with ``use_group``: the Board's weights become those of the group `key`;
        - no target: nothing changes.

    Returns
    -------
    Decision
        With the same labels, in the same order.

    Raises
    ------
    LabelError
        If the scenario, resource, group or column is unknown.
    InputError
        If the operation or value makes no sense, or would make a resource negative.

    Examples
    --------
    >>> import mcda
    >>> decision = mcda.load("datasets/nhs-digital")
    >>> mcda.apply_scenario(decision, "N1").resource("capital_k").available.tolist()
    [3760.0, 4640.0, 3680.0, 1920.0, 720.0]
    """
    asked = decision.scenario(scenario) if isinstance(scenario, str) else scenario
    if asked.target is None:
        return decision
    change = _CHANGES.get((asked.target, asked.operation))
    if change is None:
        known = "; ".join(f"{target}: {operation}" for target, operation in _CHANGES)
        raise InputError(
            f"Scenario '{asked.id}' cannot '{asked.operation}' the target '{asked.target}'. Possible: {known}."
        )
    return change(decision, asked)


def _change_available(decision: Decision, scenario: Scenario) -> Decision:
    resource = _resource(decision, scenario, "money" if scenario.target == "budget" else "team")
    amount = _exact_value(scenario)
    available = resource.available.copy()
    for year in _years(resource, scenario):
        position = resource.years.index(year)
        before = float(available[position])
        if math.isinf(before):
            continue
        exact = exact_decimal(before) * amount if scenario.operation == "multiply" else exact_decimal(before) + amount
        if exact < 0:
            raise InputError(
                f"Scenario '{scenario.id}' would leave {float(exact):g} {resource.unit} of {resource.id} "
                f"in year {year}, from {before:g} in the base plan; a limit is at least 0. Change the scenario's value."
            )
        available[position] = float(exact)
    return _with_resource(decision, replace(resource, available=available))


def _change_costs(decision: Decision, scenario: Scenario) -> Decision:
    resource = _resource(decision, scenario, "money")
    if scenario.operation == "multiply":
        factors = [_exact_value(scenario)] * len(decision.projects)
    else:
        factors = [1 + _percentage(decision, scenario, row) / 100 for row in range(len(decision.projects))]
    if scenario.operation == "multiply" and factors and factors[0] < 0:
        raise InputError(f"Scenario '{scenario.id}' multiplies costs by {scenario.value}; a factor is at least 0.")
    use = resource.use.copy()
    for year in _years(resource, scenario):
        position = resource.years.index(year)
        use[:, position] = [
            float(exact_decimal(float(amount)) * factor)
            for amount, factor in zip(use[:, position], factors, strict=True)
        ]
    return _with_resource(decision, replace(resource, use=use))


def _change_performance(decision: Decision, scenario: Scenario) -> Decision:
    if scenario.value not in LEVELS:
        raise InputError(
            f"Scenario '{scenario.id}' asks for performance '{scenario.value}'; a level is one of {', '.join(LEVELS)}."
        )
    level = decision.performance.level(scenario.value)
    return replace(decision, performance=replace(decision.performance, most_likely=level))


def _change_weights(decision: Decision, scenario: Scenario) -> Decision:
    chosen = decision.group(scenario.key).id
    groups = tuple(replace(group, default_board_weight=float(group.id == chosen)) for group in decision.groups)
    return replace(decision, groups=groups)


_CHANGES: dict[tuple[str, str], Callable[[Decision, Scenario], Decision]] = {
    ("budget", "multiply"): _change_available,
    ("budget", "add"): _change_available,
    ("capacity", "multiply"): _change_available,
    ("capacity", "add"): _change_available,
    ("cost", "multiply"): _change_costs,
    ("cost", "uplift_column"): _change_costs,
    ("performance", "use_column"): _change_performance,
    ("weights", "use_group"): _change_weights,
}

SCENARIO_OPERATIONS: tuple[tuple[str, str], ...] = tuple(_CHANGES)
"""Every (target, operation) that a scenario can have."""


def exact_decimal(number: float) -> Fraction:
    """Return the decimal number that a person sees when the float is printed, as an exact fraction."""
    return Fraction(Decimal(repr(number)))


def _exact_value(scenario: Scenario) -> Fraction:
    try:
        value = Decimal(scenario.value)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise InputError(
            f"Scenario '{scenario.id}' needs a number as its value, such as 0.8 or -2. Got '{scenario.value}'."
        )
    return Fraction(value)


def _percentage(decision: Decision, scenario: Scenario, row: int) -> Fraction:
    """Read a project's percentage; a column that `mcda` has no use for is kept as text."""
    project = decision.projects[row]
    stated = project.field(scenario.value)
    try:
        percentage = Decimal(str(stated))
    except InvalidOperation:
        percentage = Decimal("NaN")
    if not percentage.is_finite() or percentage < -100:
        raise InputError(
            f"Scenario '{scenario.id}' needs a percentage of at least -100 in the column '{scenario.value}' of every "
            f"project. Project '{project.id}' has {stated!r}."
        )
    return Fraction(percentage)


def _resource(decision: Decision, scenario: Scenario, kind: str) -> Resource:
    known = {resource.id: resource for resource in decision.resources if resource.kind == kind}
    if scenario.key not in known:
        raise LabelError(
            f"Scenario '{scenario.id}' changes the {scenario.target} of '{scenario.key}'; "
            f"the decision's {kind} resources are {', '.join(known) or 'none'}."
        )
    return known[scenario.key]


def _years(resource: Resource, scenario: Scenario) -> tuple[int, ...]:
    years = resource.years if scenario.years is None else scenario.years
    for year in years:
        if year not in resource.years:
            raise LabelError(
                f"Scenario '{scenario.id}' changes year {year}; "
                f"the planning years are {', '.join(str(known) for known in resource.years)}."
            )
    return years


def _with_resource(decision: Decision, changed: Resource) -> Decision:
    resources = tuple(changed if resource.id == changed.id else resource for resource in decision.resources)
    return replace(decision, resources=resources)
