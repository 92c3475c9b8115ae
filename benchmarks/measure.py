"""Run the pytest-benchmark suite of one area in full and write its page: ``python -m benchmarks.measure AREA``."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

AREAS = ("scoring", "weights", "library")


def main(arguments: list[str]) -> int:
    """Measure in a process of its own, and lay out what it measured."""
    if len(arguments) != 1 or arguments[0] not in AREAS:
        sys.stderr.write(f"usage: python -m benchmarks.measure {{{','.join(AREAS)}}}\n")
        return 2
    area = arguments[0]
    target = Path("docs/performance") / f"{area}.md"
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.json"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"benchmarks/{area}"]
        options = ["--benchmark-enable", "--benchmark-only", f"--benchmark-json={results}", "--benchmark-quiet"]
        # The libraries below NumPy must start no threads of their own, for us or for peers.
        one = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        status = subprocess.run([*command, *options], env={**os.environ, **one}, check=False)  # noqa: S603
        if status.returncode == 0:
            page = importlib.import_module(f"benchmarks.{area}.page").page
            target.write_text(page(results), encoding="utf-8")
            sys.stderr.write(f"wrote {target}\n")
    return status.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
