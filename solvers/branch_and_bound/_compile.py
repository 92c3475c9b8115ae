"""Compiling with numba where it is installed; without it the functions stay plain Python and the back end unusable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

try:
    from numba import njit
except ImportError:  # pragma: no cover - the suite runs with the extra "fast"
    njit = None


def compiled(function: Function) -> Function:
    """Compile a function that only other compiled ones call: no global lock, kept on disk for the next process."""
    return _compile(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def entry(function: Function) -> Function:
    """Compile a function that Python calls."""
    return _compile(function, no_cfunc_wrapper=True)


def reassociated(function: Function) -> Function:
    """Compile a function whose sums may be added up in any order: only for choices that need no exactness."""
    return _compile(function, no_cpython_wrapper=True, no_cfunc_wrapper=True, fastmath=True)


def _compile(function: Function, **options: bool) -> Function:
    if njit is None:  # pragma: no cover
        return function
    quick: Function = njit(cache=True, nogil=True, error_model="numpy", **options)(function)
    return quick
