"""What runs inside a worker process: takes a model, calls the solver's library, sends back the outcome."""

from __future__ import annotations

import importlib
import os
import pickle
import queue
import signal
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable


class Control:
    """What a solver in a worker can use: a hook for requests to stop, and a place for its log."""

    def __init__(self, send: Callable[[Any], None]) -> None:
        self._send = send
        self._stop: Callable[[], None] | None = None
        self._busy = False
        self.log: bool = False
        self.stopped: bool = False

    def on_stop(self, hook: Callable[[], None]) -> None:
        """Call `hook` when the caller asks to stop; without a hook the process ends at once."""
        self._stop = hook

    def say(self, line: str) -> None:
        """Pass a line of the solver's log to the caller."""
        if self.log:
            self._send(("log", line))

    def stop(self) -> None:
        """Stop the solver, or the process if the solver cannot be stopped."""
        if not self._busy:
            return
        self.stopped = True
        if self._stop is None:
            os._exit(0)
        self._stop()

    def begin(self, log: bool) -> None:
        """Begin a job."""
        self._stop, self.log, self.stopped, self._busy = None, log, False, True

    def end(self) -> None:
        """End a job: later requests to stop are ignored."""
        self._busy = False


def serve(module: str) -> None:
    """Do jobs for the parent process until it closes the pipe. Whatever a library prints becomes a log line."""
    answers = os.fdopen(os.dup(1), "wb")
    lock = threading.Lock()

    def send(message: Any) -> None:
        data = pickle.dumps(message)
        with lock:
            answers.write(len(data).to_bytes(8, "little") + data)
            answers.flush()

    control = Control(send)
    _listen_to_prints(control)
    # A handler of our own, not "ignore": a solver's child process must not inherit an ignored SIGINT.
    signal.signal(signal.SIGINT, lambda signum, frame: None)
    jobs: queue.Queue[Any] = queue.Queue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, jobs, control), daemon=True).start()
    while True:
        function, arguments, log = jobs.get()
        control.begin(log)
        try:
            work = getattr(importlib.import_module(module), function)
            answer = ("done", work(*arguments, control))
        except Exception as error:  # noqa: BLE001 - the parent decides what to make of it
            answer = ("error", f"{type(error).__name__}: {error}")
        control.end()
        send(answer)


def _listen(pipe: BinaryIO, jobs: queue.Queue[Any], control: Control) -> None:
    while True:
        message = receive(pipe)
        if message is None:  # the parent has gone
            with suppress(ProcessLookupError, AttributeError, PermissionError):
                if os.getpgid(0) == os.getpid():
                    os.killpg(0, signal.SIGKILL)
            os._exit(0)
        if message == "stop":
            control.stop()
        else:
            jobs.put(message)


def _listen_to_prints(control: Control) -> None:
    read, write = os.pipe()
    for printing in (1, 2):
        os.dup2(write, printing)

    def forward() -> None:
        with os.fdopen(read, "r", errors="replace") as lines:
            for line in lines:
                control.say(line.rstrip("\n"))

    threading.Thread(target=forward, daemon=True).start()


def receive(pipe: BinaryIO) -> Any:
    """Read one message; None at the end of the pipe."""
    size = pipe.read(8)
    if len(size) < 8:
        return None
    data = pipe.read(int.from_bytes(size, "little"))
    return pickle.loads(data) if data else None  # noqa: S301 - written by our own other half
