"""What is saved is read back equal, whatever the names."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

import mcda
from tests.mcda.files.decisions import decisions, equal


@settings(max_examples=100)
@given(decisions())
def test_a_saved_decision_is_read_back_equal(decision):
    with tempfile.TemporaryDirectory() as folder:
        again = mcda.load(mcda.save(decision, Path(folder) / "saved"))
    assert equal(again, decision)


def test_the_flagship_is_read_back_equal_and_saved_to_the_same_bytes(tmp_path):
    decision = mcda.load(mcda.dataset("nhs-digital"))
    again = mcda.load(mcda.save(decision, tmp_path / "one"))
    assert equal(again, decision)
    mcda.save(again, tmp_path / "two")
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    judgements = (tmp_path / "one" / "pairwise_judgements.csv").read_text()
    assert "1/3" in judgements
    assert "0.33" not in judgements


def test_a_name_of_its_own_is_kept(tmp_path):
    decision = replace(mcda.load(mcda.dataset("nhs-digital")), name='Plan "B", 2027\\28')
    assert mcda.load(mcda.save(decision, tmp_path / "named")).name == 'Plan "B", 2027\\28'


def test_nothing_is_overwritten(tmp_path):
    decision = mcda.load(mcda.dataset("nhs-digital"))
    mcda.save(decision, tmp_path / "plan")
    with pytest.raises(
        mcda.InputError, match=r"is not an empty folder, and nothing is overwritten\. Give a new folder."
    ):
        mcda.save(decision, tmp_path / "plan")


def test_equality_sees_a_difference():
    """The check used above is able to fail."""
    decision = mcda.load(mcda.dataset("nhs-digital"))
    changed = mcda.apply_scenario(decision, "N2")
    assert not equal(decision, changed)
    assert not equal(decision, replace(decision, synergies=decision.synergies[:-1]))
