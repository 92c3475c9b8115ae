"""Weights of the criteria, draw by draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.errors import InputError
from mcda.uncertainty._distributions import combine, dirichlet, in_order
from mcda.uncertainty._polytope import HitAndRun, information
from mcda.uncertainty._special import special
from mcda.uncertainty._uniforms import BLOCK
from mcda.weights import group_priorities, is_connected, judgement_matrices, weigh_decision
from mcda.weights._decision import down_the_tree

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from mcda.arrays import FloatArray
    from mcda.decision import Decision
    from mcda.uncertainty._sources import WeightDraw
    from mcda.weights import DecisionWeights

AROUND_THE_BOARD = 50.0
"""Default concentration of a Dirichlet distribution around the Board's weights."""


@dataclass(frozen=True, slots=True)
class WeightSampler:
    """How to draw weights.

    Attributes
    ----------
    columns
        How many uniform numbers a draw uses.
    draw
        From (rows, columns) uniform numbers and the number of the block to (rows, leaves) weights.
    """

    columns: int
    draw: Callable[[FloatArray, int], FloatArray]


def weight_sampler(decision: Decision, asked: WeightDraw, seed: int) -> WeightSampler:
    """Prepare the draws of leaf weights.

    Raises
    ------
    InputError
        If the decision lacks what this kind of weights needs, or no weighting agrees with the information.
    LabelError
        If a group or a leaf is unknown.
    """
    if asked.kind == "uniform":
        return _uniform(decision, asked, seed)
    found = weigh_decision(decision)
    if asked.kind in ("board", "group"):
        row = found.board if asked.kind == "board" else found.of_group(str(asked.group))
        return given_weights(row.to_numpy(dtype=float)[None])
    if asked.kind == "dirichlet":
        return _around(found.board.to_numpy(dtype=float), asked)
    if asked.kind == "judgements":
        if found.source != "pairwise":
            raise InputError("Weights of kind 'judgements' need pairwise judgements; this decision has none.")
        return _judgements(decision, asked)
    return _views(decision, found, asked)


def given_weights(rows: FloatArray) -> WeightSampler:
    """Return weights that are known draw by draw (s, c); the last row serves all further draws."""
    last = len(rows) - 1

    def draw(uniform: FloatArray, number: int) -> FloatArray:
        return np.asarray(rows[np.minimum(np.arange(number * BLOCK, number * BLOCK + len(uniform)), last)])

    return WeightSampler(0, draw)


def mixed_weights(rows: FloatArray, concentration: float = 1.0) -> WeightSampler:
    """Return mixes of weights (t, c), with shares from a symmetric Dirichlet distribution."""
    return _mix(rows, np.ones(len(rows)), concentration)


def any_weights(count: int) -> WeightSampler:
    """Return weights of a number of criteria, uniform on the simplex."""
    flat = np.ones(count)
    return WeightSampler(count, lambda uniform, number: dirichlet(uniform, flat))


def groups_in_mixes(decision: Decision) -> pd.DataFrame:
    """Return the leaf weights of the groups that are mixed: those with Board weight."""
    weights = weigh_decision(decision).groups
    return weights[[group.default_board_weight > 0.0 for group in decision.groups]]


def _views(decision: Decision, found: DecisionWeights, asked: WeightDraw) -> WeightSampler:
    if not len(found.groups):
        raise InputError(f"Weights of kind '{asked.kind}' need people who judge; this decision states its weights.")
    board_share = np.array([group.default_board_weight for group in decision.groups])
    if asked.kind == "group_mix":
        present = (board_share > 0.0).astype(float)
        return _mix(found.groups.to_numpy(dtype=float), present, _concentration(asked))
    return _people(decision, found.stakeholders, found.groups, board_share, asked)


def _around(centre: FloatArray, asked: WeightDraw) -> WeightSampler:
    alpha = centre * (AROUND_THE_BOARD if asked.concentration is None else asked.concentration)
    return WeightSampler(len(centre), lambda uniform, number: dirichlet(uniform, alpha))


def _concentration(asked: WeightDraw) -> float:
    return 1.0 if asked.concentration is None else asked.concentration


def _mix(rows: FloatArray, present: FloatArray, concentration: float) -> WeightSampler:
    alpha = present * concentration
    return WeightSampler(len(rows), lambda uniform, number: combine(dirichlet(uniform, alpha), rows))


def _people(
    decision: Decision, people: pd.DataFrame, groups: pd.DataFrame, board_share: FloatArray, asked: WeightDraw
) -> WeightSampler:
    """Draw people or mixes of them; if someone's answers do not reach every leaf, the group's weights stand in."""
    place = {group.id: row for row, group in enumerate(decision.groups)}
    group_of = np.array([place[person.group] for person in decision.stakeholders])
    own = people.to_numpy(dtype=float)
    rows = np.where(np.isnan(own).any(axis=1, keepdims=True), groups.to_numpy(dtype=float)[group_of], own)
    if asked.kind == "stakeholder_mix":
        return _mix(rows, (board_share[group_of] > 0.0).astype(float), _concentration(asked))
    members = np.bincount(group_of, minlength=len(board_share))
    chance = np.cumsum(board_share[group_of] / members[group_of])
    chance /= chance[-1]
    last = int(np.flatnonzero(np.diff(chance, prepend=0.0) > 0.0)[-1])
    return WeightSampler(
        1, lambda uniform, number: rows[np.minimum(np.searchsorted(chance, uniform[:, 0], side="right"), last)]
    )


