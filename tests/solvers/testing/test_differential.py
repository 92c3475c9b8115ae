"""A slice of the differential test; `python -m benchmarks.differential` runs the whole."""

from __future__ import annotations

import json

import pytest

import solvers
from benchmarks.differential import main, problem_number, small_enough
from solvers.testing.differential import compare


@pytest.mark.slow
@pytest.mark.parametrize("block", range(5))
def test_no_two_solvers_disagree(block):
    names = solvers.backends().usable
    for k in range(12 * block, 12 * block + 12):
        problem = problem_number(k)
        found = compare(problem, [name for name in names if small_enough(problem, name)], ties=k % 4 == 0)
        assert found.disagreements == (), k
        assert found.open == (), k


def test_a_disagreement_is_found(monkeypatch):
    from dataclasses import replace

    from solvers.backends.highs import Highs

    honest = Highs.maximise
    monkeypatch.setattr(Highs, "maximise", lambda self, m, o: replace(honest(self, m, o), x=0 * m.objective, bound=0.0))
    found = compare(solvers.Problem([3, 2], [2, 2], 3), ["highs", "exhaustive", "greedy"], ties=False)
    assert any("nothing is worth more than 0; exhaustive has a portfolio worth 3" in f for f in found.disagreements)


def test_generated_problems_have_every_feature_and_size():
    problems = [problem_number(k) for k in range(400)]
    for kind in ("requires", "excludes", "choices", "counts", "spends", "shares", "synergies", "curves", "movements"):
        assert sum(bool(getattr(problem, kind)) for problem in problems) >= 10, kind
    assert max(len(problem.names) for problem in problems) > 50
    assert problem_number(7).values.tolist() == problem_number(7).values.tolist()


def test_the_command_resumes_and_reports(tmp_path, monkeypatch):
    monkeypatch.setattr("benchmarks.differential.small_enough", lambda problem, name: name in {"highs", "exhaustive"})
    record, page = tmp_path / "record.jsonl", tmp_path / "page.md"
    assert main(["--count", "3", "--record", str(record)]) == 0
    assert main(["--count", "5", "--record", str(record), "--report", str(page)]) == 0
    assert len(record.read_text().splitlines()) == 5
    assert "**5 problems, 0 disagreements.**" in page.read_text()
    wrong = json.loads(record.read_text().splitlines()[0]) | {"disagreements": ["so it was"]}
    record.write_text(record.read_text() + json.dumps(wrong) + "\n")
    assert main(["--record", str(record), "--report", str(page)]) == 1
    assert "Disagreements:\n\n- problem 0: so it was" in page.read_text()
    assert main(["--again", "--record", str(record), "--report", str(page)]) == 0
    assert "- problem 0: so it was" in page.read_text()
    assert "0 disagreements" in page.read_text()
