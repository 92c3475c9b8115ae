"""Run by continuous integration with the Python that has only the built wheel: does the installed product work?

Usage: python installed.py PATH_TO_MCDA, from a folder that is not the checkout.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path


def main(command: str) -> None:
    import mcda
    import solvers

    for package in (mcda, solvers):
        home = Path(package.__file__).parent
        assert "site-packages" in str(home), f"{home} is not the installed package"
        assert (home / "py.typed").exists()
    for name in ("datasets", "tests", "benchmarks"):
        assert importlib.util.find_spec(name) is None, f"the wheel must not install a top-level '{name}'"
    subprocess.run([command, "doctor"], check=True)
    subprocess.run([command, "demo", "--out", "demo"], check=True, stdout=subprocess.DEVNULL)
    result = json.loads(Path("demo/result.json").read_text(encoding="utf-8"))
    assert result["termination"] == "optimal"
    assert len(result["selected"]) == 17
    assert Path("demo/board-pack.html").stat().st_size > 10_000
    subprocess.run([command, "new", "plan.xlsx"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([command, "check", "plan.xlsx"], check=True, stdout=subprocess.DEVNULL)
    print("installed package: works")  # noqa: T201 - a script's closing line


if __name__ == "__main__":
    main(sys.argv[1])
