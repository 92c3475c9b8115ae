"""What can go wrong, in words a user can act on."""

from __future__ import annotations


class McdaError(Exception):
    """Base of every error that `mcda` raises on purpose.

    A message names the thing, the rule, the value found and the remedy.
    """


class InputError(McdaError, ValueError):
    """An argument or a figure breaks a stated rule."""


class LabelError(InputError, KeyError):
    """A label (project, criterion, stakeholder, group, ...) is unknown, missing or repeated."""

    def __str__(self) -> str:
        # KeyError prints the repr of its argument; a message for people is printed as it is.
        return str(self.args[0]) if self.args else ""


class NoAnswerError(McdaError):
    """A value was asked for, but the question has no answer."""
