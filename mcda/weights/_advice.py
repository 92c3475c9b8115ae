"""What to ask an inconsistent person again: the cycle in their answers, and the smallest change that mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from mcda.weights._decision import judgement_matrices
from mcda.weights.pairwise._cycles import preference_cycles
from mcda.weights.pairwise._repair import suggest_repairs

if TYPE_CHECKING:
    from mcda.decision import Decision
    from mcda.weights._decision import DecisionWeights

COLUMNS = ["stakeholder", "node", "consistency_ratio", "cycles", "repairs"]


def judgement_advice(decision: Decision, weights: DecisionWeights) -> pd.DataFrame:
    """Say what to ask again of everyone whose answers at a node are inconsistent; nothing is changed.

    Parameters
    ----------
    decision
        The decision.
    weights
        Its weights from pairwise judgements (`mcda.weigh_decision`).

    Returns
    -------
    pandas.DataFrame
        One row per person and node: stakeholder, node, consistency_ratio, cycles (a list of sentences such as
        ``"C1 > C2 > C3 > C1"``, the strongest first; empty if the answers can be put in an order) and repairs (a
        list of sentences: the smallest change of one answer, and of two, that reaches a consistency ratio of 0.10;
        empty if two changes do not suffice).

    Examples
    --------
    >>> import mcda
    >>> decision = mcda.load("datasets/nhs-digital")
    >>> advice = mcda.judgement_advice(decision, mcda.weigh_decision(decision))
    >>> advice.loc[advice["stakeholder"] == "S13", "repairs"].item()
    ['C4 against C5: 3 -> 2 (consistency ratio 0.13 -> 0.05)']
    """
    rows: list[dict[str, object]] = []
    people = list(weights.consistency.index)
    found = weights.attention.drop_duplicates(["stakeholder", "node"])
    for person, node, ratio in found[["stakeholder", "node", "consistency_ratio"]].itertuples(index=False):
        answers = judgement_matrices(decision, node)[people.index(person)]
        labels = decision.criteria.children(node)
        cycles = [str(cycle) for cycle in preference_cycles(answers, labels=labels)]
        repairs = [str(repair) for repair in suggest_repairs(answers, labels=labels)]
        rows.append(dict(zip(COLUMNS, (person, node, float(ratio), cycles, repairs), strict=True)))
    return pd.DataFrame(rows, columns=COLUMNS)
