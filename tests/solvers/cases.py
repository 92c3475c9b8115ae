"""Published cases as problems: the figures are under tests/reference/portfolio, one file per source."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from solvers import CountRule, Problem

FOLDER = Path(__file__).parents[1] / "reference" / "portfolio"


def read(case: str) -> dict:
    return json.loads((FOLDER / f"{case}.json").read_text(encoding="utf-8"))


def problem_of(case: dict, variant: dict | None = None) -> Problem:
    variant = variant or {}
    names = case["names"]
    keep = [names.index(name) for name in variant.get("projects", names)]
    usage = np.array(case["usage"], dtype=float).reshape(len(names), -1)[keep]
    given = {**case, **variant}
    return Problem(
        np.array(case["values"])[keep],
        usage,
        given["capacity"],
        names=[names[i] for i in keep],
        resources=case.get("resources"),
        mandatory=given.get("mandatory", ()),
        requires=[(option, needs) for option, needs in given.get("requires", [])],
        counts=[CountRule(members, maximum=bound) for members, bound in given.get("at_most", [])],
        name=case["id"],
    )


def petersen(instance: dict) -> Problem:
    usage = np.array(instance["usage_by_resource"], dtype=float).T
    names = [str(i) for i in range(1, len(instance["values"]) + 1)]
    return Problem(instance["values"], usage, instance["capacity"], names=names, name=instance["id"])
