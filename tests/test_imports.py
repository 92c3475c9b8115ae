"""Importing does nothing: no third-party module is loaded until it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

import mcda
import solvers


def loaded_after(code: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter has loaded after running the code."""
    program = f"{code}\nimport sys\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return set(done.stdout.splitlines()[-1].split())


def third_party(modules: set[str]) -> set[str]:
    # What a bare interpreter loads at start-up (site hooks of the environment) is not ours.
    return {name for name in modules - loaded_after("pass") if name not in sys.stdlib_module_names}


@pytest.mark.parametrize("package", ["mcda", "solvers"])
def test_import_loads_no_third_party_module(package: str) -> None:
    assert third_party(loaded_after(f"import {package}")) == {package}


def test_help_loads_no_numpy() -> None:
    code = "import contextlib, mcda.cli\nwith contextlib.suppress(SystemExit):\n    mcda.cli.main(['--help'])"
    assert third_party(loaded_after(code)) <= {"mcda", "solvers"}


@pytest.mark.parametrize("package", [mcda, solvers])
def test_every_public_name_can_be_reached(package: object) -> None:
    for name in package.__all__:  # type: ignore[attr-defined]
        assert getattr(package, name) is not None
        assert name in dir(package)


@pytest.mark.parametrize("package", [mcda, solvers])
def test_an_unknown_name_is_an_attribute_error(package: object) -> None:
    with pytest.raises(AttributeError, match="has no attribute 'topsi'"):
        package.topsi  # type: ignore[attr-defined] # noqa: B018 - the access is the test
