"""What a plan can change: the sources of uncertainty, and the axes of a grid. Frozen, checked when made."""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass, fields
from typing import Literal

from mcda.errors import InputError

Distribution = Literal["uniform", "triangular", "pert"]
WeightKind = Literal[
    "board", "group", "stakeholders", "stakeholder_mix", "group_mix", "judgements", "dirichlet", "uniform"
]

WEIGHT_SETTINGS: dict[str, tuple[str, ...]] = {
    "board": (),
    "group": ("group",),
    "stakeholders": (),
    "stakeholder_mix": ("concentration",),
    "group_mix": ("concentration",),
    "judgements": ("error",),
    "dirichlet": ("concentration",),
    "uniform": ("ranking", "at_least", "at_most", "ratios"),
}
"""Which settings each kind of weights reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightDraw:
    """Whose weights the criteria carry.

    Attributes
    ----------
    kind
        - ``"board"``: the Board's weights, in every scenario;
        - ``"group"``: those of one group (`group`);
        - ``"stakeholders"``: one person at a time; a group with its Board weight, then any of its members;
        - ``"stakeholder_mix"``, ``"group_mix"``: a mix of all people, or of all groups, with shares from a symmetric
          Dirichlet distribution (`concentration`, default 1: every mix equally likely);
        - ``"judgements"``: the Board's weights if every answer had a multiplicative log-normal error (Crawford and
          Williams, 1985) of standard deviation `error`; default: what the inconsistency of people's answers shows;
        - ``"dirichlet"``: around the Board's weights; `concentration` is how many observations they count for
          (default 50: a weight of 0.1 has a standard deviation of 0.04);
        - ``"uniform"``: every weighting that agrees with the linear information is equally likely. Without
          information, the whole simplex.
    ranking
        Leaves from the most to the least important; those left out are free.
    at_least, at_most
        (leaf, bound) pairs.
    ratios
        (leaf a, leaf b, factor): the weight of a is at least factor times the weight of b.

    Notes
    -----
    People and groups without Board weight take no part in mixes, so a case that moves the Board's weight to one group
    (``use_group``) gives that group's weights under every kind but ``uniform``.
    """

    kind: WeightKind = "board"
    group: str | None = None
    concentration: float | None = None
    error: float | None = None
    ranking: tuple[str, ...] = ()
    at_least: tuple[tuple[str, float], ...] = ()
    at_most: tuple[tuple[str, float], ...] = ()
    ratios: tuple[tuple[str, str, float], ...] = ()

    def __post_init__(self) -> None:
        _one_of("weights.kind", self.kind, tuple(WEIGHT_SETTINGS))
        for name in (item.name for item in fields(self) if item.name != "kind"):
            if getattr(self, name) not in (None, ()) and name not in WEIGHT_SETTINGS[self.kind]:
                readers = [kind for kind, names in WEIGHT_SETTINGS.items() if name in names]
                raise InputError(
                    f"weights.{name} has no meaning for weights of kind '{self.kind}'. It is for {_listed(readers)}."
                )
        if self.kind == "group" and self.group is None:
            raise InputError("Weights of kind 'group' need the identifier of the group, such as group = \"technical\".")
        if self.concentration is not None:
            _number("weights.concentration", self.concentration, above=0.0)
        if self.error is not None:
            _number("weights.error", self.error, least=0.0)
        for leaf, bound in (*self.at_least, *self.at_most):
            _number(f"The bound on the weight of {leaf}", bound, least=0.0, most=1.0)
        for a, b, factor in self.ratios:
            _number(f"The ratio of the weights of {a} and {b}", factor, above=0.0)
        if len(set(self.ranking)) != len(self.ranking):
            raise InputError(f"weights.ranking names a leaf twice: {', '.join(self.ranking)}.")

    @property
    def informed(self) -> bool:
        """Whether there is linear information beyond a ranking."""
        return bool(self.at_least or self.at_most or self.ratios)


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceDraw:
    """Performance between its pessimistic and optimistic level, most likely at the most likely one.

    Attributes
    ----------
    distribution
        ``"triangular"``, or ``"pert"``: the beta distribution of Malcolm, Roseboom, Clark and Fazar (1959), with
        shape 4, which trusts the most likely level more; or ``"uniform"``.
    correlation
        Correlation of the normal scores (a Gaussian copula) of cells that belong together: 0 means independent, 1
        that all of them are good or bad to the same degree. Goodness counts, whatever the direction of the leaf.
    by
        What belongs together: ``"project"``, ``"criterion"``, ``"all"``, or a column of projects such as
        ``"category"``.
    """

    distribution: Distribution = "triangular"
    correlation: float = 0.0
    by: str = "project"

    def __post_init__(self) -> None:
        _one_of("performance.distribution", self.distribution, ("uniform", "triangular", "pert"))
        _number("performance.correlation", self.correlation, least=0.0, most=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostDraw:
    """Costs that turn out otherwise than planned: one factor a project, the same in every year.

    Attributes
    ----------
    kind
        ``"range"``: a factor between ``cost_low_mult`` and ``cost_high_mult`` of projects, most likely 1 (or the
        end of the range that is nearest to 1).
        ``"optimism_bias"``: raised by a share (from `low` to `high`) of ``optimism_bias_capital_pct``, the uplift of
        the Green Book (HM Treasury, supplementary guidance on optimism bias); the share is drawn.
    resources
        Which money; default: all of it for a range, ``capital_k`` for optimism bias.
    distribution
        Of the factor; a share of the bias has its mode halfway.
    low, high
        The share of the bias; 0 to 1 unless stated.
    correlation, by
        As for performance; ``by`` is ``"all"`` (say, inflation) or a column of projects.
    """

    kind: Literal["range", "optimism_bias"] = "range"
    resources: tuple[str, ...] = ()
    distribution: Distribution = "triangular"
    low: float = 0.0
    high: float = 1.0
    correlation: float = 0.0
    by: str = "all"

    def __post_init__(self) -> None:
        _one_of("costs.kind", self.kind, ("range", "optimism_bias"))
        _one_of("costs.distribution", self.distribution, ("uniform", "triangular", "pert"))
        _number("costs.correlation", self.correlation, least=0.0, most=1.0)
        _number("costs.low", self.low, least=0.0)
        _number("costs.high", self.high, least=self.low)
        if self.kind == "range" and (self.low, self.high) != (0.0, 1.0):
            raise InputError(
                "costs.low and costs.high are shares of the optimism bias. A cost range is read from cost_low_mult and "
                "cost_high_mult of projects."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryDraw:
    """Projects that fail to deliver: their gains are lost, their costs and harms are not.

    Attributes
    ----------
    remaining
        The share of each gain that a project that fails still brings.
    column
        The column of projects with the probability of success.
    correlation, by
        As for performance: failures that come together.
    """

    remaining: float = 0.0
    column: str = "prob_delivers_as_planned"
    correlation: float = 0.0
    by: str = "all"

    def __post_init__(self) -> None:
        _number("delivery.remaining", self.remaining, least=0.0, most=1.0)
        _number("delivery.correlation", self.correlation, least=0.0, most=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitDraw:
    """What there is of a resource, multiplied by a factor from `low` to `high`.

    Attributes
    ----------
    target
        ``"budget"`` for money, ``"capacity"`` for a team.
    key
        The resource, such as ``capital_k`` or ``integration``; ``"all"``: every resource of that kind, each with a
        factor of its own.
    distribution
        Of the factor; ``mode`` is its most likely value (default: 1 where that lies between, else halfway).
    years
        Which years; default all.
    each_year
        Whether every year has a factor of its own.
    """

    target: Literal["budget", "capacity"]
    key: str
    low: float
    high: float
    mode: float | None = None
    distribution: Distribution = "triangular"
    years: tuple[int, ...] = ()
    each_year: bool = False

    def __post_init__(self) -> None:
        _one_of("limits.target", self.target, ("budget", "capacity"))
        _one_of("limits.distribution", self.distribution, ("uniform", "triangular", "pert"))
        _number("limits.low", self.low, least=0.0)
        _number("limits.high", self.high, least=self.low)
        if self.mode is not None:
            if self.distribution == "uniform":
                raise InputError("limits.mode has no meaning for a uniform distribution. Leave it out.")
            _number("limits.mode", self.mode, least=self.low, most=self.high)

    @property
    def likeliest(self) -> float:
        """The mode of the factor."""
        if self.mode is not None:
            return self.mode
        return 1.0 if self.low <= 1.0 <= self.high else (self.low + self.high) / 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """An axis of a grid: the same change, at several sizes. Several axes give all their combinations.

    Attributes
    ----------
    target, key, operation, years
        As in ``scenarios.csv``, see `mcda.apply_scenario`.
    values
        The sizes, such as ``(0.8, 0.9, 1.0)``.
    """

    target: str
    key: str = ""
    operation: str = "multiply"
    values: tuple[float | str, ...] = ()
    years: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not self.values:
            raise InputError(f"The grid over {self.target} {self.key} needs values, such as values = [0.8, 0.9, 1.0].")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppingRule:
    """Stop as soon as every project's acceptability is known well enough, in every case.

    Attributes
    ----------
    half_width
        How far the truth may be from the share reported: 0.01 is one percentage point.
    confidence
        With which all the intervals hold, for all projects, at whichever look the run stops.
    """

    half_width: float = 0.01
    confidence: float = 0.95

    def __post_init__(self) -> None:
        _number("stop.half_width", self.half_width, above=0.0, most=0.5)
        _number("stop.confidence", self.confidence, above=0.0, below=1.0)


def _number(
    name: str,
    value: object,
    *,
    least: float | None = None,
    most: float | None = None,
    above: float | None = None,
    below: float | None = None,
) -> None:
    rules = (
        ("at least", least, operator.ge),
        ("at most", most, operator.le),
        ("above", above, operator.gt),
        ("below", below, operator.lt),
    )
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    if not math.isfinite(number) or not all(bound is None or holds(number, bound) for _, bound, holds in rules):
        allowed = " and ".join(f"{words} {bound:g}" for words, bound, _ in rules if bound is not None)
        raise InputError(f"{name} must be a number {allowed}. Got {value!r}.")


def _one_of(name: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise InputError(f"{name} must be one of {_listed(allowed)}. Got {value!r}.")


def _listed(words: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
