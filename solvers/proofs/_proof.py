"""A proof of optimality as an object: what it claims, how large it is, and its file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from solvers.errors import SolversError


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Proof:
    """A proof that a portfolio is the best, or that there is none; see docs/methods/proof-format.md.

    Attributes
    ----------
    record : dict
        The content of its file: plain text, whole numbers as text, lists and nested records.
    """

    record: dict[str, Any]

    @property
    def selected(self) -> tuple[str, ...] | None:
        """The best portfolio; None if the proof says that there is none."""
        portfolio = self.record["portfolio"]
        return None if portfolio is None else tuple(portfolio)

    @property
    def value(self) -> Fraction | None:
        """Its value, exactly; None if there is no portfolio."""
        return None if self.record["value"] is None else Fraction(self.record["value"])

    @property
    def nodes(self) -> int:
        """How many nodes the tree has."""
        count, waiting = 0, [self.record["tree"]]
        while waiting:
            node = waiting.pop()
            count += 1
            waiting += [node[side] for side in ("out", "in") if side in node]
        return count

    def save(self, path: str | Path) -> None:
        """Write the proof to a file."""
        Path(path).write_text(json.dumps(self.record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: str | Path) -> Proof:
        """Read a proof from a file without checking it; `check_proof` does that.

        Raises
        ------
        SolversError
            If the file is not JSON.
        """
        try:
            record = json.loads(Path(path).read_text(encoding="utf-8"))
        except (ValueError, RecursionError) as error:
            raise SolversError(f"{path} does not hold a proof: {error}.") from error
        if not isinstance(record, dict):
            raise SolversError(f"{path} does not hold a proof: a record was expected.")
        return cls(record)

    def __repr__(self) -> str:
        if self.value is None:
            return f"<Proof: no portfolio, {self.nodes} nodes>"
        return f"<Proof: {float(self.value):g} is the best value, {self.nodes} nodes>"
