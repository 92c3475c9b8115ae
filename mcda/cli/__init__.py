"""The `mcda` command: thin, and fast to show its help."""

from mcda.cli._main import main

__all__ = ["main"]
