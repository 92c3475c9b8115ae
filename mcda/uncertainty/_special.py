"""SciPy's special functions, loaded when one is first called: importing them costs as much as a whole selection."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__all__ = ["special"]

if TYPE_CHECKING:
    from scipy import special
else:

    class _Special:
        def __getattr__(self, name: str) -> Any:
            return getattr(importlib.import_module("scipy.special"), name)

    special = _Special()
