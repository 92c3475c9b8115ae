"""The plan of a run: which cases, what is drawn in them, how often, and from which seed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from mcda.errors import InputError
from mcda.uncertainty._sources import CostDraw, DeliveryDraw, LimitDraw, PerformanceDraw, Sources, WeightDraw
from mcda.uncertainty._uniforms import SAMPLINGS, Sampling

if TYPE_CHECKING:
    from mcda.decision import Level
    from mcda.scenarios.planning._extent import Grid, StoppingRule

BASE = "base"
"""The case without any change."""
EVERY = "all"
"""Instead of a list of cases: all of the decision's scenarios."""
_NOT_IN_HASH = ("name", "draws", "stop")
_MAX_DRAWS = 2**30


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ScenarioPlan:
    """Which scenarios to run.

    The scenarios are all `draws` of all cases: the named cases, combined with every point of the grid. All cases use
    the same draws (common random numbers), so that a difference between two cases is due to the cases alone.

    Attributes
    ----------
    draws
        How many draws; with a stopping rule, at most how many.
    seed
        Seed of the draws. Draw d is the same whatever the number of draws, workers and interruptions.
    sampling
        ``"monte_carlo"``; ``"latin_hypercube"`` (McKay, Beckman and Conover, 1979), each figure stratified over all
        the draws; ``"sobol"``, scrambled (Owen, 1998).
    cases
        Identifiers of the decision's scenarios, and ``"base"``; ``("all",)``: all of the decision's scenarios.
    grid
        Axes of further changes.
    weights, performance, costs, delivery, limits
        What is drawn; None or empty: as stated.
    method, parameters
        The method that values the projects (a name of `mcda.methods()`) and its parameters. Only additive methods
        give values that add up over a portfolio.
    level
        The performance of what is not drawn.
    policies
        Identifiers of optional Board rules to apply.
    solver, time_limit
        Passed to `solvers.solve_batch`. A time limit may leave scenarios unproven, and the result then depends on the
        speed of the machine.
    stop
        When to stop before all draws are done.

    Raises
    ------
    InputError
        If a setting is out of its range.

    Examples
    --------
    >>> import mcda
    >>> mcda.ScenarioPlan(draws=500, weights=mcda.WeightDraw(kind="group_mix"))
    ScenarioPlan(500 draws of 1 case; weights: group_mix; monte_carlo, seed 0)
    """

    name: str = ""
    draws: int = 1
    seed: int = 0
    sampling: Sampling = "monte_carlo"
    cases: tuple[str, ...] = (BASE,)
    grid: tuple[Grid, ...] = ()
    weights: WeightDraw = field(default_factory=WeightDraw)
    performance: PerformanceDraw | None = None
    costs: tuple[CostDraw, ...] = ()
    delivery: DeliveryDraw | None = None
    limits: tuple[LimitDraw, ...] = ()
    method: str = "additive"
    parameters: tuple[tuple[str, Any], ...] = ()
    level: Level = "most_likely"
    policies: tuple[str, ...] = ()
    solver: str = "auto"
    time_limit: float | None = None
    stop: StoppingRule | None = None

    def __post_init__(self) -> None:
        _whole("draws", self.draws, 1, _MAX_DRAWS)
        _whole("seed", self.seed, 0, 2**63 - 1)
        if self.sampling not in SAMPLINGS:
            raise InputError(f"sampling must be one of {', '.join(SAMPLINGS)}. Got {self.sampling!r}.")
        if not self.cases:
            raise InputError(f'A plan needs a case; cases = ["{BASE}"] is the decision as it stands.')
        if len(set(self.cases)) != len(self.cases):
            raise InputError(f"A case is named twice: {', '.join(self.cases)}.")
        if self.draws > 1 and not self.drawn:
            raise InputError(
                f"The plan draws nothing, so its {self.draws} draws would all be the same. Draw weights, performance, "
                "costs, delivery or limits, or ask for one draw."
            )
        if self.stop is not None and self.sampling == "latin_hypercube":
            raise InputError(
                "A Latin hypercube is designed for a fixed number of draws and cannot stop early. "
                "Use monte_carlo or sobol with a stopping rule."
            )

    @property
    def drawn(self) -> tuple[str, ...]:
        """Names of what is drawn."""
        sources = {
            "weights": self.weights.kind not in ("board", "group"),
            "performance": self.performance is not None,
            "costs": bool(self.costs),
            "delivery": self.delivery is not None,
            "limits": bool(self.limits),
        }
        return tuple(name for name, present in sources.items() if present)

    @property
    def sources(self) -> Sources:
        """What is drawn besides weights."""
        return Sources(performance=self.performance, costs=self.costs, delivery=self.delivery, limits=self.limits)

    @property
    def sha256(self) -> str:
        """Hash of all that defines the scenarios: two plans with different hashes have different scenarios."""
        record = {key: value for key, value in self.to_record().items() if key not in _NOT_IN_HASH}
        if self.sampling == "latin_hypercube":
            record["draws"] = self.draws
        return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()

    def to_record(self) -> dict[str, Any]:
        """Return the plan as plain data, for TOML or JSON; what is not stated is left out."""
        return {
            item.name: value
            for item in fields(self)
            if (value := _plain(getattr(self, item.name))) not in (None, [], {}, "")
        }

    def replace(self, **changes: Any) -> ScenarioPlan:
        """Return a copy with some settings changed."""
        return replace(self, **changes)

    def __repr__(self) -> str:
        axes = f" on a grid of {len(self.grid)}" if self.grid else ""
        cases = f"{len(self.cases)} case{'s' if len(self.cases) > 1 else ''}{axes}"
        parts = [f"{self.draws:,} draw{'s' if self.draws > 1 else ''} of {cases}"]
        for name in self.drawn:
            value = getattr(self, name)
            detail = getattr(value, "kind", getattr(value, "distribution", ""))
            parts.append(f"{name}: {detail}" if detail else name)
        return f"ScenarioPlan({'; '.join(parts)}; {self.sampling}, seed {self.seed})"


def _whole(name: str, value: object, least: int, most: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise InputError(f"{name} must be a whole number from {least} to {most}. Got {value!r}.")


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {
            item.name: part
            for item in fields(value)
            if (part := _plain(getattr(value, item.name))) not in (None, [], "")
        }
    return [_plain(part) for part in value] if isinstance(value, tuple | list) else value
