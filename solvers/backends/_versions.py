"""Versions of installed packages, looked up once: reading a package's metadata takes longer than many solves do."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def installed_version(distribution: str) -> str:
    """Return the version of an installed package, or "" if it is not installed."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""
