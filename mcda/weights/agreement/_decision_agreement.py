"""How far the people of a decision agree, and where the divide lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd

from mcda.errors import InputError
from mcda.notebook import ShownAsTable
from mcda.weights._decision import down_the_tree, judgement_matrices, weigh_decision
from mcda.weights.agreement._agreement import consensus, garuti_compatibility, kendall_w
from mcda.weights.agreement._clusters import cluster_priorities, distance_matrix
from mcda.weights.agreement._divisive import divisive_judgements
from mcda.weights.agreement._individuals import Gaps, individual_priorities
from mcda.weights.agreement._variance import VarianceShare, variance_between_groups
from mcda.wording import percent

if TYPE_CHECKING:
    from collections.abc import Callable

    from mcda.arrays import FloatArray
    from mcda.decision import Decision
    from mcda.weights.agreement._agreement import Variant

WHOLE = "all"
"""Row of the tables for everyone together."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Agreement(ShownAsTable):
    """How far the people of a decision agree.

    Attributes
    ----------
    gaps
        What was done about people whose answers at a node do not connect everything: ``"borrow"`` their group's
        weights, or ``"leave_out"``.
    borrowed, left_out
        (stakeholder, node) pairs to which that happened.
    stakeholders
        (stakeholders, leaves) everyone's leaf weights; NaN for those left out.
    consensus
        Goepel's S* by node (columns), for everyone and inside each group (rows); NaN for fewer than two people.
    concordance
        Kendall's W over the leaf weights, for everyone and inside each group.
    compatibility
        (groups, groups) Garuti's G between the groups' leaf weights.
    group_consensus
        (groups, groups) Goepel's S* between two groups' mean weights at the top of the tree.
    variance
        Variance of log-ratios at the top of the tree, between groups against within them; None for a single group.
    distances
        (stakeholders, stakeholders) distance of log-ratios at the top of the tree.
    clusters
        Who thinks alike at the top of the tree, whatever their group.
    silhouette
        How distinct the clusters are: above about 0.5 they are, near 0 they are not.
    divisive
        The questions on which groups differ, the widest gap first: node, both criteria, each group's mean answer.
    variant
        Which variant of S* this is.
    """

    shown_digits: ClassVar[int | None] = 2

    gaps: Gaps
    borrowed: tuple[tuple[str, str], ...]
    left_out: tuple[tuple[str, str], ...]
    stakeholders: pd.DataFrame
    consensus: pd.DataFrame
    concordance: pd.Series
    compatibility: pd.DataFrame
    group_consensus: pd.DataFrame
    variance: VarianceShare | None
    distances: pd.DataFrame
    clusters: tuple[tuple[str, ...], ...]
    silhouette: float
    divisive: pd.DataFrame
    variant: Variant

    def __repr__(self) -> str:
        top = self.consensus.iloc[:, 0].to_dict()[WHOLE]
        order = self.concordance.to_dict()[WHOLE]
        share = (
            "" if self.variance is None else f"; {percent(self.variance.between)} of the disagreement is between groups"
        )
        return f"Agreement(S* {top:.2f}, W {order:.2f}{share})"

    def to_frame(self) -> pd.DataFrame:
        """Return one row for everyone and each group: S* by node and Kendall's W."""
        return self.consensus.assign(kendall_w=self.concordance)

    def to_record(self) -> dict[str, Any]:
        """Return everything as plain data for JSON."""
        return {
            "gaps": self.gaps,
            "borrowed": [{"stakeholder": person, "node": node} for person, node in self.borrowed],
            "left_out": [{"stakeholder": person, "node": node} for person, node in self.left_out],
            "consensus": {"variant": self.variant, "s_star": _plain(self.consensus)},
            "kendall_w": {str(name): _number(value) for name, value in self.concordance.items()},
            "garuti_g": _plain(self.compatibility),
            "group_s_star": _plain(self.group_consensus),
            "variance": None
            if self.variance is None
            else {
                "between": self.variance.between,
                "within": self.variance.within,
                "p_value": self.variance.p_value,
                "permutations": self.variance.permutations,
            },
            "distances": _plain(self.distances),
            "clusters": [list(members) for members in self.clusters],
            "silhouette": self.silhouette,
            "divisive": self.divisive.to_dict(orient="records"),
        }


