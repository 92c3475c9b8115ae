"""What each project of a decision is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

import numpy as np
import pandas as pd

from mcda.arrays import read_weights
from mcda.errors import InputError
from mcda.scoring._dispatch import score
from mcda.scoring._pymcdm import higher_is_better
from mcda.scoring._registry import methods
from mcda.scoring.methods._topsis import topsis

if TYPE_CHECKING:
    from mcda.arrays import Numbers, OneWeighting
    from mcda.decision import Decision, Level

SCALE = 100.0
"""A project that takes one leaf over its whole reference range is worth 100 points of that leaf."""

NOTES = {
    "additive": (
        "Value is measured from do-nothing and adds up over a portfolio: it is the weighted share of each "
        "reference range, in points of 100."
    ),
    "topsis": (
        "The score is how much nearer to the ideal project this one is than doing nothing. TOPSIS scores do not "
        "measure value that adds up: their sum favours many middling projects, and synergies of performance have "
        "no score. Use it to see whether the choice survives another method, not as the value of a portfolio."
    ),
}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ProjectValues:
    """What funding each project, and each synergy, adds over doing nothing.

    Attributes
    ----------
    method
        ``"additive"`` or ``"topsis"``.
    projects, synergies
        Value by identifier. Synergies have no score under TOPSIS: zero.
    by_criterion
        Projects by leaves: the weighted part of each leaf (additive; sums to `projects`), or the plain leaf values
        that were compared (TOPSIS).
    note
        What adding these figures up means.
    """

    method: str
    projects: pd.Series
    synergies: pd.Series
    by_criterion: pd.DataFrame
    note: str

    def __repr__(self) -> str:
        best = self.projects.sort_values(ascending=False).head(3)
        shown = ", ".join(f"{name} {value:.2f}" for name, value in best.items())
        return f"ProjectValues({self.method}, {len(self.projects)} projects; highest: {shown})"

    def to_frame(self) -> pd.DataFrame:
        """Projects by (value, then one column per leaf), highest value first."""
        frame = self.by_criterion.copy()
        frame.insert(0, "value", self.projects)
        return frame.sort_values("value", ascending=False, kind="stable")


def leaf_values(decision: Decision, level: Level = "most_likely") -> pd.DataFrame:
    """Return the value of each project on each leaf, measured from its own do-nothing level.

    Parameters
    ----------
    decision
        The decision.
    level
        Which performance to use: ``"most_likely"``, ``"pessimistic"`` or ``"optimistic"``.

    Returns
    -------
    pandas.DataFrame
        (projects, leaves) in points: ``100 * (level - do_nothing) / (reference_better - reference_worse)``;
        positive for an improvement whatever the direction; above 100 and below 0 are possible.
    """
    gain = decision.performance.level(level) - decision.performance.do_nothing
    frame = pd.DataFrame(
        SCALE * gain / _swings(decision),
        index=pd.Index(decision.project_ids, name="project_id"),
        columns=pd.Index(decision.criteria.leaf_ids, name="criterion_id"),
    )
    return frame + 0.0  # -0.0 looks wrong in a table


def synergy_leaf_values(decision: Decision) -> pd.DataFrame:
    """Return what each synergy adds on each leaf when all its members are in: (synergies, leaves), in points."""
    leaves = decision.criteria.leaf_ids
    amounts = np.zeros((len(decision.synergies), len(leaves)))
    for row, synergy in enumerate(decision.synergies):
        for effect in synergy.effects:
            if effect.criterion is not None:
                amounts[row, leaves.index(effect.criterion)] += effect.amount
    return pd.DataFrame(
        SCALE * amounts / _swings(decision) + 0.0,
        index=pd.Index([synergy.id for synergy in decision.synergies], name="synergy_id", dtype=object),
        columns=pd.Index(leaves, name="criterion_id"),
    )


def value_projects(
    decision: Decision,
    weights: Numbers | OneWeighting,
    method: Literal["additive", "topsis"] = "additive",
    level: Level = "most_likely",
) -> ProjectValues:
    """Return what funding each project adds over doing nothing.

    Parameters
    ----------
    decision
        The decision.
    weights
        (leaves,) non-negative, sum to 1; a Series is matched by label, an array is in the order of
        ``decision.criteria.leaf_ids``.
    method
        ``"additive"``: weighted sum of `leaf_values` (Keeney and Raiffa, 1976, chapter 3), zero at do-nothing
        (Clemen and Smith, 2009). ``"topsis"``: closeness to the ideal (Hwang and Yoon, 1981) among the projects and
        doing nothing, less the closeness of doing nothing.
    level
        Which performance to use.

    Returns
    -------
    ProjectValues
        Values of projects and synergies, with a note on what adding them up means.

    Raises
    ------
    InputError
        If the method or the level is unknown, or the weights break a rule of the scoring contract.

    Examples
    --------
    >>> import mcda
    >>> decision = mcda.load("datasets/nhs-digital")
    >>> weights = mcda.weigh_decision(decision).board
    >>> mcda.value_projects(decision, weights).projects.round(2).nlargest(2).to_dict()
    {'P36': 26.82, 'P30': 21.73}
    """
    if method not in NOTES:
        raise InputError(f"The method must be one of {', '.join(NOTES)}. Got '{method}'.")
    leaves = leaf_values(decision, level)
    weight = pd.Series(read_weights(weights, list(leaves.columns), leaves.shape[1]).values, index=leaves.columns)
    if method == "topsis":
        do_nothing = pd.DataFrame(0.0, index=["do nothing"], columns=leaves.columns)
        closeness = topsis(pd.concat([leaves, do_nothing]), weight, ["max"] * leaves.shape[1])
        scores = closeness.iloc[:-1] - closeness.iloc[-1]
        synergies = pd.Series(0.0, index=synergy_leaf_values(decision).index)
        return ProjectValues(method, scores.rename("value"), synergies, leaves, NOTES[method])
    parts = leaves * weight
    return ProjectValues(
        method,
        _added_in_order(parts),
        _added_in_order(synergy_leaf_values(decision) * weight),
        parts,
        NOTES[method],
    )


def score_projects(
    decision: Decision, weights: Numbers | OneWeighting, method: str, level: Level = "most_likely", **parameters: object
) -> pd.Series:
    """Score the projects against each other by any method, on what each adds over doing nothing.

    Parameters
    ----------
    decision
        The decision.
    weights
        (leaves,) non-negative, sum to 1; a Series is matched by label.
    method
        A name of `mcda.methods()` that gives scores, or ``"pymcdm:NAME"``.
    level
        Which performance to use.
    **parameters
        Passed to the method. If it needs a range for every leaf, that is 0 to 100 points (widened to the projects' own
        levels for methods that refuse levels outside the range).

    Returns
    -------
    pandas.Series
        (projects,) scores on the method's own scale, best first. They rank projects; they do not add up over a
        portfolio (the values of `value_projects` do).

    Raises
    ------
    InputError
        If the method ranks without scores, or cannot use the figures: some methods divide by levels and refuse a
        worsening (a value below 0).
    LabelError
        If no method has this name.

    Examples
    --------
    >>> import mcda
    >>> decision = mcda.load("datasets/nhs-digital")
    >>> mcda.score_projects(decision, mcda.weigh_decision(decision).board, "vikor").index[0]
    'P11'
    """
    leaves = leaf_values(decision, level)
    worse, better = np.minimum(leaves.to_numpy().min(axis=0), 0.0), np.maximum(leaves.to_numpy().max(axis=0), SCALE)
    high = higher_is_better(method[7:]) if method.startswith("pymcdm:") else methods()[method].higher_is_better
    if high is None:
        title = methods()[method].title
        raise InputError(f"{title} gives a relation between projects, not scores; call mcda.{method} with a matrix.")
    given: dict[str, dict[str, object]] = {
        "additive": {"worse": [0.0] * len(worse), "better": [SCALE] * len(worse)},
        "spotis": {"bounds": np.stack([worse, better], axis=1)},
        "rim": {"bounds": np.stack([worse, better], axis=1)},
        "comet": {"characteristic_values": np.stack([worse, better], axis=1).tolist()},
    }
    found = score(method, leaves, weights, ["max"] * leaves.shape[1], **given.get(method, {}) | parameters)
    scores = cast("pd.Series[float]", found)  # one weighting of a DataFrame
    return scores.sort_values(ascending=not high, kind="stable")


def _added_in_order(parts: pd.DataFrame) -> pd.Series:
    """Add the columns one after the other: the same last digit on every machine, and in the Board pack's page."""
    total = np.zeros(len(parts))
    for column in range(parts.shape[1]):
        total = total + parts.iloc[:, column].to_numpy()
    return pd.Series(total, index=parts.index, name="value")


def _swings(decision: Decision) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    swings = []
    for leaf in decision.criteria.leaves:
        if leaf.reference_worse is None or leaf.reference_better is None:
            raise InputError(
                f"Leaf '{leaf.id}' has no reference range; state reference_worse and reference_better in criteria."
            )
        swings.append(leaf.reference_better - leaf.reference_worse)
    return np.array(swings)
