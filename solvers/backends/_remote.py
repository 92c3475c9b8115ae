"""A back end whose library runs in a worker process: what such back ends share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from solvers.backends._versions import installed_version
from solvers.backends._worker import DiedError, OverdueError, StoppedError, borrowed
from solvers.backends.base import Feature, Options, Outcome
from solvers.termination import LimitReached

if TYPE_CHECKING:
    from solvers.linear import LinearModel


@dataclass(frozen=True, slots=True)
class Remote:
    """A back end that lives in the module `module` of a worker process.

    The module has ``probe(control)``, which imports the library and returns None or the reason why it cannot be
    used, and ``work(model, options, control)``, which returns an `Outcome`; both get `arguments` before `control`.
    """

    name: str
    distribution: str
    install: str
    module: str
    features: frozenset[Feature]

    def version(self) -> str:
        """Version of the library, or "" if it is not installed."""
        return installed_version(self.distribution)

    def unusable(self) -> str | None:
        """Why it cannot be used here; None if it can. Only loading the library shows that."""
        found = self.version()
        if not found:
            return f"{self.distribution} is not installed. Remedy: pip install {self.install}."
        try:
            with borrowed(self.module) as worker:
                reason: str | None = worker.call("probe", *self.arguments())
        except (DiedError, RuntimeError) as error:
            return f"{self.distribution} {found} cannot be loaded ({error}). Remedy: install it again."
        return reason

    def arguments(self) -> tuple[object, ...]:
        """Return what the worker needs besides model and options."""
        return ()

    def maximise(self, model: LinearModel, options: Options) -> Outcome:
        """Solve a linear model in the worker process; if the process dies, that is an outcome too."""
        plain = replace(options, log=None, stop=None)
        try:
            with borrowed(self.module) as worker:
                answer: Outcome = worker.call(
                    "work",
                    model,
                    plain,
                    *self.arguments(),
                    stop=options.stop,
                    log=options.log,
                    seconds=options.time_limit,
                )
        except DiedError as died:
            return Outcome.failed(f"the process of {self.name} {died}")
        except RuntimeError as error:
            return Outcome.failed(f"{self.name} raised {error}")
        except OverdueError:
            words = f"{self.name} was killed: it did not stop at its time limit"
            return Outcome.stopped(LimitReached.TIME, words)
        except StoppedError:
            return Outcome.stopped(LimitReached.INTERRUPT, "asked to stop")
        return answer
