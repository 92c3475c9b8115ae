"""A solver's library in a separate process: kept warm, told to stop, replaced when it dies.

Some libraries cannot share a process with HiGHS, any of them may crash, and few can be stopped from outside;
in a separate process each of these is just another outcome. The process is started by a command of its own,
not by `multiprocessing`, so a script needs no ``if __name__ == "__main__"`` guard.
"""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from solvers.backends._serve import receive
from solvers.interrupts import Stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GRACE = 5.0  # seconds for a solver to stop by itself, after being asked or after its time limit


class DiedError(Exception):
    """The process ended before it answered; the message says how."""


class OverdueError(Exception):
    """The process was killed because it ran on long after its time limit."""


class StoppedError(Exception):
    """The process was asked to stop and had nothing to hand back."""


class Worker:
    """One process that does one job at a time."""

    def __init__(self, module: str) -> None:
        code = f"import sys; sys.path[:] = {sys.path!r}; from solvers.backends._serve import serve; serve({module!r})"
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own code
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches it through us, as a request to stop
        )
        self.module = module
        self._lock = threading.Lock()

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self.process.poll() is None

    def call(
        self,
        function: str,
        *arguments: Any,
        stop: Stop | None = None,
        log: Callable[[str], None] | None = None,
        seconds: float | None = None,
    ) -> Any:
        """Call a function of the module in the process, with a `Control` as its last argument.

        Raises
        ------
        DiedError, OverdueError, StoppedError
            If there is no answer.
        RuntimeError
            If the function raised.
        """
        stop, overdue = stop or Stop(), threading.Event()
        timers: list[threading.Timer] = []

        def after(delay: float, action: Callable[[], None]) -> None:
            timer = threading.Timer(delay, action)
            timer.daemon = True
            timers.append(timer)
            timer.start()

        def give_up() -> None:
            overdue.set()
            self._send("stop")
            after(GRACE, self.kill)

        def interrupted() -> None:
            self._send("stop")
            after(GRACE, self.kill)

        self._send((function, arguments, log is not None))
        if seconds is not None:
            after(seconds + GRACE, give_up)
        try:
            with stop.calling(interrupted):
                return self._answer(log)
        except DiedError:
            if stop.asked:
                raise StoppedError from None
            if overdue.is_set():
                raise OverdueError from None
            raise
        finally:
            for timer in timers:
                timer.cancel()

    def kill(self) -> None:
        """Kill the process and what it started."""
        with suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self.process.pid, signal.SIGKILL)
            else:
                self.process.kill()

    def close(self) -> None:
        """Let the process end, and wait for it."""
        with suppress(OSError, ValueError):
            self.process.stdin.close()  # type: ignore[union-attr]
        try:
            self.process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self.kill()
            self.process.wait()
        self.process.stdout.close()  # type: ignore[union-attr]

    def _send(self, message: Any) -> None:
        data = pickle.dumps(message)
        pipe = self.process.stdin
        with suppress(OSError, ValueError), self._lock:  # a dead process shows when its answer is read
            pipe.write(len(data).to_bytes(8, "little") + data)  # type: ignore[union-attr]
            pipe.flush()  # type: ignore[union-attr]

    def _answer(self, log: Callable[[str], None] | None) -> Any:
        while True:
            message = receive(self.process.stdout)  # type: ignore[arg-type]
            if message is None:
                raise DiedError(self._how_it_died())
            kind, content = message
            if kind == "done":
                return content
            if kind == "error":
                raise RuntimeError(content)
            if log is not None:
                log(content)

    def _how_it_died(self) -> str:
        status = self.process.wait()
        self.kill()  # what it started goes with it
        if status < 0:
            return f"was killed by signal {-status} ({signal.Signals(-status).name})"
        return f"ended with status {status}"


_idle: list[Worker] = []
_all: list[Worker] = []
_abandoned: list[Worker] = []  # the parent's, after a fork
_lock = threading.Lock()
_owner = os.getpid()


@contextmanager
def borrowed(module: str) -> Iterator[Worker]:
    """Lend a warm worker for a module, or a new one; it is kept for the next job if it survives this one."""
    worker = _take(module)
    try:
        yield worker
    except RuntimeError:
        raise
    except BaseException:
        worker.kill()  # it may be in the middle of anything
        raise
    finally:
        if worker.alive:
            with _lock:
                _idle.append(worker)
        else:
            worker.close()
            with _lock, suppress(ValueError):
                _all.remove(worker)


def _take(module: str) -> Worker:
    global _owner  # noqa: PLW0603 - a forked child must not use its parent's pipes
    with _lock:
        if _owner != os.getpid():
            _abandoned.extend(_all)
            _idle.clear()
            _all.clear()
            _owner = os.getpid()
        for worker in [idle for idle in _idle if idle.module == module]:
            _idle.remove(worker)
            if worker.alive:
                return worker
            worker.close()
            _all.remove(worker)
        worker = Worker(module)
        _all.append(worker)
        return worker


def processes(module: str) -> tuple[int, ...]:
    """Process numbers of the workers of a module."""
    with _lock:
        return tuple(worker.process.pid for worker in _all if worker.module == module and worker.alive)


def close_all() -> None:
    """End every worker of this process."""
    if _owner == os.getpid():
        with _lock:
            workers = tuple(_all)
            _idle.clear()
            _all.clear()
        for worker in workers:
            worker.close()


atexit.register(close_all)
