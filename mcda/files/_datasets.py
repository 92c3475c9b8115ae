"""The decisions that come with the library."""

from __future__ import annotations

from pathlib import Path

from mcda.errors import LabelError

_PACKAGE = Path(__file__).parents[1]
HOMES = (_PACKAGE / "_datasets", _PACKAGE.parent / "datasets")
"""Where they are: in an installed wheel, or in a checkout."""


def dataset(name: str) -> Path:
    """Return the folder of a decision that comes with the library.

    Parameters
    ----------
    name
        For example ``"nhs-digital"``: forty digital projects of a hospital trust (synthetic).

    Returns
    -------
    pathlib.Path
        A folder of CSV files, to pass to `mcda.load`.

    Raises
    ------
    LabelError
        If there is no such decision.

    Examples
    --------
    >>> import mcda
    >>> mcda.dataset("nhs-digital").name
    'nhs-digital'
    """
    known = {path.name: path for home in HOMES if home.is_dir() for path in sorted(home.iterdir()) if path.is_dir()}
    if name not in known:
        raise LabelError(f"There is no dataset '{name}'. Known: {', '.join(known) or 'none'}.")
    return known[name]
