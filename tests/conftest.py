"""Hypothesis profiles: pick one with HYPOTHESIS_PROFILE; continuous integration repeats the same examples."""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

pytest.register_assert_rewrite("tests.browser", "tests.mcda", "tests.pages", "tests.solvers")  # helpers count too

pytest_plugins = ["tests.assertions"]

settings.register_profile("default", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.register_profile("fewer", settings.get_profile("ci"), max_examples=15)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "default"))

# A shell that runs the suite in the background makes it, and every process it starts, deaf to Ctrl-C; tests send it.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
