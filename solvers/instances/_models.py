"""Models with 0/1 columns from MPS and LP files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from solvers.instances._knapsack import Read


def read_models(path: Path) -> Iterator[Read]:
    """One problem per file, named after the file without its suffix; a minimisation becomes maximising the negative."""
    from solvers.formats.model_files import read_model

    yield re.sub(r"\.(mps|lp)(\.gz)?$", "", path.name), read_model(path), None
