"""Where people disagree, and whether it matters: disagreement measured in portfolios, not only in weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd

from mcda.errors import InputError
from mcda.notebook import ShownAsTable
from mcda.portfolio._scored import ScoredProblem, jaccard, scored_problem, shares_of
from mcda.portfolio.groups._consensus import Consensus, consensus_of
from mcda.weights import weigh_decision, weights_of_everyone
from mcda.wording import guaranteed

if TYPE_CHECKING:
    from collections.abc import Iterable

    import solvers
    from mcda.decision import CriteriaTree, Decision


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Disagreement(ShownAsTable):
    """What the Board, each group and each stakeholder would fund, and which differences of judgement change that.

    Attributes
    ----------
    problem
        What was asked.
    weights
        Views by criteria: the Board, the groups, the stakeholders.
    groups, stakeholders
        Names of the views, without the Board.
    selected
        Views by options: the best portfolio of each view, proven.
    best
        Value of its own best portfolio to each view.
    share_of_best
        Views by portfolios (of the Board and the groups): the share of its own best that each view gets.
    overlap
        Views by views: Jaccard similarity of portfolios (options in both, divided by options in either).
    judgements
        One row per group and question of the criteria tree: how far its answer is from the Board's, and what the Board
        would fund if it took the group's answer to this question and kept its own to all others.
    consensus
        The compromise portfolios and the price of consensus among the groups.
    """

    shown_digits: ClassVar[int | None] = 3

    problem: ScoredProblem
    weights: pd.DataFrame
    groups: tuple[str, ...]
    stakeholders: tuple[str, ...]
    selected: pd.DataFrame
    best: pd.Series
    share_of_best: pd.DataFrame
    overlap: pd.DataFrame
    judgements: pd.DataFrame
    consensus: Consensus

    def portfolio_of(self, view: str) -> tuple[str, ...]:
        """Return the options that a view would fund."""
        return self.problem.names_of(self._rows([view])[0])

    @property
    def agreed_in(self) -> tuple[str, ...]:
        """Options that every group would fund."""
        return self.problem.names_of(self._rows(self.groups).all(axis=0))

    @property
    def agreed_out(self) -> tuple[str, ...]:
        """Options that no group would fund."""
        return self.problem.names_of(~self._rows(self.groups).any(axis=0))

    def split(self) -> pd.DataFrame:
        """Options on which the groups split: which groups would fund each, and whether the Board's portfolio does."""
        chosen = self._rows(self.groups)
        split = chosen.any(axis=0) & ~chosen.all(axis=0)
        frame = pd.DataFrame(
            chosen[:, split].T, index=pd.Index(self.problem.names_of(split), name="option"), columns=list(self.groups)
        )
        frame.insert(0, "board", self._rows(["board"])[0][split])
        frame["for"] = chosen[:, split].sum(axis=0)
        return frame

    def _rows(self, views: Iterable[str]) -> np.ndarray:
        return self.selected.loc[list(views)].to_numpy(dtype=bool)

    @property
    def decisive(self) -> pd.DataFrame:
        """The rows of `judgements` that change what would be funded: what a Board needs to argue about."""
        return self.judgements[self.judgements["changes"] > 0]

    @property
    def idle(self) -> pd.DataFrame:
        """The rows of `judgements` that change nothing, however far apart the answers are."""
        return self.judgements[self.judgements["changes"] == 0]

    def distinct_portfolios(self, views: Iterable[str] | None = None) -> int:
        """How many different portfolios the given views (by default all stakeholders) would fund."""
        chosen = self.selected.loc[list(self.stakeholders if views is None else views)]
        return len(chosen.drop_duplicates())

    def to_frame(self) -> pd.DataFrame:
        """One row per view: options in its portfolio, overlap with the Board's, share that the Board's gives it."""
        return pd.DataFrame(
            {
                "options": self.selected.sum(axis="columns"),
                "overlap_with_board": self.overlap["board"],
                "share_from_board": self.share_of_best["board"],
                "worst_group_portfolio": self.share_of_best[list(self.groups)].idxmin(axis="columns"),
                "share_from_worst": self.share_of_best[list(self.groups)].min(axis="columns"),
            }
        ).rename_axis("view")

    def __repr__(self) -> str:
        lowest = float(self.share_of_best.loc[list(self.groups), "board"].min())
        return (
            f"<Disagreement of {len(self.groups)} groups and {len(self.stakeholders)} stakeholders: "
            f"{len(self.agreed_in)} projects agreed in, {len(self.agreed_out)} out, {len(self.split())} split; the "
            f"Board's portfolio gives each group at least {guaranteed(lowest)}; {len(self.decisive)} of "
            f"{len(self.judgements)} differences of judgement matter>"
        )


