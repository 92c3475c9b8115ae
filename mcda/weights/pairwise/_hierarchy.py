"""Hierarchies of any depth: criteria down to leaves, alternatives compared, measured or rated on each leaf."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

import numpy as np

from mcda.arrays import is_frame, is_series
from mcda.errors import InputError, LabelError
from mcda.notebook import ShownAsTable
from mcda.weights.pairwise._ahp import Method, ahp

if TYPE_CHECKING:
    import pandas as pd

    from mcda.arrays import FloatArray, Number
    from mcda.weights.pairwise._comparisons import Answers
    from mcda.weights.pairwise._priorities import Priorities

Synthesis = Literal["distributive", "ideal"]
Judged: TypeAlias = "pd.DataFrame | tuple[Sequence[Hashable], Answers] | Mapping[Any, Number] | pd.Series[Any]"
"""Judgements with their labels, or the figure of each label."""


@dataclass(frozen=True, slots=True)
class Ratings:
    """Alternatives rated on a leaf by intensities (absolute measurement, Saaty 1986).

    Parameters
    ----------
    intensities
        Judgements between the intensities, a labelled square DataFrame or a pair (labels, matrix), or their values as a
        mapping, such as ``{"high": 1.0, "low": 0.2}``.
    given
        The intensity of each alternative.
    """

    intensities: Judged
    given: Mapping[Any, Hashable]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Hierarchy(ShownAsTable):
    """A hierarchy, weighed and synthesised.

    Attributes
    ----------
    scores
        Mapping from alternative to score, summing to 1; empty if only criteria were given.
    weights
        Mapping from leaf to global weight, summing to 1, depth first.
    local
        Mapping from node to local weights of what is below it: (name, weight) pairs.
    performance
        Mapping from leaf to the local priorities of the alternatives: (name, priority) pairs, summing to 1
        (distributive) or with the best at 1 (ideal).
    priorities
        Mapping from node or leaf to `Priorities`, wherever judgements were given.
    synthesis
        How alternatives were combined.
    """

    shown_digits: ClassVar[int | None] = 4

    scores: dict[Hashable, float]
    weights: dict[Hashable, float]
    local: dict[Hashable, tuple[tuple[Hashable, float], ...]]
    performance: dict[Hashable, tuple[tuple[Hashable, float], ...]]
    priorities: dict[Hashable, Priorities] = field(default_factory=dict)
    synthesis: Synthesis = "distributive"

    def __repr__(self) -> str:
        shown = self.scores or self.weights
        top = sorted(shown.items(), key=lambda item: -item[1])[:4]
        names = ", ".join(f"{name} {value:.3f}" for name, value in top)
        return f"Hierarchy({names}{', ...' if len(shown) > 4 else ''}; {len(self.weights)} leaves, {self.synthesis})"

    def to_frame(self) -> pd.DataFrame:
        """Return alternatives by leaves (local priorities) with the score, or the leaf weights alone."""
        import pandas as pd

        weights = pd.Series(self.weights, name="weight", dtype=float)
        if not self.scores:
            return weights.to_frame()
        frame = pd.DataFrame({leaf: dict(pairs) for leaf, pairs in self.performance.items()}, index=list(self.scores))
        return frame.assign(score=pd.Series(self.scores))


def hierarchy(
    criteria: Mapping[Any, Judged],
    alternatives: Mapping[Any, Judged | Ratings] | None = None,
    *,
    synthesis: Synthesis = "distributive",
    method: Method = "eigenvector",
    random_index: str | Mapping[int, float] = "saaty",
) -> Hierarchy:
    """Weigh a hierarchy of criteria and score alternatives on it.

    Parameters
    ----------
    criteria : mapping
        For each node what is directly below it, with the judgements: a labelled square DataFrame, a pair
        (labels, matrix), or a mapping from name to local weight. The goal is the node that is below no other; names
        without an entry of their own are leaves. Depth may differ from branch to branch.
    alternatives : mapping, optional
        For each leaf how the alternatives do on it: judgements (a labelled square DataFrame, or a pair
        (labels, matrix)), measurements (a Series or mapping of non-negative figures, more is better), or `Ratings`.
    synthesis : {"distributive", "ideal"}
        Local priorities sum to 1 (a copy of an alternative takes a share from all: ranks may reverse), or the best on
        each leaf has 1 (Saaty and Vargas, 1993); ideal scores are divided by their sum at the end. Ratings need
        ``"ideal"``, because an alternative's rating must not depend on the others.
    method, random_index
        As in `mcda.ahp`.

    Returns
    -------
    Hierarchy
        Scores, leaf weights, local weights, and the consistency of every judgement matrix.

    Raises
    ------
    InputError
        No single goal, a node below two others, weights that do not sum to 1, negative measurements, or judgements
        that break a rule.
    LabelError
        Leaves without alternatives, alternatives without a leaf, or different alternatives on different leaves.

    Examples
    --------
    >>> import mcda
    >>> car = mcda.hierarchy(
    ...     {"goal": (["cost", "comfort"], [[1, 3], [1 / 3, 1]])},
    ...     {"cost": (["x", "y"], [[1, 2], [1 / 2, 1]]), "comfort": {"x": 10, "y": 30}},
    ... )
    >>> {name: round(score, 4) for name, score in car.scores.items()}
    {'x': 0.5625, 'y': 0.4375}
    """
    if synthesis not in ("distributive", "ideal"):
        raise InputError(f"synthesis must be 'distributive' or 'ideal'. Got {synthesis!r}.")
    reader = _Reader(method, random_index)
    local = {node: reader.local(node, given, "Node") for node, given in criteria.items()}
    for node, below in local.items():
        if abs(sum(below.values()) - 1.0) > 1e-6:
            raise InputError(f"The local weights below '{node}' must sum to 1. They sum to {sum(below.values()):.9g}.")
    weights = _leaf_weights(local)
    performance: dict[Hashable, dict[Hashable, float]] = {}
    if alternatives is not None:
        _require_leaves(weights, alternatives)
        performance = {leaf: reader.performance(leaf, alternatives[leaf], synthesis) for leaf in weights}
    return Hierarchy(
        scores=_synthesised(weights, performance),
        weights=weights,
        local={node: tuple(below.items()) for node, below in local.items()},
        performance={leaf: tuple(values.items()) for leaf, values in performance.items()},
        priorities=reader.found,
        synthesis=synthesis,
    )


class _Reader:
    """Reads what was given for a node or leaf, and keeps the priorities of all judgements."""

    def __init__(self, method: Method, random_index: str | Mapping[int, float]) -> None:
        self.method = method
        self.random_index = random_index
        self.found: dict[Hashable, Priorities] = {}

    def local(self, name: Hashable, given: Judged, what: str) -> dict[Hashable, float]:
        labels_and_matrix = _judgements(given)
        if labels_and_matrix is None:
            return _figures(given, name, what)
        labels, matrix = labels_and_matrix
        try:
            found = ahp(matrix, self.method, random_index=self.random_index, labels=labels)
        except InputError as error:
            raise type(error)(f"{what} '{name}': {error}") from error
        self.found[name] = found
        return dict(zip(labels, np.asarray(found.weights).tolist(), strict=True))

    def performance(self, leaf: Hashable, given: Judged | Ratings, synthesis: Synthesis) -> dict[Hashable, float]:
        if not isinstance(given, Ratings):
            return _shared(self.local(leaf, given, "Leaf"), synthesis, leaf)
        if synthesis != "ideal":
            raise InputError(f"Leaf '{leaf}' is rated by intensities, which needs synthesis='ideal'.")
        return _rated(given, self.local(leaf, given.intensities, "Intensities of leaf"), leaf)


def _judgements(given: Any) -> tuple[list[Hashable], Any] | None:
    """Labels and matrix if judgements were given; None if figures were."""
    if is_frame(given):
        aligned = given.loc[:, list(given.index)] if set(given.index) == set(given.columns) else given
        return list(given.index), aligned.to_numpy()
    if isinstance(given, tuple) and len(given) == 2:
        return list(given[0]), given[1]
    return None


def _figures(given: Any, name: Hashable, what: str) -> dict[Hashable, float]:
    if is_series(given):
        given = dict(zip(given.index, given.to_numpy(), strict=True))
    if not isinstance(given, Mapping) or not given:
        raise InputError(
            f"{what} '{name}' must be a labelled square DataFrame, a pair (labels, matrix), or figures by name. "
            f"Got {type(given).__name__}."
        )
    values = {label: float(value) for label, value in given.items()}
    for label, value in values.items():
        if not (np.isfinite(value) and value >= 0.0):
            raise InputError(f"{what} '{name}' must have figures of at least 0. Got {value} for '{label}'.")
    return values


def _leaf_weights(local: Mapping[Hashable, Mapping[Hashable, float]]) -> dict[Hashable, float]:
    below = [child for children in local.values() for child in children]
    if repeated := sorted({str(child) for child in below if below.count(child) > 1}):
        raise InputError(f"Each criterion stands below one node only. Below two or more: {repeated}.")
    goals = [node for node in local if node not in below]
    if len(goals) != 1:
        raise InputError(f"A hierarchy has exactly one goal, a node below no other. Found {goals}.")
    weights: dict[Hashable, float] = {}

    def descend(node: Hashable, share: float) -> None:
        if node not in local:
            weights[node] = share
            return
        for child, weight in local[node].items():
            descend(child, share * weight)

    descend(goals[0], 1.0)
    return weights


def _require_leaves(weights: Mapping[Hashable, float], alternatives: Mapping[Any, Judged | Ratings]) -> None:
    if missing := [leaf for leaf in weights if leaf not in alternatives]:
        raise LabelError(f"Leaf {missing[0]!r} has no alternatives; give judgements, figures or ratings for it.")
    if unknown := [leaf for leaf in alternatives if leaf not in weights]:
        raise LabelError(f"{unknown[0]!r} is not a leaf. The leaves are {list(weights)}.")


def _shared(values: Mapping[Hashable, float], synthesis: Synthesis, leaf: Hashable) -> dict[Hashable, float]:
    whole = sum(values.values()) if synthesis == "distributive" else max(values.values())
    if whole <= 0.0:
        raise InputError(f"Leaf '{leaf}' has no figure above 0, so nothing can be shared out.")
    return {name: value / whole for name, value in values.items()}


def _rated(ratings: Ratings, intensities: Mapping[Hashable, float], leaf: Hashable) -> dict[Hashable, float]:
    highest = max(intensities.values())
    if highest <= 0.0:
        raise InputError(f"Leaf '{leaf}' has no intensity above 0.")
    if unknown := [rating for rating in ratings.given.values() if rating not in intensities]:
        raise LabelError(f"Leaf '{leaf}' has no intensity {unknown[0]!r}. It has {list(intensities)}.")
    return {name: intensities[rating] / highest for name, rating in ratings.given.items()}


def _synthesised(
    weights: Mapping[Hashable, float], performance: Mapping[Hashable, Mapping[Hashable, float]]
) -> dict[Hashable, float]:
    if not performance:
        return {}
    first = next(iter(performance))
    names: Sequence[Hashable] = list(performance[first])
    for leaf, values in performance.items():
        if set(values) != set(names):
            odd = sorted(map(str, set(values) ^ set(names)))
            raise LabelError(f"Leaves '{first}' and '{leaf}' must have the same alternatives. Only on one: {odd}.")
    table: FloatArray = np.array([[performance[leaf][name] for leaf in weights] for name in names])
    totals = table @ np.array(list(weights.values()))
    if totals.sum() <= 0.0:
        raise InputError("Every alternative scores 0; there is nothing to share out.")
    return dict(zip(names, (totals / totals.sum()).tolist(), strict=True))
