"""The `mcda` command: a thin layer, and fast to show its help."""

from mcda.cli._main import main

__all__ = ["main"]
