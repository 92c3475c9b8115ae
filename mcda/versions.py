"""Versions of what computed a result: with the same versions, the same input gives the same bytes."""

from __future__ import annotations

VERSION = "0.1.0"
_SHAPING = ("numpy", "pandas", "scipy", "highspy", "numba", "pyarrow")
"""Packages whose arithmetic or search stands behind the figures."""


def versions() -> dict[str, str]:
    """Return the versions of this package, Python and the packages behind the figures."""
    # Loaded here: `import mcda` reads the version above, and these take a tenth of a second.
    import importlib.metadata
    import platform

    found = {"mcda-portfolio": VERSION, "python": platform.python_version()}
    for package in _SHAPING:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found[package] = "not installed"
    return found
