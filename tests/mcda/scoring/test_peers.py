"""Every method against pymcdm where that is right, on 200 random problems; where it is wrong, the reason stands here.

scikit-criteria and pyDecision are compared by the benchmarks (the dependency group ``peers``), on the same registry.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

import mcda
from benchmarks.scoring.peers import PYMCDM, Peer, peers, quiet_call
from benchmarks.scoring.problems import Problem, needed

WRONG = {"copras": "takes costs for benefits (two other libraries and the paper agree against it)"}
RIGHT = sorted(set(PYMCDM) - set(WRONG))
PROBLEMS = 200


def drawn(seed: int) -> Problem:
    rng = np.random.default_rng(seed)
    a, c = int(rng.integers(3, 12)), int(rng.integers(2, 6))
    # Several libraries refuse problems where all criteria point the same way.
    directions = ("max", "min", *rng.choice(["max", "min"], c - 2).tolist())
    return Problem(rng.uniform(1.0, 9.0, (a, c)), rng.dirichlet(np.ones(c), 1), directions, np.empty((1, a)))


def compares(name: str, p: Problem) -> bool:
    """Say whether the published formula has a value: CoCoSo divides by the least sum, which may be 0."""
    return name != "cocoso" or bool((mcda.normalise(p.matrix, list(p.directions), "minmax").max(axis=1) > 0).all())


def compared(peer: Peer, seed: int) -> tuple[np.ndarray, np.ndarray]:
    p = drawn(seed)
    given = {**needed(peer.method, p), **peer.parameters}
    ours: Any = getattr(mcda, peer.method)(p.matrix, p.weights[0], list(p.directions), **given)
    return ours, quiet_call(peer.prepare(p), p.weights[0])


@pytest.mark.parametrize("name", RIGHT)
def test_the_same_scores_as_pymcdm(name: str) -> None:
    peer = next(peer for peer in peers() if peer.library == "pymcdm, validation off" and peer.method == name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for seed in range(20 if name == "comet" else PROBLEMS):
            if not compares(name, drawn(seed)):
                continue
            ours, theirs = compared(peer, seed)
            assert ours == pytest.approx(theirs, abs=1e-9, rel=1e-9), f"problem {seed}"


def test_pymcdm_is_still_wrong_where_we_say_so() -> None:
    peer = next(peer for peer in peers() if peer.library == "pymcdm" and peer.method == "copras")
    differs = sum(not np.allclose(*compared(peer, seed)) for seed in range(20))
    assert differs >= 15


OTHERS = [peer for peer in peers() if peer.library not in {"pymcdm", "pymcdm, validation off"}]
# What these compute is another thing, or wrong: see docs/methods and the reference cases that disagree with them.
OTHER_THINGS = {
    ("pyDecision", "codas"), ("pyDecision", "vikor"), ("pyDecision", "waspas"), ("pyDecision", "saw"),
    ("scikit-criteria", "multimoora"), ("scikit-criteria, bare", "multimoora"),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore")
@pytest.mark.skipif(not OTHERS, reason="scikit-criteria and pyDecision are not installed: not compared (group 'peers')")
def test_the_same_scores_as_other_libraries() -> None:
    for peer in OTHERS:
        if (peer.library, peer.method) in OTHER_THINGS:
            continue
        for seed in range(20 if peer.library == "scikit-criteria" else PROBLEMS):
            if not compares(peer.method, drawn(seed)):
                continue
            ours, theirs = compared(peer, seed)
            assert ours == pytest.approx(theirs, abs=1e-6, rel=1e-6), f"{peer.library} {peer.method}, problem {seed}"
