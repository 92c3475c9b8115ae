"""Judgements of a decision to leaf weights: per stakeholder, per group and for the Board."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
import pandas as pd

from mcda.errors import InputError, LabelError
from mcda.notebook import ShownAsTable
from mcda.weights.pairwise._ahp import ahp
from mcda.weights.pairwise._graph import is_connected
from mcda.weights.pairwise._group import group_priorities
from mcda.weights.pairwise._priorities import CONSISTENCY_LIMIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mcda.decision import CriteriaTree, Decision

Source = Literal["pairwise", "swing", "stated"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DecisionWeights(ShownAsTable):
    """Leaf weights of a decision, from each point of view.

    Attributes
    ----------
    source
        ``"pairwise"`` judgements, ``"swing"`` points, or ``"stated"`` in the criteria file.
    board
        (leaves,) the average of the groups' weights, weighted by their Board weights.
    groups
        (groups, leaves).
    stakeholders
        (stakeholders, leaves); a row of NaN for anyone whose answers do not reach every leaf.
    consistency
        (stakeholders, inner nodes) consistency ratio of the answers; NaN where nothing can be said.
    unanswered
        One row per question left open: stakeholder, node, both criteria.
    attention
        One row per answer worth another look: those that disagree most with the rest of an inconsistent person's
        answers at the same node.
    """

    shown_digits: ClassVar[int | None] = 3

    source: Source
    board: pd.Series
    groups: pd.DataFrame
    stakeholders: pd.DataFrame
    consistency: pd.DataFrame
    unanswered: pd.DataFrame
    attention: pd.DataFrame

    def __repr__(self) -> str:
        top = ", ".join(f"{leaf} {weight:.3f}" for leaf, weight in self.board.nlargest(3).items())
        return f"DecisionWeights({self.source}; {len(self.groups)} groups; highest for the Board: {top})"

    def of_group(self, group: str) -> pd.Series:
        """Return the leaf weights of one group.

        Raises
        ------
        LabelError
            If there is no such group.
        """
        if group not in self.groups.index:
            raise LabelError(f"There is no group '{group}'. Known: {', '.join(map(str, self.groups.index)) or 'none'}.")
        return pd.Series(self.groups.loc[group], name="weight")

    def to_frame(self) -> pd.DataFrame:
        """Leaves by (board, then each group)."""
        return pd.concat([self.board.rename("board"), self.groups.T], axis="columns").rename_axis("criterion_id")

    def to_record(self) -> dict[str, object]:
        """Return everything as plain data for JSON."""
        return {
            "source": self.source,
            "board": self.board.to_dict(),
            "groups": self.groups.to_dict(orient="index"),
            "stakeholders": _without_nan(self.stakeholders),
            "consistency_ratio": _without_nan(self.consistency),
            "unanswered": self.unanswered.to_dict(orient="records"),
            "attention": self.attention.to_dict(orient="records"),
        }


def weigh_decision(decision: Decision, source: Source | None = None) -> DecisionWeights:
    """Turn the judgements of a decision into leaf weights.

    Pairwise judgements: local weights of a group at a node are the logarithmic least squares solution over all
    answered comparisons of its members (Crawford and Williams, 1985, on the comparison graph; for complete answers
    the row geometric mean of the geometric mean judgements). Local weights multiply down the tree. Swing points: each
    person's points are divided by their sum, then averaged over the group. The Board's weights are the mean of the
    groups' leaf weights, weighted by ``default_board_weight``.

    Parameters
    ----------
    decision
        The decision.
    source
        ``"pairwise"``, ``"swing"`` or ``"stated"``; default: the first of these that the decision has.

    Returns
    -------
    DecisionWeights
        Weights per stakeholder, per group and for the Board, and how sound the judgements are.

    Raises
    ------
    InputError
        If the decision lacks what `source` names, or a group's answers leave part of a node unconnected.

    Examples
    --------
    >>> import mcda
    >>> mcda.weigh_decision(mcda.load("datasets/nhs-digital")).board.round(3).nlargest(3).to_dict()
    {'C1': 0.188, 'C9': 0.183, 'C2': 0.113}
    """
    present: dict[Source, bool] = {
        "pairwise": bool(decision.judgements),
        "swing": bool(decision.swing_points),
        "stated": any(leaf.weight is not None for leaf in decision.criteria.leaves),
    }
    if source is None:
        source = next((name for name, there in present.items() if there), "pairwise")
    if source not in present:
        raise InputError(f"The source of weights must be one of {', '.join(present)}. Got '{source}'.")
    if not present[source]:
        needed = {
            "pairwise": "pairwise_judgements",
            "swing": "swing_points",
            "stated": "a weight column in criteria",
        }[source]
        raise InputError(f"The decision has no {needed}, which weights from '{source}' need.")
    if source == "stated":
        return _stated(decision)
    return _from_swings(decision) if source == "swing" else _from_judgements(decision)


def _stated(decision: Decision) -> DecisionWeights:
    leaves = decision.criteria.leaves
    board = pd.Series([leaf.weight for leaf in leaves], index=_leaf_index(decision), dtype=float, name="weight")
    return _assemble(decision, "stated", _no_rows(decision), _no_rows(decision), board=board)


def _from_swings(decision: Decision) -> DecisionWeights:
    points = pd.DataFrame(np.nan, index=[person.id for person in decision.stakeholders], columns=_leaf_index(decision))
    for item in decision.swing_points:
        points.loc[item.stakeholder, item.criterion] = item.points
    stakeholders = points.div(points.sum(axis="columns", skipna=False), axis="index").rename_axis("stakeholder_id")
    group_of = pd.Series({person.id: person.group for person in decision.stakeholders})
    groups = stakeholders.groupby(group_of).mean().reindex([group.id for group in decision.groups])
    return _assemble(decision, "swing", groups, stakeholders)


def _from_judgements(decision: Decision) -> DecisionWeights:
    people = [person.id for person in decision.stakeholders]
    members = {
        group.id: [people.index(person.id) for person in decision.members(group.id)] for group in decision.groups
    }
    local_people: dict[str, NDArray[np.float64]] = {}
    local_groups: dict[str, NDArray[np.float64]] = {}
    ratios: dict[str, NDArray[np.float64]] = {}
    attention: list[dict[str, object]] = []
    for node in decision.criteria.inner:
        children = decision.criteria.children(node)
        if len(children) == 1:
            local_people[node], local_groups[node] = np.ones((len(people), 1)), np.ones((len(members), 1))
            continue
        answers = judgement_matrices(decision, node)
        local_groups[node] = np.array([_group_weights(answers[rows], group, node) for group, rows in members.items()])
        local_people[node], ratios[node], worth_a_look = _individuals(answers, people, node, children)
        attention += worth_a_look
    tree = decision.criteria
    groups = pd.DataFrame(down_the_tree(tree, local_groups), index=list(members), columns=_leaf_index(decision))
    stakeholders = pd.DataFrame(down_the_tree(tree, local_people), index=people, columns=_leaf_index(decision))
    consistency = pd.DataFrame(ratios, index=people)
    return _assemble(decision, "pairwise", groups, stakeholders, consistency=consistency, attention=attention)


def weights_of_everyone(decision: Decision) -> pd.DataFrame:
    """Return the weights of every stakeholder; anyone whose gaps cannot be bridged gets those of the group."""
    elicited = weigh_decision(decision)
    people = elicited.stakeholders.copy()
    for person in decision.stakeholders:
        if people.loc[person.id].isna().any():
            people.loc[person.id] = elicited.groups.loc[person.group]
    return people


def judgement_matrices(decision: Decision, node: str) -> NDArray[np.float64]:
    """Return everyone's answers at a node as reciprocal matrices.

    Returns
    -------
    numpy.ndarray
        (stakeholders, children, children) with NaN where the question was not answered and 1 on the diagonal.
    """
    children = decision.criteria.children(node)
    people = {person.id: row for row, person in enumerate(decision.stakeholders)}
    matrices = np.full((len(people), len(children), len(children)), np.nan)
    matrices[:, range(len(children)), range(len(children))] = 1.0
    for item in decision.judgements:
        if item.parent == node and item.value is not None:
            row, a, b = people[item.stakeholder], children.index(item.a), children.index(item.b)
            matrices[row, a, b], matrices[row, b, a] = item.value, 1.0 / item.value
    return matrices


def _group_weights(answers: NDArray[np.float64], group: str, node: str) -> NDArray[np.float64]:
    if len(answers) == 0:
        raise InputError(f"Group '{group}' has no stakeholder, so it has no weights. Add one, or remove the group.")
    try:
        return group_priorities(answers)
    except InputError as error:
        raise InputError(f"Group '{group}' at node '{node}': {error}") from error


def _individuals(
    answers: NDArray[np.float64], people: list[str], node: str, children: tuple[str, ...]
) -> tuple[NDArray[np.float64], NDArray[np.float64], list[dict[str, object]]]:
    weights = np.full(answers.shape[:2], np.nan)
    ratios = np.full(len(people), np.nan)
    attention: list[dict[str, object]] = []
    for row, person in enumerate(people):
        if not is_connected(answers[row]):
            continue
        priorities = ahp(answers[row], "logarithmic_least_squares", labels=children)
        weights[row] = priorities.weights
        ratios[row] = priorities.consistency_ratio
        if ratios[row] > CONSISTENCY_LIMIT:
            worst = priorities.worst_judgements(2)
            attention += [
                {"stakeholder": person, "node": node, "consistency_ratio": ratios[row], **item} for item in worst
            ]
    return weights, ratios, attention


def down_the_tree(tree: CriteriaTree, local: dict[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    """Multiply local weights down the tree: (rows, leaves)."""
    columns = []
    for leaf in tree.leaf_ids:
        path = tree.path(leaf)
        parts = [local[node][:, tree.children(node).index(child)] for node, child in itertools.pairwise(path)]
        columns.append(np.prod(parts, axis=0))
    return np.column_stack(columns)


def _leaf_index(decision: Decision) -> pd.Index:
    return pd.Index(decision.criteria.leaf_ids, name="criterion_id")


def _no_rows(decision: Decision) -> pd.DataFrame:
    return pd.DataFrame(np.empty((0, len(decision.criteria.leaf_ids))), columns=_leaf_index(decision))


def _assemble(
    decision: Decision,
    source: Source,
    groups: pd.DataFrame,
    stakeholders: pd.DataFrame,
    *,
    board: pd.Series | None = None,
    consistency: pd.DataFrame | None = None,
    attention: list[dict[str, object]] | None = None,
) -> DecisionWeights:
    if board is None:
        shares = pd.Series({group.id: group.default_board_weight for group in decision.groups})
        board = groups.mul(shares / shares.sum(), axis="index").sum(axis="index").rename("weight")
    unanswered = [(item.stakeholder, item.parent, item.a, item.b) for item in decision.judgements if item.value is None]
    return DecisionWeights(
        source=source,
        board=board,
        groups=groups.rename_axis("group_id"),
        stakeholders=stakeholders.rename_axis("stakeholder_id"),
        consistency=(pd.DataFrame(index=stakeholders.index) if consistency is None else consistency).rename_axis(
            "stakeholder_id"
        ),
        unanswered=pd.DataFrame(unanswered, columns=["stakeholder", "node", "a", "b"]),
        attention=pd.DataFrame(
            attention or [], columns=["stakeholder", "node", "consistency_ratio", "a", "b", "value", "fitting"]
        ),
    )


def _without_nan(frame: pd.DataFrame) -> dict[str, dict[str, float | None]]:
    """Return rows as plain data, with None where there is no figure (JSON has no NaN)."""
    return {
        str(row): {str(column): None if np.isnan(value) else float(value) for column, value in values.items()}
        for row, values in frame.iterrows()
    }
