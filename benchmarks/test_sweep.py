"""The whole sweep on tiny problems: runs, resumes, and writes its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.sweep import main
from solvers.benchmarking import read_plan

if TYPE_CHECKING:
    from pathlib import Path


def test_smoke(tmp_path: Path) -> None:
    plan, page = tmp_path / "plan.toml", tmp_path / "page.md"
    plan.write_text(
        'instances = ["smoke"]\ntime_limit = 30\nsample = 1\n[[variant]]\nname = "all"\nsolver = "exhaustive"\n'
        '[[variant]]\nname = "none"\nsolver = "no-such-solver"\n'
    )
    words = ["--plan", str(plan), "--out", str(tmp_path / "runs"), "--page", str(page)]
    assert main(words) == 0
    text = page.read_text("utf-8")
    assert "2 runs: 2 variants on 1 instances, at most 1 drawn of each family" in text
    assert "| all | 1 of 1 |" in text
    assert "- none: 1 refused" in text
    assert "no claim is refuted" in text
    assert main(words) == 0  # goes on: nothing is left to run
    assert main([*words, "--report-only"]) == 0
    assert page.read_text("utf-8") == text


def test_the_committed_plan() -> None:
    plan = read_plan("benchmarks/full.toml")
    assert {"auto", "branch_and_bound"} <= {variant.solver for variant in plan.variants}
