"""What-ifs brought back from the Board pack: what is read, what is refused, and what is confirmed."""

from __future__ import annotations

import base64
import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

import mcda
from mcda.cli import main
from mcda.errors import InputError, LabelError

FLAGSHIP = str(mcda.dataset("nhs-digital"))


@pytest.fixture(scope="module")
def decision() -> mcda.decision.Decision:
    return mcda.load(FLAGSHIP)


def written(tmp_path: Path, **parts: Any) -> Path:
    path = tmp_path / "what-if.json"
    path.write_text(json.dumps({"what_if": 1} | parts), encoding="utf-8")
    return path


def test_nothing_changed_is_the_recommendation(decision: mcda.decision.Decision) -> None:
    selection = mcda.select_what_if(decision, mcda.WhatIf())
    assert selection.selected == mcda.select(decision).selected
    assert selection.question == "what-if: nothing changed"


def test_every_part_reaches_the_problem(decision: mcda.decision.Decision, tmp_path: Path) -> None:
    weights = dict.fromkeys(decision.criteria.leaf_ids, 0.0) | {"C1": 0.5, "C9": 0.5}
    path = written(
        tmp_path,
        weights=weights,
        available={"capital_k": {"1": 5000.5}, "integration": {"2": 4}},
        force=["P12"],
        forbid=["P36"],
        policies=["B01"],
        scenario="N4",
    )
    selection = mcda.select_what_if(decision, mcda.read_what_if(path))
    expected = mcda.apply_scenario(decision, "N4")
    assert selection.decision.resource("revenue_k").available.tolist() == (
        expected.resource("revenue_k").available.tolist()
    )
    assert selection.decision.resource("capital_k").available[0] == 5000.5
    assert selection.decision.resource("integration").available[1] == 4
    assert selection.weights is not None
    assert selection.weights.to_dict() == weights
    assert "P12" in selection.problem.mandatory
    assert selection.problem.forbidden == ("P36",)
    assert [rule.name for rule in selection.problem.counts] == ["B01"]
    assert selection.scenario == "N4"
    assert decision.resource("capital_k").available[0] == 4700, "the decision given stays as it is"


def test_a_link_holds_the_same(tmp_path: Path) -> None:
    record = {"what_if": 1, "force": ["P12"], "available": {"capital_k": {"1": 5200}}}
    code = base64.urlsafe_b64encode(json.dumps(record).encode()).decode().rstrip("=")
    link = f"file:///home/someone/board-pack.html#what-if={code}"
    assert mcda.read_what_if(link) == mcda.read_what_if(written(tmp_path, **record))


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"what_if": 2}, "must be 1"),
        ({"weights": {"C1": "high"}}, "weights: C1 must be a finite number"),
        ({"weights": [1, 2]}, "must be an object"),
        ({"available": {"capital_k": {"first": 1}}}, "a year must be a whole number"),
        ({"available": {"capital_k": {"1": True}}}, "finite number"),
        ({"force": "P12"}, "list of identifiers"),
        ({"scenario": 7}, "must be text"),
        ({"answer": [1]}, "'answer' must be an object"),
    ],
)
def test_parts_of_the_wrong_form(parts: dict[str, Any], words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=words):
        mcda.read_what_if(written(tmp_path, **parts))


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe", b'{"what_if": NaN}', b"[" * 100_000])
def test_files_that_are_something_else(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_bytes(content)
    with pytest.raises(InputError):
        mcda.read_what_if(path)
    with pytest.raises(InputError, match="cannot be read"):
        mcda.read_what_if(tmp_path / "missing.json")
    with pytest.raises(InputError, match="damaged"):
        mcda.read_what_if("#what-if=%%%")


@pytest.mark.parametrize(
    ("what_if", "error"),
    [
        (mcda.WhatIf(available={"gold": {1: 1.0}}), LabelError),
        (mcda.WhatIf(available={"capital_k": {9: 1.0}}), LabelError),
        (mcda.WhatIf(available={"capital_k": {1: -1.0}}), InputError),
        (mcda.WhatIf(force=("P99",)), LabelError),
        (mcda.WhatIf(policies=("B99",)), LabelError),
        (mcda.WhatIf(scenario="N99"), LabelError),
        (mcda.WhatIf(weights={"C1": 1.0}), InputError),
    ],
)
def test_changes_that_do_not_fit(
    what_if: mcda.WhatIf, error: type[Exception], decision: mcda.decision.Decision
) -> None:
    with pytest.raises(error):
        mcda.select_what_if(decision, what_if)


def test_confirmed_or_not(decision: mcda.decision.Decision) -> None:
    selection = mcda.select(decision)
    right = mcda.WhatIf(termination="optimal", value=selection.value, selected=selection.selected)
    assert right.confirms(selection) is True
    assert dataclasses.replace(right, value=selection.value + 1e-3).confirms(selection) is False
    assert dataclasses.replace(right, selected=selection.selected[1:]).confirms(selection) is False
    assert dataclasses.replace(right, termination="infeasible", selected=None).confirms(selection) is False
    assert mcda.WhatIf().confirms(selection) is None


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], decision: mcda.decision.Decision) -> None:
    selection = mcda.select(decision, force=["P12"])
    answer = {"termination": "optimal", "value": selection.value, "selected": list(selection.selected)}
    path = written(tmp_path, force=["P12"], input_sha256=decision.input_sha256, answer=answer)
    assert main(["select", FLAGSHIP, "--what-if", str(path)]) == 0
    text = capsys.readouterr().out
    assert "Portfolio for what-if: with P12" in text
    assert "Confirmed: the Board pack's page gave the same answer." in text

    path = written(tmp_path, input_sha256=decision.input_sha256, answer=answer)
    assert main(["select", FLAGSHIP, "--what-if", str(path), "--json"]) == 1
    record = json.loads(capsys.readouterr().out)
    assert record["what_if"] == {"page_answer_confirmed": False, "same_input": True}
    assert record["termination"] == "optimal"

    path = written(tmp_path, input_sha256="of another input", answer=answer)
    assert main(["select", FLAGSHIP, "--what-if", str(path)]) == 0
    assert "another version of the input files" in capsys.readouterr().out

    assert main(["select", FLAGSHIP, "--what-if", str(path), "--force", "P12"]) == 2
    assert "leave out --force" in capsys.readouterr().err
    assert main(["select", FLAGSHIP, "--what-if", str(tmp_path / "none.json")]) == 2