def disagreement(
    given: Decision,
    *,
    stakeholders: bool = True,
    scenario: str | None = None,
    policies: Iterable[str] = (),
    solver: solvers.SolverLike = "auto",
    time_limit: float | None = None,
) -> Disagreement:
    """Measure disagreement in portfolios.

    Parameters
    ----------
    given
        A decision with groups.
    stakeholders
        Whether to find every stakeholder's own best portfolio too. A stakeholder whose gaps cannot be bridged gets
        the weights of the group.
    scenario, policies
        As in `mcda.select`.
    solver, time_limit
        Passed to the solver for each question.

    Returns
    -------
    Disagreement

    Raises
    ------
    InputError
        If the decision has no groups.
    NoAnswerError
        If limits and rules allow no portfolio, or a time limit came before a proof.

    Examples
    --------
    >>> import mcda
    >>> found = mcda.disagreement(mcda.load("datasets/nhs-digital"), stakeholders=False)
    >>> round(float(found.share_of_best.loc["operational", "technical"]), 2)
    0.46
    >>> len(found.agreed_in)
    7
    """
    problem = scored_problem(given, scenario=scenario, policies=policies)
    decision = problem.decision or given
    if not decision.groups:
        raise InputError("Disagreement is measured between groups of stakeholders; this decision states none.")
    settings: dict[str, Any] = {"solver": solver, "time_limit": time_limit}
    elicited = weigh_decision(decision)
    people = weights_of_everyone(decision) if stakeholders else elicited.stakeholders.iloc[:0]
    groups = elicited.groups
    weights = pd.concat([elicited.board.to_frame("board").T, groups, people]).rename_axis("view")
    weights.index = [str(name) for name in weights.index]
    swaps = _swaps(decision.criteria, elicited.board, groups)
    questions = np.vstack([weights.to_numpy(), *[row for _, _, _, row in swaps]])
    batch = problem.solve(questions, **settings)
    count, names = len(weights), list(problem.names)
    views = pd.Index(weights.index, name="view")
    chosen = batch.selected[:count]
    totals = problem.totals(chosen)
    values = weights.to_numpy() @ totals.T
    best = np.diag(values).copy()
    shared = 1 + len(groups)
    return Disagreement(
        problem,
        weights,
        tuple(str(name) for name in groups.index),
        tuple(str(name) for name in people.index),
        pd.DataFrame(chosen, index=views, columns=pd.Index(names, name="option")),
        pd.Series(best, index=views, name="best"),
        pd.DataFrame(
            shares_of(values[:, :shared], best[:, None]),
            index=views,
            columns=pd.Index(views[:shared], name="portfolio"),
        ),
        pd.DataFrame([[jaccard(one, two) for two in chosen] for one in chosen], index=views, columns=views),
        _judgements(problem, swaps, batch.selected[count:], chosen[0], elicited.board.to_numpy()),
        consensus_of(problem, elicited.board.to_numpy(), groups, chosen[:shared], **settings),
    )


def local_weights(tree: CriteriaTree, weights: pd.Series, node: str) -> pd.Series:
    """Return the weights of a node's children within the node, from leaf weights; equal if the node has no weight."""
    below = {child: float(weights[list(tree.leaves_below(child))].sum()) for child in tree.children(node)}
    total = sum(below.values())
    return pd.Series({child: weight / total if total else 1.0 / len(below) for child, weight in below.items()})


def with_local_weights(tree: CriteriaTree, weights: pd.Series, node: str, local: pd.Series) -> pd.Series:
    """Return leaf weights with the weights within one node replaced, and all else as it was."""
    changed = weights.copy()
    total = float(weights[list(tree.leaves_below(node))].sum())
    for child, share in local.items():
        leaves = list(tree.leaves_below(str(child)))
        within = weights[leaves]
        spread = within / within.sum() if within.sum() else pd.Series(1.0 / len(leaves), index=leaves)
        changed[leaves] = total * float(share) * spread
    return changed


def _swaps(tree: CriteriaTree, board: pd.Series, groups: pd.DataFrame) -> list[tuple[str, str, float, np.ndarray]]:
    """Return (group, node, distance, leaf weights of the Board with the group's answer there)."""
    found = []
    for group, own in groups.iterrows():
        for node in tree.inner:
            if len(tree.children(node)) < 2:
                continue
            theirs, ours = local_weights(tree, own, node), local_weights(tree, board, node)
            distance = 0.5 * float((theirs - ours).abs().sum())
            found.append((str(group), node, distance, with_local_weights(tree, board, node, theirs).to_numpy()))
    return found


def _judgements(
    problem: ScoredProblem,
    swaps: list[tuple[str, str, float, np.ndarray]],
    selected: np.ndarray,
    board: np.ndarray,
    weights: np.ndarray,
) -> pd.DataFrame:
    tree = problem.decision.criteria if problem.decision is not None else None
    worth = problem.totals(selected) @ weights if len(swaps) else np.zeros(0)
    own = float((problem.totals(board) @ weights)[0])
    rows = []
    for (group, node, distance, _), chosen, value in zip(swaps, selected, worth, strict=True):
        rows.append(
            {
                "group": group,
                "question": node,
                "question_name": tree[node].name if tree is not None else node,
                "distance": distance,
                "changes": int((chosen != board).sum()),
                "enter": " ".join(problem.names_of(chosen & ~board)),
                "leave": " ".join(problem.names_of(board & ~chosen)),
                "loss_to_board": max(0.0, own - float(value)),
            }
        )
    columns = ["group", "question", "question_name", "distance", "changes", "enter", "leave", "loss_to_board"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values(["changes", "distance"], ascending=False, kind="stable", ignore_index=True)
