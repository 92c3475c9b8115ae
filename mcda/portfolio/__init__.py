"""Where a decision and its values become a problem, and a solution becomes a selection of projects.

Names load when they are first used, from ``__init__.pyi``: a command that selects loads nothing that explains or draws.
"""

from mcda.lazy import attach

__getattr__, __dir__, __all__ = attach(__name__)
