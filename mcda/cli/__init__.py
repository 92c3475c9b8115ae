"""The `mcda` command: thin, and quick to say what it can do."""

from mcda.cli._main import main

__all__ = ["main"]
