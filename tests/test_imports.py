"""Importing does nothing: no third-party module is loaded until it is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import mcda
import mcda.portfolio
import mcda.report
import solvers

CALLABLE_ROOMS = {"backends"}  # calling `solvers.backends()` calls the room itself


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


@pytest.mark.parametrize("package", [mcda, solvers, mcda.portfolio, mcda.report])
def test_no_public_name_is_also_that_of_a_room(package: ModuleType) -> None:
    # The import system binds a room to its name in the package, where it would stand in the way of the public name.
    rooms = {path.parent.name for home in package.__path__ for path in Path(home).glob("*/__init__.py")}
    assert rooms.isdisjoint(set(package.__all__) - CALLABLE_ROOMS)


def test_a_name_shared_with_a_room_is_the_function_whatever_was_imported_before() -> None:
    code = "import mcda.weights.agreement._variance\nfrom mcda.weights import agreement\nprint(callable(agreement))"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "True\n"
