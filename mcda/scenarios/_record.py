"""The summary of a run as plain data, for programs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from mcda.scenarios._tally import STATUSES

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from mcda.scenarios._result import ScenarioRun


def summary_record(run: ScenarioRun) -> dict[str, Any]:
    """Return what `ScenarioRun.to_record` documents."""
    tally, figures = run.tally, run.figures()
    by_case = run.acceptability_by_case
    return {
        "state": run.manifest["state"],
        "decision": run.manifest["decision"],
        "input_sha256": run.manifest["input_sha256"],
        "plan": run.plan.to_record(),
        "plan_sha256": run.manifest["plan_sha256"],
        "result_sha256": run.sha256,
        "versions": run.manifest["versions"],
        "note": run.manifest["note"],
        "scenarios": tally.scenarios,
        "draws": run.draws,
        "stopped_early": run.stopped_early,
        "statuses": run.statuses,
        "statuses_by_case": {
            case: {status: int(count) for status, count in zip(STATUSES, row, strict=True) if count}
            for case, row in zip(run.cases, tally.statuses, strict=True)
        },
        "failures": dict(tally.failures.most_common(10)),
        "confidence": run.confidence,
        "acceptability": _rows(run.acceptability),
        "acceptability_by_case": {case: _rows(part(by_case, case)) for case in run.cases},
        "distinct_portfolios": len(tally.distinct),
        "portfolios": [
            {**row, "projects": list(row["projects"])} for row in run.portfolios().to_dict(orient="records")
        ],
        "figures": {case: _rows(part(figures, case)) for case in run.cases},
    }


def part(frame: pd.DataFrame, case: str) -> pd.DataFrame:
    """Return the rows of one case."""
    found = frame.xs(case, level=0)
    assert isinstance(found, pd.DataFrame)  # noqa: S101 - there is another level
    return found


def _rows(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    return {str(name): _without_nan(row) for name, row in frame.to_dict(orient="index").items()}


def _without_nan(row: Mapping[Hashable, Any]) -> dict[str, Any]:
    """Return a row with None where there is no figure (JSON has no NaN)."""
    return {str(key): None if isinstance(value, float) and math.isnan(value) else value for key, value in row.items()}
