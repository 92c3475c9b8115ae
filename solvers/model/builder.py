"""Building a problem step by step, with names."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.errors import ProblemError
from solvers.model.funding import CarryForward, Transfer, ValueCurve
from solvers.model.problem import Problem
from solvers.model.rules import Choice, CountRule, Excludes, Requires, ShareRule, SpendRule, Synergy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class ProblemBuilder:
    """Collects options, resources and rules by name; `build` makes the problem.

    Every method returns the builder, so that calls can be chained. Names may be used before they are added; `build`
    says what is missing.

    Parameters
    ----------
    name : str
        What people call the problem.

    Examples
    --------
    >>> from solvers import ProblemBuilder, solve
    >>> problem = (
    ...     ProblemBuilder("digital")
    ...     .add_resource("capital", 10)
    ...     .add_option("records", 8, {"capital": 7})
    ...     .add_option("Wi-Fi", 1, {"capital": 2})
    ...     .add_option("wards", 6, {"capital": 4})
    ...     .requires("wards", "Wi-Fi")
    ...     .build()
    ... )
    >>> solve(problem).selected
    ('records', 'Wi-Fi')
    """

    def __init__(self, name: str = "") -> None:
        self._name = name
        self._options: dict[str, tuple[float, dict[str, float]]] = {}
        self._resources: dict[str, tuple[float, float]] = {}
        self._mandatory: list[str] = []
        self._forbidden: list[str] = []
        self._partial: dict[str, float] = {}
        self._rules: dict[str, list[Any]] = {}

    def add_resource(self, name: str, capacity: float = math.inf, minimum_use: float = -math.inf) -> ProblemBuilder:
        """Add something limited; infinity means no limit."""
        if name in self._resources:
            raise ProblemError(f"The resource {name!r} has already been added. Names must be unique.")
        self._resources[name] = (capacity, minimum_use)
        return self

    def add_option(
        self,
        name: str,
        value: float = 0.0,
        usage: Mapping[str, float] | None = None,
        *,
        mandatory: bool = False,
        forbidden: bool = False,
        least_share: float | None = None,
    ) -> ProblemBuilder:
        """Add an option with its value and its use by resource (none for a resource that is not named).

        `least_share` lets it be funded in part, with any share from there to 1.
        """
        if name in self._options:
            raise ProblemError(f"The option {name!r} has already been added. Names must be unique.")
        self._options[name] = (value, dict(usage or {}))
        self._mandatory += [name] if mandatory else []
        self._forbidden += [name] if forbidden else []
        if least_share is not None:
            self._partial[name] = least_share
        return self

    def requires(
        self, option: str, needs: str | Iterable[str], at_least: int | None = None, name: str = ""
    ) -> ProblemBuilder:
        """If `option` is in, all of `needs` are, or at least `at_least` of them."""
        return self._add("requires", Requires(option, needs, at_least, name))

    def excludes(self, *members: str, name: str = "") -> ProblemBuilder:
        """At most one of the members is in."""
        return self._add("excludes", Excludes(members, name))

    def choose(self, *members: str, required: bool = False, name: str = "") -> ProblemBuilder:
        """Make the members ways of doing one project: at most one is in, or exactly one if `required`."""
        return self._add("choices", Choice(members, required, name))

    def count(
        self, members: Iterable[str], minimum: int | None = None, maximum: int | None = None, name: str = ""
    ) -> ProblemBuilder:
        """From `minimum` to `maximum` of the members are in."""
        return self._add("counts", CountRule(members, minimum, maximum, name))

    def spend(
        self,
        members: Iterable[str],
        resources: str | Iterable[str],
        minimum: float | None = None,
        maximum: float | None = None,
        name: str = "",
    ) -> ProblemBuilder:
        """Members together use from `minimum` to `maximum` of the resources, added up."""
        return self._add("spends", SpendRule(members, resources, minimum, maximum, name))

    def share(
        self,
        members: Iterable[str],
        resources: str | Iterable[str],
        maximum: float | None = None,
        minimum: float | None = None,
        name: str = "",
    ) -> ProblemBuilder:
        """Members use at most (at least) a share of what the whole portfolio uses of the resources."""
        return self._add("shares", ShareRule(members, resources, maximum, minimum, name))

    def synergy(
        self, *members: str, value: float = 0.0, usage: Mapping[str, float] | None = None, name: str = ""
    ) -> ProblemBuilder:
        """Change value and use exactly when all members are in."""
        changes: dict[Any, float] = dict(usage or {})
        return self._add("synergies", Synergy(members, value, changes, name))

    def curve(
        self, option: str, resources: str | Mapping[str, float], points: Iterable[Sequence[float]], name: str = ""
    ) -> ProblemBuilder:
        """Add value by spend, piecewise linear between (spend, value) points."""
        rates: Any = resources
        return self._add("curves", ValueCurve(option, rates, points, name))

    def carry(
        self, *resources: str, most: float | None = None, share: float | None = None, name: str = ""
    ) -> ProblemBuilder:
        """Carry the unspent capacity of each of these periods, in order, forward to the next."""
        return self._add("carries", CarryForward(resources, most, share, name))

    def transfer(
        self,
        source: str,
        target: str,
        most: float | None = None,
        share: float | None = None,
        rate: float = 1.0,
        name: str = "",
    ) -> ProblemBuilder:
        """Let capacity of one resource be used as capacity of another, up to a cap."""
        return self._add("transfers", Transfer(source, target, most, share, rate, name))

    def build(self) -> Problem:
        """Return the problem.

        Raises
        ------
        ProblemError
            If a rule names something that was not added, or a figure breaks a rule of `Problem`.
        """
        resources = list(self._resources)
        at = {resource: j for j, resource in enumerate(resources)}
        usage = np.zeros((len(self._options), len(resources)))
        for i, (option, (_, used)) in enumerate(self._options.items()):
            for resource, amount in used.items():
                if resource not in at:
                    raise ProblemError(f"{option!r} uses {resource!r}, which is not a resource. Add it: add_resource.")
                usage[i, at[resource]] = amount
        return Problem(
            [value for value, _ in self._options.values()],
            usage,
            [capacity for capacity, _ in self._resources.values()],
            names=list(self._options),
            resources=resources,
            minimum_use=[least for _, least in self._resources.values()],
            mandatory=self._mandatory,
            forbidden=self._forbidden,
            partial=self._partial,
            name=self._name,
            **self._rules,
        )

    def _add(self, kind: str, rule: object) -> ProblemBuilder:
        self._rules.setdefault(kind, []).append(rule)
        return self

    def __repr__(self) -> str:
        rules = sum(map(len, self._rules.values()))
        return f"<ProblemBuilder: {len(self._options)} options, {len(self._resources)} resources, {rules} rules so far>"
