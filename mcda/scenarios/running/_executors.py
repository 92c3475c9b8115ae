"""Who computes the chunks: this process, worker processes, or any executor of `concurrent.futures`."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import types
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class SerialExecutor(Executor):
    """Computes at once, in this process and thread; an interrupt is passed on."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **keywords: Any) -> Future[Any]:
        """Compute and return a finished future."""
        future: Future[Any] = Future()
        try:
            future.set_result(function(*arguments, **keywords))
        except Exception as error:  # noqa: BLE001 - handed to whoever asks for the result, as every executor does
            future.set_exception(error)
        return future


class WorkerPool(Executor):
    """Worker processes of our own: spawned (safe with threads), ended with this process, replaced when they die.

    Workers do not import the user's main module, so a script needs no ``if __name__ == "__main__"`` guard.

    Parameters
    ----------
    workers
        How many.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool = self._start()

    def _start(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.workers, mp_context=context, initializer=_prepare_worker)

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **keywords: Any) -> Future[Any]:
        """Hand over to a worker."""
        with _without_main():
            return self._pool.submit(function, *arguments, **keywords)

    def restart(self) -> None:
        """Replace a pool after one of its workers was killed; unfinished work is lost."""
        self._end()
        self._pool = self._start()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers, in the middle of their work if it is no longer wanted."""
        if cancel_futures:
            self._end()
        else:
            self._pool.shutdown(wait=wait)

    def _end(self) -> None:
        processes = list((getattr(self._pool, "_processes", None) or {}).values())
        for process in processes:
            process.terminate()
        self._pool.shutdown(wait=True, cancel_futures=True)


def _prepare_worker() -> None:
    """Leave interrupts to the coordinator, and end when it is gone (even if it was killed outright)."""
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Hide the main module while a worker may start: the worker would import it and rerun an unguarded script."""
    main = sys.modules.get("__main__")
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        if main is not None:
            sys.modules["__main__"] = main


def usable_processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
