"""What results have in common that say which portfolios are best, and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import numpy as np

    from mcda.portfolio._scored import ScoredProblem


class SharesOfBest:
    """Portfolios (p, n) that are best for some weights, by falling share of the weights (p,)."""

    __slots__ = ()

    problem: ScoredProblem
    selected: np.ndarray
    shares: np.ndarray

    @property
    def always(self) -> tuple[str, ...]:
        """Options in every best portfolio."""
        return self.problem.names_of(self.selected.all(axis=0))

    @property
    def never(self) -> tuple[str, ...]:
        """Options in no best portfolio."""
        return self.problem.names_of(~self.selected.any(axis=0))

    @property
    def sometimes(self) -> tuple[str, ...]:
        """Options in some of the best portfolios only."""
        return self.problem.names_of(self.selected.any(axis=0) & ~self.selected.all(axis=0))

    def _share_by_option(self, name: str) -> pd.Series:
        """Return the share of the weights for which each option is in the best portfolio."""
        return pd.Series(self.shares @ self.selected, index=pd.Index(self.problem.names, name="option"), name=name)

    def portfolios_frame(self) -> pd.DataFrame:
        """One row per best portfolio: share, number of options, what changes from the most frequent one, options."""
        first = self.selected[0]
        rows = [
            {
                "share": float(share),
                "options": int(chosen.sum()),
                "enter": " ".join(self.problem.names_of(chosen & ~first)),
                "leave": " ".join(self.problem.names_of(first & ~chosen)),
                "selected": " ".join(self.problem.names_of(chosen)),
            }
            for share, chosen in zip(self.shares, self.selected, strict=True)
        ]
        return pd.DataFrame(rows, index=pd.RangeIndex(1, len(rows) + 1, name="portfolio"))
