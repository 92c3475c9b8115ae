"""A test that ran no assertion has shown nothing: it fails by name.

What counts: passing `assert` statements (in tests and in their helpers, which pytest rewrites), expectations of errors
and warnings, and the checks of NumPy, pandas and our own conformance suite. What a loop that never ran, or a return
before the first assertion, would hide is thus found by running, not by reading.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from _pytest.assertion import util

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ran = 0
_hook: Callable[[int, str, str], None] | None = None


def count() -> None:
    """Count one assertion of the test that is running."""
    global _ran  # noqa: PLW0603 - tests of one process run one after the other
    _ran += 1


def _counting(check: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(check)
    def counted(*given: Any, **named: Any) -> Any:
        count()
        return check(*given, **named)

    return counted


def pytest_configure() -> None:
    """Count what checks without the word `assert`."""
    from solvers.testing.conformance import Case

    for home, names in (
        (pytest, ("raises", "warns")),
        (np.testing, ("assert_allclose", "assert_array_equal", "assert_equal")),
        (pd.testing, ("assert_frame_equal", "assert_series_equal", "assert_index_equal")),
        (Case, ("check",)),
    ):
        for name in names:
            setattr(home, name, _counting(getattr(home, name)))


def pytest_assertion_pass() -> None:
    """Count a passing `assert` (the hook is switched on in pyproject.toml)."""
    global _hook
    count()
    # One is enough to know: explaining each of the many that a property runs would take longer than the tests.
    _hook, util._assertion_pass = util._assertion_pass, None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[Any]:
    """Fail a test that passed without an assertion."""
    report = yield
    of_ours = item.nodeid.startswith("tests/")  # benchmarks measure, and assert only what they have to
    if of_ours and call.when == "call" and report.passed and _ran == 0:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} ran no assertion: nothing was shown. Assert what holds, or take the test out."
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """Begin to count anew for each test: what its fixtures asserted before does not count."""
    global _ran, _hook  # noqa: PLW0603 - as above
    _ran = 0
    if _hook is not None:
        _hook, util._assertion_pass = None, _hook
    return (yield)
