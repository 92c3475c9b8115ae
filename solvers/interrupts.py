"""A request to stop: made by Ctrl-C, or by a rival that has already answered; heard by whatever is running."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class _Many(threading.local):
    """How many blocks of `interrupts_raise` this thread is in."""

    blocks = 0


_MANY = _Many()


class Stop:
    """Whether someone has asked to stop, and what to call when they do."""

    __slots__ = ("_asked", "_hooks")

    def __init__(self) -> None:
        self._asked = False
        self._hooks: list[Callable[[], None]] = []

    @property
    def asked(self) -> bool:
        """Whether someone has asked."""
        return self._asked

    def ask(self) -> None:
        """Ask whatever is running to stop."""
        self._asked = True
        for hook in tuple(self._hooks):
            hook()

    @contextmanager
    def calling(self, hook: Callable[[], None]) -> Iterator[None]:
        """Call `hook` if someone asks while the block runs, or has asked before."""
        self._hooks.append(hook)
        try:
            if self._asked:
                hook()
            yield
        finally:
            self._hooks.remove(hook)


@contextmanager
def stop_on_interrupt(stop: Stop) -> Iterator[None]:
    """Turn Ctrl-C into a request to stop while the block runs; a second Ctrl-C is a KeyboardInterrupt.

    Within `interrupts_raise` the first one raises KeyboardInterrupt too, once the search has stopped.

    Only the main thread can listen, and only if Python's own handler is in place: a program that handles
    Ctrl-C itself keeps doing so.
    """
    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return

    def ask(signum: int, frame: object) -> None:
        if stop.asked:
            raise KeyboardInterrupt
        stop.ask()

    signal.signal(signal.SIGINT, ask)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if _MANY.blocks and stop.asked:
        raise KeyboardInterrupt


@contextmanager
def interrupts_raise() -> Iterator[None]:
    """Let Ctrl-C end many searches in a row, instead of cutting the present one short and going on with the next.

    By itself, `solve` answers Ctrl-C with the best portfolio so far. Within this block (or in a function with this as
    a decorator) the search stops and KeyboardInterrupt is raised. `solve_batch` does so by itself, as do mcda's
    questions that take many searches.

    Examples
    --------
    >>> import solvers
    >>> problem = solvers.Problem([16, 22, 12, 8], [5, 7, 4, 3], 14)
    >>> with solvers.interrupts_raise():
    ...     [solvers.solve(problem.replace(capacity=[limit])).value for limit in (14, 12, 4)]
    [42.0, 38.0, 12.0]
    """
    _MANY.blocks += 1
    try:
        yield
    finally:
        _MANY.blocks -= 1
