"""Solvers of other packages: each must pass the conformance suite before it is compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.backends.registry import MODULES, usable
from solvers.errors import BackendError, ProblemError
from solvers.testing import conformance_cases

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solvers.benchmarking._plan import Variant


def check_third_party(variants: Iterable[Variant]) -> None:
    """Run the conformance suite on every solver that is not ours and can be used.

    Raises
    ------
    ProblemError
        If one gives a wrong answer; the message says on which case.
    """
    for name in dict.fromkeys(variant.solver for variant in variants):
        if name in MODULES or name == "auto" or ":" in name:
            continue
        try:
            backend = usable(name)
        except BackendError:
            continue  # each of its runs records that it was refused, and why
        for case in conformance_cases():
            if case.unsuited(backend):
                continue
            try:
                case.check(backend)
            except Exception as error:
                raise ProblemError(
                    f"The solver {name!r} does not pass the conformance suite, so it is not compared: {error}"
                ) from error
