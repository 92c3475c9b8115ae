"""What our own methods have in common: they come with the package and can always be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solvers.model.problem import Problem


class OwnMethod:
    """A back end that needs no library of its own; by default it takes problems whose options are in or out."""

    __slots__ = ()
    name: str

    def version(self) -> str:
        """Return "" because this method comes with the package."""
        return ""

    def unusable(self) -> str | None:
        """Return None: it can always be used."""
        return None

    def lacks(self, problem: Problem) -> str | None:
        """Why it does not take this problem; None if it does."""
        if problem.continuous:
            return f"{self.name} chooses options only, and this problem has amounts. Remedy: solver='highs'."
        return None
