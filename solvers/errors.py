"""What can go wrong, in words a user can act on."""

from __future__ import annotations


class SolversError(Exception):
    """Base of every error that `solvers` raises on purpose.

    A message names the thing, the rule, the value found and the remedy.
    """


class ProblemError(SolversError, ValueError):
    """A problem or an option of a call breaks a stated rule."""


class NoSolutionError(SolversError):
    """Something was asked of a solution that has no portfolio."""


class BackendError(SolversError):
    """A solver is missing, refused, lacks what is asked of it, or failed."""
