"""What was asked, what the optimiser answered, and how far that is proven."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcda.wording import counted, gap, points
from solvers import Termination

if TYPE_CHECKING:
    from mcda.portfolio import Selection


@dataclass(frozen=True, slots=True)
class Status:
    """The answer in a word, and what stands behind it.

    Attributes
    ----------
    found, proven
        Whether there is a portfolio, and whether nothing better can exist.
    badge
        Two or three words for the top of the page.
    sentences
        What is proven and checked, each a plain sentence.
    """

    termination: str
    found: bool
    proven: bool
    badge: str
    sentences: tuple[str, ...]


_NO_PORTFOLIO = {
    "infeasible": "No portfolio possible",
    "no_solution_found": "No portfolio found yet",
    "unbounded": "No best portfolio",
    "failed": "The search failed",
}
_WHY_NOT = {
    "infeasible": "This is proven: no set of projects keeps every limit and rule at once. There is nothing to fund "
    "until a limit or a rule is changed.",
    "no_solution_found": "The search stopped before it found a set of projects that keeps every limit and rule. There "
    "may be one: allow more time before you conclude anything.",
    "unbounded": "The value has no upper bound, which points to an error in the figures; check for a negative use of "
    "a resource that has no limit.",
    "failed": "The solver stopped with an error; this pack holds no recommendation.",
}


def view_status(selection: Selection) -> Status:
    """Put the optimiser's answer into plain words."""
    solution = selection.solution
    if not selection.found:
        why = _WHY_NOT[solution.termination]
        return Status(solution.termination, False, False, _NO_PORTFOLIO[solution.termination], (why, *solution.remarks))
    proven = solution.termination is Termination.OPTIMAL
    short = solution.gap
    sentences: list[str] = []
    if proven and short == 0:
        badge = "Proven best"
        sentences.append(
            "Proven: no other set of projects that keeps every limit and rule is worth more under the weights used."
        )
    elif proven and short is not None:
        badge = f"Proven within {gap(short)}"
        sentences.append(f"Proven: no allowed set of projects is worth over {gap(short)} more than this one.")
    else:
        badge = "Not proven best"
        limit = f"the {solution.limit} limit" if solution.limit else "a limit"
        sentences.append(f"Not proven: this is the best portfolio found when {limit} stopped the search.")
        if solution.bound is not None:
            sentences.append(
                f"A better one may exist, worth at most {points(solution.bound, 'up')} "
                f"against {points(selection.value)} here."
            )
    certificate = solution.certificate
    if certificate is not None and certificate.holds:
        sentences.append(
            f"Certified: {counted(len(certificate.checks), 'limit and rule', 'limits and rules')} were checked "
            "again in exact arithmetic, without the solver, and every one holds."
        )
    if solution.unique is False:
        sentences.append("Other portfolios have exactly the same value; this one uses the least of the first resource.")
    return Status(solution.termination, True, proven, badge, tuple(sentences))