def _uniform(decision: Decision, asked: WeightDraw, seed: int) -> WeightSampler:
    leaves = decision.criteria.leaf_ids
    if asked.informed:
        chains = HitAndRun(leaves, asked, seed)
        return WeightSampler(0, lambda uniform, number: chains.draw(number)[: len(uniform)])
    information(leaves, asked)  # raises an error that names an unknown leaf
    ranked = [leaves.index(leaf) for leaf in asked.ranking]
    whole = any_weights(len(leaves))

    def draw(uniform: FloatArray, number: int) -> FloatArray:
        # By symmetry: a uniform point of the simplex with the ranked coordinates put in order is uniform on that part.
        weights = whole.draw(uniform, number)
        if ranked:
            weights[:, ranked] = -np.sort(-weights[:, ranked], axis=1)
        return weights

    return WeightSampler(len(leaves), draw)


def _judgements(decision: Decision, asked: WeightDraw) -> WeightSampler:
    """Weights of the Board if every answer had an error.

    The logarithmic least squares weights of a group are linear in the logarithms of its answers, so their errors are
    normal with covariance error² L⁺, where L is the Laplacian of the group's comparisons. These errors are drawn
    directly, not answer by answer.
    """
    tree = decision.criteria
    nodes = [node for node in tree.inner if len(tree.children(node)) > 1]
    answers = {node: judgement_matrices(decision, node) for node in nodes}
    error = _pooled_error(list(answers.values())) if asked.error is None else asked.error
    people = [person.id for person in decision.stakeholders]
    share = np.array([group.default_board_weight for group in decision.groups])
    share = share / share.sum()
    centre: dict[tuple[str, str], FloatArray] = {}
    spread: dict[tuple[str, str], FloatArray] = {}
    for group in decision.groups:
        rows = [people.index(person.id) for person in decision.members(group.id)]
        for node in nodes:
            centre[group.id, node] = np.log(group_priorities(answers[node][rows]))
            spread[group.id, node] = error * _root(answers[node][rows])
    widths = {node: len(tree.children(node)) for node in nodes}

    def draw(uniform: FloatArray, number: int) -> FloatArray:
        scores = special.ndtri(uniform)
        total = np.zeros((len(uniform), len(tree.leaf_ids)))
        at = 0
        for group, part in zip(decision.groups, share, strict=True):
            local = {node: np.ones((len(uniform), 1)) for node in tree.inner}
            for node, width in widths.items():
                logs = centre[group.id, node] + combine(scores[:, at : at + width], spread[group.id, node])
                raised = np.exp(logs - logs.max(axis=1, keepdims=True))
                local[node] = raised / in_order(raised)[:, None]
                at += width
            total += part * down_the_tree(tree, local)
        return np.asarray(total / in_order(total)[:, None])

    return WeightSampler(len(decision.groups) * sum(widths.values()), draw)


def _root(answers: FloatArray) -> FloatArray:
    """Return the symmetric square root of the pseudo-inverse of the Laplacian of all answered comparisons."""
    count = (~np.isnan(answers)).sum(axis=0).astype(float)
    np.fill_diagonal(count, 0.0)
    laplacian = np.diag(count.sum(axis=1)) - count
    values, vectors = np.linalg.eigh(laplacian)
    inverse = np.where(values > 1e-9, 1.0 / np.sqrt(np.maximum(values, 1e-9)), 0.0)
    return np.asarray((vectors * inverse) @ vectors.T)


def _pooled_error(nodes: list[FloatArray]) -> float:
    """Return the standard deviation of the logarithm of one answer, from how people contradict themselves.

    The square root of the geometric consistency index (Crawford and Williams, 1985), pooled over people and nodes
    with the degrees of freedom that each has.
    """
    squares, freedom = 0.0, 0
    for answers in nodes:
        size = answers.shape[1]
        upper = np.triu(np.ones((size, size), dtype=bool), 1)
        for matrix in answers:
            asked = ~np.isnan(matrix) & upper
            if not is_connected(matrix) or asked.sum() < size:
                continue
            logs = np.log(group_priorities(matrix[None]))
            residual = np.log(matrix) - (logs[:, None] - logs[None, :])
            squares += float((residual[asked] ** 2).sum())
            freedom += int(asked.sum()) - (size - 1)
    if not freedom:
        raise InputError(
            "Nobody answered enough questions to show how consistent their answers are, so the error is unknown. "
            "State it, such as error = 0.2."
        )
    return float(np.sqrt(squares / freedom))
