"""Raw runs and summaries as CSV and Parquet files."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from solvers.benchmarking._statistics import summary

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from solvers.benchmarking._judge import Judgement
    from solvers.benchmarking._records import Run


def write_tables(
    folder: str | os.PathLike[str], runs: Sequence[Run], judgement: Judgement, time_limit: float
) -> list[Path]:
    """Write ``runs.csv``, ``runs.parquet``, ``summary.csv`` and ``best.csv``; return the files."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    raw = pd.DataFrame([asdict(run) for run in runs])
    false = judgement.refuted_keys
    raw["refuted"] = [run.key in false for run in runs]
    raw["disturbed"] = [run.disturbed for run in runs]
    files = [place / name for name in ("runs.csv", "runs.parquet", "summary.csv", "best.csv")]
    raw.to_csv(files[0], index=False)
    raw.to_parquet(files[1], index=False)
    summary(runs, judgement, time_limit).to_csv(files[2])
    best = pd.DataFrame([asdict(each) | {"verdict": each.verdict} for each in judgement.standings])
    best.to_csv(files[3], index=False)
    return files
