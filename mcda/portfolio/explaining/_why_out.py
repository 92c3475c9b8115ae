"""Why a project is not in a portfolio, from the portfolio alone: no solver is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.portfolio._phrases import Phrases
from mcda.portfolio.explaining._blocks import Block, blocks_of
from mcda.portfolio.explaining._sentences import block_sentences
from solvers import Termination

if TYPE_CHECKING:
    from mcda.portfolio._select import Selection


def why_out(selection: Selection, project: str) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Return what stands between a project and a selection, as facts and in words, as `mcda.explain` gives them.

    Examples
    --------
    >>> import mcda
    >>> from mcda.portfolio import why_out
    >>> _, sentences = why_out(mcda.select(mcda.load("datasets/nhs-digital")), "P22")
    >>> print(*sentences)
    Beside the funded projects, it would exceed capital in year 2 by £490k and revenue in year 4 by £65k.
    """
    blocks = blocks_of(selection.problem, selection.selected, project)
    proven = selection.solution.termination is Termination.OPTIMAL and not selection.solution.gap
    return blocks, block_sentences(blocks, Phrases(selection.decision), proven=proven)
