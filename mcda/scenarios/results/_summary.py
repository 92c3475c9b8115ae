"""Tables that sum up a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from mcda.scenarios.results._intervals import clopper_pearson
from mcda.scenarios.results._tally import figures_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

QUANTILES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)
_BILLION = 10**9
MOST_FIGURES = 2**20
"""Quantiles come from all figures up to this many; beyond that from every second, fourth, ... scenario."""


def acceptability(
    projects: Sequence[str], funded: NDArray[np.int64], of: NDArray[np.int64], confidence: float
) -> pd.DataFrame:
    """Return how often each project is funded; see `ScenarioRun.acceptability`.

    Parameters
    ----------
    projects
        Identifiers.
    funded : numpy.ndarray, shape (cases, projects)
        In how many portfolios each project is.
    of : numpy.ndarray, shape (cases,)
        Out of how many.
    confidence
        Of the interval in each case. Cases share their draws, so together they are not a binomial sample: the ends
        for all cases are the means of the cases' ends.
    """
    total = int(of.sum())
    lower, upper = clopper_pearson(funded, of[:, None], confidence)
    part = of[:, None] / total if total else np.full((len(of), 1), 1.0 / len(of))
    share = funded.sum(axis=0) / total if total else np.full(len(projects), np.nan)
    verdict = np.where(share == 1.0, "core", np.where(share > 0.0, "borderline", "exterior")) if total else ""
    return pd.DataFrame(
        {
            "share": share,
            "lower": np.minimum((part * lower).sum(axis=0), 1.0),
            "upper": np.minimum((part * upper).sum(axis=0), 1.0),
            "verdict": verdict,
        },
        index=pd.Index(projects, name="project_id"),
    )


def portfolios(projects: Sequence[str], distinct: Mapping[bytes, int], most: int) -> pd.DataFrame:
    """Return the portfolios found most often; see `ScenarioRun.portfolios`."""
    total = sum(distinct.values())
    ranked = sorted(distinct.items(), key=lambda item: (-item[1], item[0]))[:most]
    rows = []
    for packed, count in ranked:
        bits = np.unpackbits(np.frombuffer(packed, dtype=np.uint8), count=len(projects), bitorder="little")
        names = tuple(name for name, there in zip(projects, bits, strict=True) if there)
        rows.append((count, count / total, len(names), names))
    index = pd.RangeIndex(1, len(rows) + 1, name="rank")
    return pd.DataFrame(rows, columns=["scenarios", "share", "count", "projects"], index=index)


def figures(tables: Iterable[pa.Table], cases: Sequence[str], names: Sequence[str], step: int) -> pd.DataFrame:
    """Return the distribution of columns of figures by case; see `ScenarioRun.figures`.

    Parameters
    ----------
    tables
        The scenarios, with the column ``scenario``.
    cases
        Names of the cases.
    names
        Names of the columns.
    step
        Quantiles come from the draws that are a multiple of this.
    """
    count = len(cases)
    kept: dict[tuple[int, str], list[NDArray[np.float64]]] = {}
    totals: dict[tuple[int, str], tuple[int, int]] = {}
    for table in tables:
        scenario = table.column("scenario").to_numpy()
        case, some = scenario % count, (scenario // count) % step == 0
        for name in names:
            values = figures_of(table, name)
            known = ~np.isnan(values)
            for place in range(count):
                own = known & (case == place)
                kept.setdefault((place, name), []).append(values[own & some])
                number, total = totals.get((place, name), (0, 0))
                totals[place, name] = (number + int(own.sum()), total + _billionths(values[own]))
    rows: dict[tuple[str, str], list[Any]] = {}
    for place, title in enumerate(cases):
        for name in names:
            values = np.concatenate(kept.get((place, name), [np.empty(0)]))
            number, total = totals.get((place, name), (0, 0))
            ends = np.quantile(values, QUANTILES) if len(values) else np.full(len(QUANTILES), np.nan)
            mean = total / number / _BILLION if number else np.nan
            rows[title, name] = [number, mean, *ends.tolist()]
    columns = ["count", "mean", *[f"{100 * level:g}%" for level in QUANTILES]]
    index = pd.MultiIndex.from_tuples(list(rows), names=["case", "figure"])
    return pd.DataFrame(list(rows.values()), columns=columns, index=index)


def _billionths(values: NDArray[np.float64]) -> int:
    """Return the sum in whole billionths: whole numbers give the same mean however the scenarios are chunked."""
    whole = np.floor(values)
    rest = np.rint((values - whole) * _BILLION)
    return int(whole.astype(np.int64).sum()) * _BILLION + int(rest.astype(np.int64).sum())
