"""Multi-criteria decision analysis: what is each project worth, to whom, and how sure are we.

Public names are loaded when first used (PEP 562): ``import mcda`` loads no third-party module. They are listed once,
in ``__init__.pyi``, which type checkers read as it is.
"""

from __future__ import annotations

from mcda import versions
from mcda.lazy import attach

__version__ = versions.VERSION
__getattr__, __dir__, _NAMES = attach(__name__)
__all__ = ["__version__", *_NAMES]  # noqa: PLE0604 - the stub is the list of public names
