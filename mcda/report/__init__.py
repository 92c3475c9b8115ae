"""The Board pack, the result for programs, and the result for spreadsheets.

Names load when they are first used, from ``__init__.pyi``.
"""

from mcda.lazy import attach

__getattr__, __dir__, __all__ = attach(__name__)
