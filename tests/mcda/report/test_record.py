from __future__ import annotations

import json
import math

import mcda
from mcda.decision import Decision
from mcda.portfolio import GroupComparison, Selection, select
from mcda.report import result_record
from mcda.weights import DecisionWeights

KEYS = [
    "format", "decision", "question", "termination", "limit", "value", "bound", "gap", "unique", "selected",
    "synergies", "usage", "capacity", "certified", "exact_value", "method", "values", "solver", "events",
    "input_sha256", "versions",
]  # fmt: skip


def test_stable_keys(selection: Selection, weights: DecisionWeights, comparison: GroupComparison) -> None:
    assert list(result_record(selection)) == KEYS
    assert list(result_record(selection, weights)) == [*KEYS, "weights"]
    assert list(result_record(selection, weights, comparison)) == [*KEYS, "weights", "groups"]


def test_the_flagship(selection: Selection, weights: DecisionWeights, comparison: GroupComparison) -> None:
    record = result_record(selection, weights, comparison)
    # Plain JSON, without NaN, that reads back as it was.
    text = json.dumps(record, allow_nan=False)
    assert json.loads(text) == record
    assert text == json.dumps(result_record(selection, weights, comparison))
    assert "seconds" not in text
    assert record["termination"] == "optimal"
    assert record["gap"] == 0
    assert record["bound"] == record["value"]
    assert record["certified"] is True
    assert record["selected"] == list(selection.selected)
    assert record["synergies"] == ["Y01"]
    assert record["input_sha256"] == selection.decision.input_sha256
    usage, capacity = record["usage"], record["capacity"]
    assert isinstance(usage, dict)
    assert isinstance(capacity, dict)
    assert list(usage) == list(capacity) == [resource.id for resource in selection.decision.resources]
    assert sum(usage["capital_k"].values()) == 15_530
    assert capacity["capital_k"] == {"1": 4700, "2": 5800, "3": 4600, "4": 2400, "5": 900}
    groups = record["groups"]
    assert isinstance(groups, dict)
    assert round(groups["operational"]["share_of_own_best"]["technical"], 2) == 0.46
    assert round(groups["technical"]["overlap"]["operational"], 2) == 0.33
    versions = record["versions"]
    assert isinstance(versions, dict)
    assert versions["mcda-portfolio"] == mcda.__version__


def test_the_exact_value_is_the_certificates(selection: Selection) -> None:
    record = result_record(selection)
    numerator, _, denominator = str(record["exact_value"]).partition("/")
    assert math.isclose(int(numerator) / int(denominator or 1), selection.value, rel_tol=1e-12)


def test_no_portfolio(infeasible: Selection) -> None:
    record = result_record(infeasible)
    assert list(record) == KEYS
    json.dumps(record, allow_nan=False)
    assert record["termination"] == "infeasible"
    for key in ("value", "selected", "usage", "unique", "certified", "exact_value"):
        assert record[key] is None
    assert record["synergies"] == []
    assert record["capacity"] is not None


def test_no_limit_is_none(decision: Decision) -> None:
    import dataclasses

    import numpy as np

    free = dataclasses.replace(decision.resources[0], available=np.full(5, np.inf))
    record = result_record(select(dataclasses.replace(decision, resources=(free, *decision.resources[1:]))))
    capacity = record["capacity"]
    assert isinstance(capacity, dict)
    assert capacity["capital_k"] == dict.fromkeys("12345")
