"""A request to stop: made by Ctrl-C, or by a rival that has already answered; heard by whatever is running."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


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

    Only the main thread can listen, and only where Python's own handler is in place: a program that handles
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
