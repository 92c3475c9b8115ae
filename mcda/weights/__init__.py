"""Weights: from people's judgements or from the figures, for one person or a group.

Names load when they are first used, from ``__init__.pyi``.
"""

from mcda.lazy import attach

__getattr__, __dir__, __all__ = attach(__name__)
