"""A run of scenarios: each one of them, and what they say together."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from mcda.errors import InputError, LabelError, NoAnswerError
from mcda.scenarios.planning._compile import CompiledPlan
from mcda.scenarios.planning._read import plan_from_record
from mcda.scenarios.results._intervals import look_confidence, looks
from mcda.scenarios.results._store import FolderStore, Store
from mcda.scenarios.results._summary import MOST_FIGURES, acceptability, figures, portfolios
from mcda.scenarios.results._tally import COUNTED, STATUSES, Tally, packed_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    import solvers
    from mcda.decision import Decision
    from mcda.scenarios.planning._plan import ScenarioPlan

CONFIDENCE = 0.95


class ScenarioRun:
    """The scenarios of a run, read from storage as needed.

    Attributes
    ----------
    decision, plan
        What was run.
    manifest
        Plan, hashes and versions, and whether the run is complete.
    """

    def __init__(self, decision: Decision, plan: ScenarioPlan, store: Store) -> None:
        manifest = store.manifest()
        assert manifest is not None  # noqa: S101 - a run is made from a store that has one
        self.decision = decision
        self.plan = plan
        self.manifest: dict[str, Any] = manifest
        self._store = store
        self._tally: Tally | None = None
        self._compiled: CompiledPlan | None = None

    def __repr__(self) -> str:
        found = ", ".join(f"{count:,} {status.replace('_', ' ')}" for status, count in self.statuses.items())
        state = "" if self.manifest["state"] == "complete" else "; not complete"
        return f"ScenarioRun({found}; {len(self.tally.distinct):,} portfolios{state})"

    def _repr_html_(self) -> str:
        return f"<p>{self!r}</p>{self.acceptability.round(3).to_html()}"

    @property
    def tally(self) -> Tally:
        """Counts over all scenarios."""
        if self._tally is None:
            counted = Tally(len(self.cases), len(self.projects))
            for table in self.tables(COUNTED):
                counted.add(table)
            self._tally = counted
        return self._tally

    @property
    def cases(self) -> list[str]:
        """Names of the cases, in order."""
        return [str(case["name"]) for case in self.manifest["cases"]]

    @property
    def projects(self) -> list[str]:
        """Identifiers of the projects, in file order."""
        return [str(name) for name in self.manifest["projects"]]

    @property
    def draws(self) -> int:
        """How many draws of each case are done."""
        return sum(stop - start for start, stop in self._store.ranges())

    @property
    def complete(self) -> bool:
        """Whether all draws are done, or the stopping rule was satisfied."""
        return bool(self.manifest["state"] == "complete")

    @property
    def stopped_early(self) -> bool:
        """Whether the stopping rule ended the run before all draws were done."""
        return self.complete and self.plan.stop is not None and self.draws < self.plan.draws

    @property
    def statuses(self) -> dict[str, int]:
        """How many scenarios ended with each status."""
        totals = self.tally.statuses.sum(axis=0)
        return {status: int(count) for status, count in zip(STATUSES, totals, strict=True) if count}

    @property
    def sha256(self) -> str:
        """Hash of every scenario's status, portfolio and value, in order: equal runs have equal hashes."""
        return self.tally.sha256()

    @property
    def confidence(self) -> float:
        """Confidence of each interval of `acceptability`."""
        rule = self.plan.stop
        if rule is None:
            return CONFIDENCE
        done = looks(self.draws)
        number = len(done) if done and done[-1] == self.draws else len(done) + 1  # the end is a look as well
        return look_confidence(rule, number, self.tally.funded.size)

    @property
    def acceptability(self) -> pd.DataFrame:
        """How often each project is funded, over all cases; see `acceptability_by_case`.

        Cases share their draws, so together they are not a binomial sample. The interval for all of them is the mean
        of the cases' intervals, each at a confidence raised so that they all hold together: wide, but valid.
        """
        tally, confidence = self.tally, self.confidence
        if self.plan.stop is None:
            confidence = 1.0 - (1.0 - confidence) / len(self.cases)  # the cases' intervals then hold together
        return acceptability(self.projects, tally.funded, tally.portfolios, confidence)

    @property
    def acceptability_by_case(self) -> pd.DataFrame:
        """How often each project is funded in each case.

        Returns
        -------
        pandas.DataFrame
            Rows (case, project). `share`: of the scenarios that have a portfolio, those that fund the project; NaN if
            none has. `lower`, `upper`: the exact binomial interval (Clopper and Pearson, 1934), 95 per cent for each
            project on its own; with a stopping rule, intervals that all hold together at the stated confidence, even
            though the run looked often and stopped early. `verdict`: core (in all), exterior (in none) or borderline.
        """
        tally = self.tally
        parts = [
            acceptability(self.projects, tally.funded[[place]], tally.portfolios[[place]], self.confidence)
            for place in range(len(self.cases))
        ]
        return pd.concat(parts, keys=self.cases, names=["case", "project_id"])

    def portfolios(self, most: int = 10) -> pd.DataFrame:
        """Return the portfolios found most often.

        Returns
        -------
        pandas.DataFrame
            Rows by rank from 1: `scenarios` (how many), `share` (of those with a portfolio), `count` (of projects),
            `projects` (identifiers).
        """
        return portfolios(self.projects, self.tally.distinct, most)

    def figures(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return the distribution of the value, and of what each group gets, in each case.

        Parameters
        ----------
        columns
            Names of columns with figures; default: ``value`` and each group's share. ``use ...`` columns work too.

        Returns
        -------
        pandas.DataFrame
            Rows (case, figure); columns: `count`, `mean`, and quantiles (`0%` is the least). Above a million
            scenarios the quantiles come from every second, fourth, ... scenario.
        """
        names = (
            ["value", *[f"share {group}" for group in self.manifest["groups"]]] if columns is None else list(columns)
        )
        self._require_columns(names)
        cases, step = len(self.cases), 1
        while self.draws * cases // step > MOST_FIGURES:
            step *= 2
        return figures(self.tables(["scenario", *names]), self.cases, names, step)

    def _require_columns(self, names: Sequence[str]) -> None:
        known = [
            "value",
            "bound",
            *[f"share {group}" for group in self.manifest["groups"]],
            *[f"use {resource}" for resource in self.manifest["resources"]],
        ]
        for name in names:
            if name not in known:
                raise LabelError(f"There are no figures '{name}'. Known: {', '.join(known)}.")

    def tables(self, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """Yield every scenario, as one Arrow table per chunk, in the order of scenarios; memory stays bounded."""
        for start, stop in self._store.ranges():
            yield self._store.read(start, stop, columns)

    def to_frame(self) -> pd.DataFrame:
        """One row per scenario: case, draw, status, value, bound, ..., and one column per project (whether funded).

        This holds all scenarios at once; above a million, use `tables` instead.
        """
        parts: list[pd.DataFrame] = []
        for table in self.tables():
            frame: pd.DataFrame = table.drop_columns(["selection"]).to_pandas().set_index("scenario")
            bits = np.unpackbits(packed_of(table), axis=1, count=len(self.projects), bitorder="little").astype(bool)
            frame[self.projects] = pd.DataFrame(bits, index=frame.index, columns=self.projects)
            parts.append(frame)
        if not parts:
            raise NoAnswerError("No scenario of this run is done yet. Resume it first.")
        return pd.concat(parts)

    def problem(self, scenario: int) -> solvers.Problem:
        """Return the portfolio problem of one scenario, drawn anew from (seed, scenario).

        Raises
        ------
        InputError
            If there is no such scenario, or the method cannot value it.
        """
        if not 0 <= scenario < self.plan.draws * len(self.cases):
            raise InputError(
                f"The scenarios are numbered from 0 to {self.plan.draws * len(self.cases) - 1}. Got {scenario}."
            )
        if self._compiled is None:
            self._compiled = CompiledPlan(self.decision, self.plan)
        draw, place = divmod(scenario, len(self.cases))
        inputs = self._compiled.draw(draw, draw + 1, [place])[0]
        if inputs.events:
            raise InputError(f"Scenario {scenario} has no values: {inputs.events[0]}")
        problem = self._compiled.cases[place].problem
        changes: dict[str, Any] = {
            "values": inputs.values[0],
            "synergies": [
                replace(synergy, value=float(value), usage=dict(synergy.usage))
                for synergy, value in zip(problem.synergies, inputs.synergy_values[0], strict=True)
            ],
        }
        if inputs.usage is not None:
            changes["usage"] = inputs.usage[0]
        if inputs.capacity is not None:
            changes["capacity"] = inputs.capacity[0]
        return problem.replace(**changes)

    def weights(self, scenario: int) -> pd.Series:
        """Return the leaf weights of one scenario, drawn anew from (seed, scenario)."""
        if self._compiled is None:
            self._compiled = CompiledPlan(self.decision, self.plan)
        draw, place = divmod(scenario, len(self.cases))
        inputs = self._compiled.draw(draw, draw + 1, [place])[0]
        index = pd.Index(self.decision.criteria.leaf_ids, name="criterion_id")
        return pd.Series(inputs.weights[0], index=index, name="weight")

    def to_record(self) -> dict[str, Any]:
        """Return the summary as plain data for JSON."""
        return _summary_record(self)


def open_scenarios(folder: str | Path, decision: Decision) -> ScenarioRun:
    """Open a run that is kept in a folder, complete or not.

    Parameters
    ----------
    folder
        Where `run_scenarios` put it.
    decision
        The decision of the run.

    Raises
    ------
    InputError
        If there is no run, or it belongs to another decision.
    """
    store = FolderStore(folder)
    manifest = store.manifest()
    if manifest is None:
        raise InputError(f"There is no scenario run in {folder}: it has no manifest.json.")
    if manifest["input_sha256"] != decision.input_sha256:
        raise InputError(f"The run in {folder} used other input than this decision.")
    return ScenarioRun(decision, plan_from_record(manifest["plan"]), store)


def _summary_record(run: ScenarioRun) -> dict[str, Any]:
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
        "acceptability_by_case": {case: _rows(_part(by_case, case)) for case in run.cases},
        "distinct_portfolios": len(tally.distinct),
        "portfolios": [
            {**row, "projects": list(row["projects"])} for row in run.portfolios().to_dict(orient="records")
        ],
        "figures": {case: _rows(_part(figures, case)) for case in run.cases},
    }


def _part(frame: pd.DataFrame, case: str) -> pd.DataFrame:
    """Return the rows of one case."""
    found = frame.xs(case, level=0)
    assert isinstance(found, pd.DataFrame)  # noqa: S101 - there is another level
    return found


def _rows(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    return {str(name): _without_nan(row) for name, row in frame.to_dict(orient="index").items()}


def _without_nan(row: Mapping[Hashable, Any]) -> dict[str, Any]:
    """Return a row with None in place of a missing figure (JSON has no NaN)."""
    return {str(key): None if isinstance(value, float) and math.isnan(value) else value for key, value in row.items()}
