"""Compares the runs: whose claim another's better portfolio refutes, and who beats the best known value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from solvers.benchmarking._records import by_pair

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from solvers.benchmarking._records import Run

TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Refuted:
    """A claim that cannot be true, and why."""

    run: Run
    why: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How the best portfolio found compares with the best known.

    Attributes
    ----------
    family, instance
        What was solved.
    best
        The greatest certified value of all runs; None if there is none.
    proven
        Whether a run proved it and no other refutes that.
    known, status
        The best known value and how sure it is ("optimal", "bound", "hint"); None if nothing is known.
    """

    family: str
    instance: str
    best: float | None
    proven: bool
    known: float | None = None
    status: str = ""

    @property
    def verdict(self) -> str:
        """In a word or two: "met", "better", "missed by 0.12 %", "not known" or "no portfolio"."""
        if self.known is None:
            return "not known"
        if self.best is None:
            return "no portfolio"
        if close(self.best, self.known):
            return "met"
        if self.best > self.known:
            return "better"
        return f"missed by {abs(self.known - self.best) / max(abs(self.known), 1e-12):.2%}"


@dataclass(frozen=True, slots=True, repr=False)
class Judgement:
    """What all the runs together show.

    Attributes
    ----------
    refuted
        Claims that cannot be true.
    standings
        One per instance.
    """

    refuted: tuple[Refuted, ...]
    standings: tuple[Standing, ...]

    def __repr__(self) -> str:
        met = sum(each.verdict in {"met", "better"} for each in self.standings)
        known = sum(each.known is not None for each in self.standings)
        return f"Judgement({len(self.refuted)} claims refuted; {met} of {known} best-known values met or beaten)"

    @property
    def refuted_keys(self) -> frozenset[tuple[str, str, str, int, float]]:
        """Keys of the runs whose claim is refuted."""
        return frozenset(each.run.key for each in self.refuted)


def close(one: float, two: float) -> bool:
    """Whether two values are the same up to rounding."""
    return abs(one - two) <= TOLERANCE * max(1.0, abs(one), abs(two))


def judge(runs: Sequence[Run], best_known: Mapping[str, Mapping[str, Any]] | None = None) -> Judgement:
    """Check every claim against the other runs' certified portfolios, and against what is known.

    Parameters
    ----------
    runs
        All runs of a plan.
    best_known
        By "family/instance": a mapping with `value`, `status` ("optimal", "bound" or "hint") and `source`.

    Returns
    -------
    Judgement
    """
    refuted: list[Refuted] = []
    standings = []
    for (family, instance), group in by_pair(runs).items():
        known = (best_known or {}).get(f"{family}/{instance}", {})
        values = [run.value for run in group if run.value is not None and run.certified]
        best = max(values, default=None)
        false = [Refuted(run, why) for run in group if (why := _why_false(run, best, known))]
        refuted += false
        keys = {each.run.key for each in false}
        proven = any(
            run.termination == "optimal" and run.key not in keys and run.value is not None and best is not None
            and close(run.value, best)
            for run in group
        )  # fmt: skip
        standings.append(Standing(family, instance, best, proven, known.get("value"), known.get("status", "")))
    return Judgement(tuple(refuted), tuple(standings))


def _why_false(run: Run, best: float | None, known: Mapping[str, Any]) -> str:
    """Why a run's claim cannot be true; "" if nothing speaks against it."""
    if run.value is not None and not run.certified:
        return "its portfolio failed the exact check"
    least = best
    if known.get("status") == "optimal" and (least is None or known["value"] > least):
        least = known["value"]
    if least is None:
        return ""
    whose = "another run has" if least == best else "published, proven:"
    if run.termination == "infeasible":
        return f"it says that there is no portfolio; {whose} {least:.12g}"
    if run.termination == "optimal" and run.value is not None and run.value < least and not close(run.value, least):
        return f"it calls {run.value:.12g} the optimum; {whose} {least:.12g}"
    if run.bound is not None and run.bound < least and not close(run.bound, least):
        return f"it says that no portfolio is worth more than {run.bound:.12g}; {whose} {least:.12g}"
    return ""
