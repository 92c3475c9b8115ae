"""Judgement matrices of every kind, for properties."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

SAATY = [1 / k for k in range(9, 1, -1)] + [float(k) for k in range(1, 10)]


def from_pairs(size: int, answers: list[float | None]) -> np.ndarray:
    matrix = np.eye(size)
    for (row, column), answer in zip(np.argwhere(np.triu(np.ones((size, size)), 1)), answers, strict=True):
        matrix[row, column] = np.nan if answer is None else answer
        matrix[column, row] = np.nan if answer is None else 1 / answer
    return matrix


@st.composite
def judgement_matrices(draw: st.DrawFn, smallest: int = 1, largest: int = 9) -> np.ndarray:
    size = draw(st.integers(smallest, largest))
    pairs = size * (size - 1) // 2
    return from_pairs(size, draw(st.lists(st.sampled_from(SAATY), min_size=pairs, max_size=pairs)))


@st.composite
def incomplete_matrices(draw: st.DrawFn, smallest: int = 3, largest: int = 7) -> np.ndarray:
    """Connected: a random tree of answers is always there."""
    size = draw(st.integers(smallest, largest))
    answers = {
        (row, column): draw(st.one_of(st.none(), st.sampled_from(SAATY)))
        for row in range(size)
        for column in range(row + 1, size)
    }
    for node in range(1, size):
        answers[(draw(st.integers(0, node - 1)), node)] = draw(st.sampled_from(SAATY))
    return from_pairs(size, [answers[pair] for pair in sorted(answers)])


@st.composite
def weight_vectors(draw: st.DrawFn, smallest: int = 2, largest: int = 9) -> np.ndarray:
    size = draw(st.integers(smallest, largest))
    raw = np.array(draw(st.lists(st.floats(0.02, 1.0), min_size=size, max_size=size)))
    return raw / raw.sum()
