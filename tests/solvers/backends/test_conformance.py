"""Every usable back end passes the public conformance suite."""

from __future__ import annotations

import pytest

from solvers.backends.registry import MODULES, load, why_unusable
from solvers.testing import conformance_cases


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize("case", conformance_cases(), ids=str)
def test_conformance(name, case):
    reason = why_unusable(name)
    if reason:
        pytest.skip(f"{name} cannot be used here: {reason}")
    backend = load(name)
    reason = case.unsuited(backend)
    if reason:
        pytest.skip(reason)
    case.check(backend)
