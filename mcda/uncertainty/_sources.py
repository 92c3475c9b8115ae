"""What is uncertain, as data: weights, performance, costs, delivery, limits. Frozen, and checked when created."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

from mcda.errors import InputError
from mcda.uncertainty._checks import listed, number, one_of

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
"""Which settings each kind of weights uses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightDraw:
    """Whose weights to use for the criteria.

    Attributes
    ----------
    kind
        - ``"board"``: the Board's weights, in every scenario;
        - ``"group"``: those of one group (`group`);
        - ``"stakeholders"``: one person at a time: first a group, by its Board weight, then any of its members;
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
        one_of("weights.kind", self.kind, tuple(WEIGHT_SETTINGS))
        for name in (item.name for item in fields(self) if item.name != "kind"):
            if getattr(self, name) not in (None, ()) and name not in WEIGHT_SETTINGS[self.kind]:
                readers = [kind for kind, names in WEIGHT_SETTINGS.items() if name in names]
                raise InputError(
                    f"weights.{name} has no meaning for weights of kind '{self.kind}'. It is for {listed(readers)}."
                )
        if self.kind == "group" and self.group is None:
            raise InputError("Weights of kind 'group' need the identifier of the group, such as group = \"technical\".")
        if self.concentration is not None:
            number("weights.concentration", self.concentration, above=0.0)
        if self.error is not None:
            number("weights.error", self.error, least=0.0)
        for leaf, bound in (*self.at_least, *self.at_most):
            number(f"The bound on the weight of {leaf}", bound, least=0.0, most=1.0)
        for a, b, factor in self.ratios:
            number(f"The ratio of the weights of {a} and {b}", factor, above=0.0)
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
        one_of("performance.distribution", self.distribution, ("uniform", "triangular", "pert"))
        number("performance.correlation", self.correlation, least=0.0, most=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostDraw:
    """Costs that differ from the plan: one factor per project, the same in every year.

    Attributes
    ----------
    kind
        ``"range"``: a factor between ``cost_low_mult`` and ``cost_high_mult`` of projects, most likely 1 (or the
        end of the range that is nearest to 1).
        ``"optimism_bias"``: raised by a share (from `low` to `high`) of ``optimism_bias_capital_pct``, the uplift of
        the Green Book (HM Treasury, supplementary guidance on optimism bias); the share is drawn.
    resources
        Which money; default: all of it for a range, and for optimism bias the money with a name that begins with
        "capital".
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
        one_of("costs.kind", self.kind, ("range", "optimism_bias"))
        one_of("costs.distribution", self.distribution, ("uniform", "triangular", "pert"))
        number("costs.correlation", self.correlation, least=0.0, most=1.0)
        number("costs.low", self.low, least=0.0)
        number("costs.high", self.high, least=self.low)
        if self.kind == "range" and (self.low, self.high) != (0.0, 1.0):
            raise InputError(
                "costs.low and costs.high are shares of the optimism bias. A cost range is read from cost_low_mult and "
                "cost_high_mult of projects."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryDraw:
    """Projects that fail to deliver: they lose their gains, but not their costs and harms.

    A beneficial synergy is lost if any of its members fails. Decision 72 of this project's documentation says why a
    failed project is not taken to perform at its pessimistic level.

    Attributes
    ----------
    remaining
        The share of each gain that a failed project still brings.
    column
        The column of projects with the probability of success; every project states one.
    correlation, by
        As for performance: failures that come together.
    """

    remaining: float = 0.0
    column: str = "prob_delivers_as_planned"
    correlation: float = 0.0
    by: str = "all"

    def __post_init__(self) -> None:
        number("delivery.remaining", self.remaining, least=0.0, most=1.0)
        number("delivery.correlation", self.correlation, least=0.0, most=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitDraw:
    """The limit of a resource, multiplied by a factor from `low` to `high`.

    Attributes
    ----------
    target
        ``"budget"`` for money, ``"capacity"`` for a team.
    key
        The resource, such as ``capital_k`` or ``integration``; ``"all"``: every resource of that kind, each with a
        factor of its own.
    distribution
        Of the factor; ``mode`` is its most likely value (default: 1 if that lies within the range, else halfway).
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
        one_of("limits.target", self.target, ("budget", "capacity"))
        one_of("limits.distribution", self.distribution, ("uniform", "triangular", "pert"))
        number("limits.low", self.low, least=0.0)
        number("limits.high", self.high, least=self.low)
        if self.mode is not None:
            if self.distribution == "uniform":
                raise InputError("limits.mode has no meaning for a uniform distribution. Leave it out.")
            number("limits.mode", self.mode, least=self.low, most=self.high)

    @property
    def likeliest(self) -> float:
        """The mode of the factor."""
        if self.mode is not None:
            return self.mode
        return 1.0 if self.low <= 1.0 <= self.high else (self.low + self.high) / 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """All that is uncertain besides the weights.

    Attributes
    ----------
    performance, costs, delivery, limits
        How each is drawn; None or empty: as stated.
    """

    performance: PerformanceDraw | None = None
    costs: tuple[CostDraw, ...] = ()
    delivery: DeliveryDraw | None = None
    limits: tuple[LimitDraw, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything is uncertain."""
        return bool(self.performance or self.costs or self.delivery or self.limits)

    @property
    def words(self) -> tuple[str, ...]:
        """What is uncertain, in words."""
        kinds = {cost.kind for cost in self.costs}
        said = {
            "uncertain performance": self.performance is not None,
            "uncertain costs": "range" in kinds,
            "optimism bias": "optimism_bias" in kinds,
            "delivery risk": self.delivery is not None,
            "uncertain limits": bool(self.limits),
        }
        return tuple(word for word, wanted in said.items() if wanted)
