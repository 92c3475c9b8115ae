"""Other portfolios worth knowing: the next best, all that are nearly as good, and good ones that differ most."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, ClassVar

import pandas as pd

import solvers
from mcda.notebook import ShownAsTable
from mcda.portfolio._subject import read_subject
from mcda.wording import percent

if TYPE_CHECKING:
    from mcda.decision import Decision
    from mcda.portfolio._select import Selection


@dataclass(frozen=True, slots=True)
class Alternative:
    """One portfolio beside the best.

    Attributes
    ----------
    value
        What it is worth.
    loss
        What it gives up compared with the best; `share` is the same as a share of the best value.
    selected
        The projects in it.
    enters, leaves
        Projects that come in and go, compared with the best portfolio.
    """

    value: float
    loss: float
    share: float
    selected: tuple[str, ...]
    enters: tuple[str, ...]
    leaves: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class AlternativePortfolios(ShownAsTable):
    """Portfolios beside the best one, which comes first.

    Attributes
    ----------
    items
        The portfolios.
    complete
        Whether there are no others of the kind asked for, or as many as asked for were found.
    """

    shown_digits: ClassVar[int | None] = 3

    items: tuple[Alternative, ...]
    complete: bool

    def __len__(self) -> int:
        return len(self.items)

    def __repr__(self) -> str:
        worst = f", giving up {percent(max(item.share for item in self.items))} at worst" if self.items else ""
        return f"<AlternativePortfolios: {len(self)}{worst}{'' if self.complete else ', not all'}>"

    @property
    def core(self) -> tuple[str, ...]:
        """Projects that are in every one of these portfolios."""
        shared = [item.selected for item in self.items]
        return tuple(name for name in shared[0] if all(name in chosen for chosen in shared)) if shared else ()

    def to_frame(self) -> pd.DataFrame:
        """One row per portfolio: value, loss, share of the best given up, number of projects, what comes and goes."""
        rows = [
            (item.value, item.loss, item.share, len(item.selected), ", ".join(item.enters), ", ".join(item.leaves))
            for item in self.items
        ]
        columns = ["value", "loss", "share", "projects", "enters", "leaves"]
        return pd.DataFrame(rows, columns=columns, index=pd.RangeIndex(1, len(rows) + 1, name="rank"))

    def to_dict(self) -> dict[str, object]:
        """All facts as plain data with stable keys."""
        return {"complete": self.complete, "portfolios": [asdict(item) for item in self.items]}


def alternatives(
    subject: Decision | Selection | solvers.Problem,
    k: int = 5,
    *,
    within: float | None = None,
    different: bool = False,
    loss: float = 0.05,
    solver: solvers.SolverLike = "auto",
    time_limit: float | None = None,
) -> AlternativePortfolios:
    """Return the k best portfolios, all that are nearly as good, or good ones that differ as much as possible.

    Parameters
    ----------
    subject
        A decision (under the Board's weights), a selection, or a `solvers.Problem`.
    k
        How many at most, the best one included.
    within
        Only portfolios that give up at most this share of the best value (0.02 for 2 %): all of them, if `k` is large
        enough; ``.complete`` says whether it was.
    different
        If true: after the best, the portfolio that differs from it in most projects among those that give up at most
        `loss`, then the one that differs most from both, and so on.
    loss
        Share of the best value that a different portfolio may give up.
    solver
        A mathematical-programming back end, or "auto".
    time_limit
        Seconds for the whole search.

    Returns
    -------
    AlternativePortfolios
        The best first.

    Examples
    --------
    >>> from solvers import Problem
    >>> problem = Problem([16, 22, 12, 8], [5, 7, 4, 3], 14, names="ABCD", resources=["cash"])
    >>> alternatives(problem, 3).to_frame()[["value", "enters", "leaves"]].values.tolist()
    [[42.0, '', ''], [38.0, 'A', 'C, D'], [36.0, 'A', 'B']]
    >>> len(alternatives(problem, 100, within=0.1))
    2
    >>> alternatives(problem, 2, different=True, loss=0.2).items[1].leaves
    ('C', 'D')
    """
    how = solvers.SolveOptions.of(solver, time_limit=time_limit)
    deadline = how.deadline()
    asked = read_subject(subject, how)
    problem, best = asked.problem, set(asked.selected)
    found = solvers.best(problem, k, diverse=different, loss=loss, within=within, solver=how.until(deadline))
    top = asked.best.value
    items = []
    for certificate in found:
        chosen = set(certificate.selected)
        given_up = top - certificate.value
        items.append(
            Alternative(
                float(certificate.value),
                float(given_up),
                float(given_up / abs(top)) if top else 0.0,
                certificate.selected,
                tuple(name for name in problem.names if name in chosen - best),
                tuple(name for name in problem.names if name in best - chosen),
            )
        )
    return AlternativePortfolios(tuple(items), found.complete)
