"""From tables to a decision, or to everything that is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mcda.files._faults import Collector, Fault, FaultsError
from mcda.files._sheets import understand
from mcda.files._source import blank_of, read_source
from mcda.files._tables import hash_of
from mcda.files.contents._build import build
from mcda.files.contents._rules import check_decision, check_rules

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping

    import pandas as pd

    from mcda.decision import Decision
    from mcda.files._tables import RawTable


@dataclass(frozen=True, slots=True, repr=False)
class CheckReport:
    """What a check found.

    Attributes
    ----------
    faults
        Everything that must be put right, in the order of files and rows.
    warnings
        What is legal but deserves a look.
    decision
        The decision, or None if there are faults.
    """

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    decision: Decision | None

    @property
    def ok(self) -> bool:
        """Whether there are no faults."""
        return not self.faults

    def __repr__(self) -> str:
        return f"CheckReport({self._counts()})"

    def __str__(self) -> str:
        lines = [self._counts()]
        lines += [f"fault   {fault}" for fault in self.faults]
        lines += [f"warning {warning}" for warning in self.warnings]
        return "\n".join(lines)

    def _counts(self) -> str:
        faults, warnings = len(self.faults), len(self.warnings)
        return f"{faults} fault{'s' * (faults != 1)}, {warnings} warning{'s' * (warnings != 1)}"

    def _repr_html_(self) -> str:
        return self.to_frame().to_html(index=False)

    def to_frame(self) -> pd.DataFrame:
        """One row per fault or warning."""
        import pandas as pd

        columns = ["kind", "where", "what", "allowed", "found"]
        rows = [
            [kind, fault.where, fault.what, fault.allowed, fault.found]
            for kind, faults in (("fault", self.faults), ("warning", self.warnings))
            for fault in faults
        ]
        return pd.DataFrame(rows, columns=columns)


def check(folder: str | os.PathLike[str]) -> CheckReport:
    """Read a folder of CSV files, or a workbook, and report everything that is wrong with it.

    Parameters
    ----------
    folder
        The folder, or an .xlsx workbook with a sheet for each file; the guide "Files" describes the files.

    Returns
    -------
    CheckReport
        All faults and warnings, and the decision if there are no faults.

    Raises
    ------
    InputError
        If there is no such folder or workbook, or the workbook cannot be read.
    """
    faults, place = Collector(), Path(folder)
    tables, settings = read_source(place, faults)
    return report_on(tables, settings, faults, blank_of(place))


def load(folder: str | os.PathLike[str]) -> Decision:
    """Read a decision from a folder of CSV files or from a workbook.

    Parameters
    ----------
    folder
        The folder, or an .xlsx workbook with a sheet for each file; the guide "Files" describes the files.

    Returns
    -------
    Decision
        The decision, every figure checked.

    Raises
    ------
    FaultsError
        If anything is wrong: one error that lists every fault with its file, row and column, or its sheet and cell.
    InputError
        If there is no such folder or workbook, or the workbook cannot be read.
    """
    return decision_of(check(folder))


def report_on(
    tables: Mapping[str, RawTable], settings: dict[str, str], faults: Collector, blank: Callable[[str], RawTable]
) -> CheckReport:
    """Parse raw tables, check every rule, and build the decision if nothing is wrong."""
    sheets = understand(tables, faults, blank)
    check_rules(sheets)
    decision = None
    if not faults.faults:
        decision = build(sheets, settings, hash_of(tables.values(), settings))
        check_decision(sheets, decision)
    found, warnings = faults.in_order()
    return CheckReport(found, warnings, None if found else decision)


def decision_of(report: CheckReport) -> Decision:
    """Return the decision that was checked, or raise all its faults."""
    if report.decision is None:
        raise FaultsError(report.faults)
    return report.decision
