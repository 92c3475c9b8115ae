"""How results show themselves in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    import pandas as pd


class ShownAsTable:
    """A result that a notebook shows as the table of its `to_frame`, rounded to `shown_digits` if they are set."""

    __slots__ = ()
    shown_digits: ClassVar[int | None] = None

    def to_frame(self) -> pd.DataFrame:
        """Return the result as a table; every such result has one of its own."""
        raise NotImplementedError(f"{type(self).__name__} has no table.")

    def _repr_html_(self) -> str:
        frame = self.to_frame()
        return str((frame if self.shown_digits is None else frame.round(self.shown_digits)).to_html())