def agreement(
    decision: Decision, *, gaps: Gaps = "borrow", variant: Variant = "ahp_os", permutations: int = 9999, seed: int = 0
) -> Agreement:
    """Measure how far the stakeholders of a decision agree, from their pairwise judgements.

    Parameters
    ----------
    decision
        A decision with pairwise judgements.
    gaps
        What to do about people whose answers at a node do not connect everything: ``"borrow"`` their group's weights
        there, or ``"leave_out"``. The result says whom this affected.
    variant
        Which variant of Goepel's S*: see `mcda.weights.consensus`.
    permutations, seed
        Of the test of whether groups differ more than by chance.

    Returns
    -------
    Agreement
        Consensus, concordance and compatibility; the share of variance between groups; who thinks alike; on which
        questions groups differ.

    Raises
    ------
    InputError
        If the decision has no pairwise judgements, or nobody can be compared.

    Notes
    -----
    Weights are logarithmic least squares solutions. Consensus between two groups compares the arithmetic means of
    their members' weights.

    Examples
    --------
    >>> import mcda
    >>> mcda.agreement(mcda.load("datasets/nhs-digital"))
    Agreement(S* 0.51, W 0.30; 83.2% of the disagreement is between groups)
    """
    if not decision.judgements:
        raise InputError("The decision has no pairwise_judgements, and agreement between people is measured from them.")
    tree = decision.criteria
    people = pd.Index([person.id for person in decision.stakeholders], name="stakeholder_id")
    group_of = np.array([person.group for person in decision.stakeholders])
    nodes = [node for node in tree.inner if len(tree.children(node)) > 1]
    answers = {node: judgement_matrices(decision, node) for node in nodes}
    local = {node: individual_priorities(answers[node], group_of.tolist(), gaps=gaps) for node in nodes}
    weights = {node: np.ones((len(people), 1)) for node in tree.inner} | {n: own.weights for n, own in local.items()}
    leaves = pd.DataFrame(down_the_tree(tree, weights), people, pd.Index(tree.leaf_ids, name="criterion_id"))
    top = pd.DataFrame(weights[nodes[0]], people).dropna()
    if len(top) < 2:
        raise InputError(f"Fewer than two people answered at '{nodes[0]}'; there is no agreement to measure.")
    groups = {group.id: group_of == group.id for group in decision.groups if group.id in group_of}
    rows = {WHOLE: np.ones(len(people), dtype=bool)} | groups
    top_groups = group_of[people.isin(top.index)]
    clusters = cluster_priorities(top.to_numpy())
    return Agreement(
        gaps=gaps,
        borrowed=tuple((people[row], node) for node, own in local.items() for row in own.borrowed),
        left_out=tuple((people[row], node) for node, own in local.items() for row in own.left_out),
        stakeholders=leaves,
        consensus=pd.DataFrame(
            {node: {name: _consensus(weights[node][who], variant) for name, who in rows.items()} for node in nodes}
        ),
        concordance=pd.Series({name: _concordance(leaves[who]) for name, who in rows.items()}, dtype=float),
        compatibility=_between(weigh_decision(decision, "pairwise").groups, garuti_compatibility),
        group_consensus=_between(
            top.groupby(top_groups).mean().reindex([name for name in groups if name in top_groups]),
            lambda first, second: consensus([first, second], variant).s_star,
        ),
        variance=variance_between_groups(top, top_groups.tolist(), permutations=permutations, rng=seed)
        if len(set(top_groups)) > 1
        else None,
        distances=pd.DataFrame(distance_matrix(top), top.index, top.index),
        clusters=tuple(tuple(map(str, members)) for members in clusters.members(top.index.tolist())),
        silhouette=clusters.silhouette,
        divisive=_divisive(decision, answers, group_of.tolist()),
        variant=variant,
    )


def _consensus(weights: FloatArray, variant: Variant) -> float:
    known = weights[~np.isnan(weights).any(axis=1)]
    return consensus(known, variant).s_star if len(known) > 1 else np.nan


def _concordance(leaves: pd.DataFrame) -> float:
    known = leaves.dropna()
    return kendall_w(known).w if min(known.shape) > 1 else np.nan


def _between(weights: pd.DataFrame, index: Callable[[FloatArray, FloatArray], float | FloatArray]) -> pd.DataFrame:
    rows = weights.to_numpy()
    table = [[index(first, second) for second in rows] for first in rows]
    return pd.DataFrame(table, weights.index, pd.Index(weights.index, name=None)).rename_axis("group_id")


def _divisive(decision: Decision, answers: dict[str, FloatArray], group_of: list[str]) -> pd.DataFrame:
    found: list[dict[str, Any]] = []
    if len(set(group_of)) > 1:
        for node, matrices in answers.items():
            labels = decision.criteria.children(node)
            found += [{"node": node, **item} for item in divisive_judgements(matrices, group_of, labels=labels)]
    table = pd.DataFrame(found, columns=["node", "a", "b", "means", "ratio", "between"])
    return table.sort_values("ratio", ascending=False, kind="stable", ignore_index=True)


def _plain(frame: pd.DataFrame) -> dict[str, dict[str, float | None]]:
    return {str(row): {str(name): _number(value) for name, value in line.items()} for row, line in frame.iterrows()}


def _number(value: float) -> float | None:
    """Return a figure for JSON, which has no NaN."""
    return None if np.isnan(value) else float(value)
