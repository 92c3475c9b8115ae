"""Every scoring method, measured by pytest-benchmark: against a floor, against peers, and as the problem grows.

Part of the suite in smoke mode (``--benchmark-disable``: small problems, once). ``make bench-scoring`` measures.
One thread is timed by its CPU time, several by the clock; peers are called once per weighting, for as many weightings
as fit into a second, and their time is multiplied up.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

import mcda
from benchmarks.scoring.peers import Peer, peers, quiet_call
from benchmarks.scoring.problems import Problem, needed, problem

METHODS = [name for name, method in mcda.methods().items() if method.higher_is_better is not None]
PEERS = peers()
SWEEP = [
    *[("s", (s, 40, 10)) for s in (10_000, 100_000, 1_000_000)],
    *[("a", (1_000, a, 10)) for a in (1_000, 10_000, 100_000)],
    *[("c", (10_000, 200, c)) for c in (5, 10, 20, 40)],
]
SWEPT = ["saw", "topsis", "vikor", "promethee_ii"]
pytestmark = pytest.mark.filterwarnings("ignore")  # of the peers
cpu = pytest.mark.benchmark(timer=time.thread_time, min_rounds=3)
clock = pytest.mark.benchmark(timer=time.perf_counter, min_rounds=3)


def measured(benchmark: Any, size: tuple[int, int, int], seed: int = 1) -> Problem:
    """Draw the problem in full, or a small one in smoke mode."""
    s, a, c = (min(part, 12) for part in size) if benchmark.disabled else size
    return problem(s, a, c, seed)


def ours(benchmark: Any, method: str, p: Problem, threads: int | None, **labels: Any) -> None:
    function, directions, given = getattr(mcda, method), list(p.directions), needed(method, p)

    def call() -> Any:
        return function(p.matrix, p.weights, directions, out=p.out, threads=threads, **given)

    s, a, c = len(p.weights), *p.matrix.shape
    benchmark.extra_info.update(
        {"method": method, "who": "ours", "threads": threads or "all", "s": s, "a": a, "c": c, "calls": s, **labels}
    )
    benchmark.pedantic(call, rounds=5 if s * a <= 10**7 else 3, warmup_rounds=1)
    assert np.isfinite(p.out).all()


@cpu
@pytest.mark.parametrize("method", METHODS)
def test_ours(benchmark: Any, method: str) -> None:
    ours(benchmark, method, measured(benchmark, (10_000, 200, 10)), 1, part="methods")


@clock
@pytest.mark.parametrize("method", METHODS)
def test_ours_threaded(benchmark: Any, method: str) -> None:
    ours(benchmark, method, measured(benchmark, (10_000, 200, 10)), None, part="methods")


@cpu
@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: f"{peer.method}-{peer.library}")
def test_peer(benchmark: Any, peer: Peer) -> None:
    p = measured(benchmark, (10_000, 200, 10))
    _peer(benchmark, peer, p, "methods")


def _peer(benchmark: Any, peer: Peer, p: Problem, part: str) -> None:
    call = peer.prepare(p)
    start = time.perf_counter()
    theirs = quiet_call(call, p.weights[0])
    once = time.perf_counter() - start
    given = {**needed(peer.method, p), **peer.parameters}
    own = getattr(mcda, peer.method)(p.matrix, p.weights[0], list(p.directions), **given)
    count = 1 if benchmark.disabled else int(np.clip(0.3 / once, 1, 300))

    def loop() -> None:
        for weights in p.weights[:count]:
            call(weights)

    with np.errstate(all="ignore"):
        benchmark.pedantic(loop, rounds=3, warmup_rounds=0)
    benchmark.extra_info.update(
        {"method": peer.method, "who": peer.library, "calls": count, "part": part, "s": len(p.weights),
         "difference": float(np.abs(theirs - own).max()),
         "same_order": bool((np.argsort(theirs, kind="stable") == np.argsort(own, kind="stable")).all())}
    )  # fmt: skip


@cpu
def test_floor(benchmark: Any) -> None:
    pytest.importorskip("numba", reason="the floor is a compiled kernel: install the extra 'fast'")
    from benchmarks.scoring.floor import floor

    p = measured(benchmark, (10_000, 1_000, 10))
    kernel, numbers = floor(), np.random.default_rng(2).random(len(p.matrix))
    benchmark.pedantic(lambda: kernel(numbers, p.out), rounds=7, warmup_rounds=1)
    benchmark.extra_info.update({"method": "topsis", "who": "floor", "calls": len(p.weights), "part": "floor"})


@cpu
def test_topsis_one_thread(benchmark: Any) -> None:
    p = measured(benchmark, (10_000, 1_000, 10))
    ours(benchmark, "topsis", p, 1, part="floor")


@clock
def test_topsis_threaded(benchmark: Any) -> None:
    ours(benchmark, "topsis", measured(benchmark, (10_000, 1_000, 10)), None, part="floor")


@cpu
@pytest.mark.parametrize("peer", [p for p in PEERS if p.method == "topsis"], ids=lambda peer: peer.library)
def test_topsis_peer(benchmark: Any, peer: Peer) -> None:
    _peer(benchmark, peer, measured(benchmark, (10_000, 1_000, 10)), "floor")


@cpu
@pytest.mark.parametrize("method", SWEPT)
@pytest.mark.parametrize(
    ("axis", "size"), SWEEP, ids=lambda value: value if isinstance(value, str) else "x".join(map(str, value))
)
def test_sweep(benchmark: Any, method: str, axis: str, size: tuple[int, int, int]) -> None:
    ours(benchmark, method, measured(benchmark, size), 1, part="sweep", axis=axis)
