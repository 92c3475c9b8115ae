"""Compiling with numba where it is installed; without it the functions stay plain Python and the back end unusable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

try:
    from numba import config, njit
    from numba.core.cgutils import get_null_value
    from numba.extending import intrinsic
except ImportError:  # pragma: no cover - the suite runs with the extra "fast"
    njit = None


def borrowed(array: Any) -> Any:
    """Return an array without its count of references, which costs atomic steps at every look inside.

    Only for what the Python caller of an `entry` holds until that returns.
    """
    return array


def compiled(function: Function) -> Function:
    """Compile a function that only other compiled ones call: no global lock, kept on disk for the next process."""
    return _compile(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def entry(function: Function) -> Function:
    """Compile a function that Python calls."""
    return _compile(function, no_cfunc_wrapper=True)


def reassociated(function: Function) -> Function:
    """Compile a function whose sums may be added up in any order: only for choices that need no exactness."""
    return _compile(function, no_cpython_wrapper=True, no_cfunc_wrapper=True, fastmath=True)


if njit is not None and not config.DISABLE_JIT:

    @intrinsic  # type: ignore[untyped-decorator]
    def borrowed(typing: Any, array: Any) -> Any:
        """Return the same structure, its pointer to the counted memory empty."""

        def lower(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            kind = context.make_array(signature.return_type)
            given, made = kind(context, builder, arguments[0]), kind(context, builder)
            for name in ("data", "shape", "strides", "itemsize", "nitems"):
                setattr(made, name, getattr(given, name))
            made.meminfo, made.parent = get_null_value(made.meminfo.type), get_null_value(made.parent.type)
            return made._getvalue()

        return array(array), lower


def _compile(function: Function, **options: bool) -> Function:
    if njit is None:  # pragma: no cover
        return function
    quick: Function = njit(cache=True, nogil=True, error_model="numpy", **options)(function)
    return quick
