"""Reading instances from a file or a folder that the user names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from solvers.errors import ProblemError
from solvers.instances._best_known import names_of, read_best_known
from solvers.instances._families import FAMILIES, Family, family_named
from solvers.instances._instance import BestKnown, Instance
from solvers.instances._structured import read_release

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def read_folder(folder: str | Path, family: str | None = None, only: Iterable[str] | None = None) -> Iterator[Instance]:
    """Read the instances of a folder, one after another, in the order of file names.

    Parameters
    ----------
    folder : path
        A folder with the files of one family, or one with a folder per family, named as `families` names them.
    family : str, optional
        Which family it holds; by default the family that the folder is named after.
    only : iterable of str, optional
        Families (if the folder holds several) or names of instances to read; others are left out.

    Yields
    ------
    Instance
        Problem, best-known value if the folder has a best_known.csv, reference.

    Raises
    ------
    ProblemError
        If there is no such folder, its family is not known, or a file does not follow its format.
    """
    root = Path(folder)
    if not root.is_dir():
        raise ProblemError(f"There is no folder {root}. Name the folder that holds the instances.")
    wanted = None if only is None else set(only)
    name = family or root.name
    if name in FAMILIES:
        yield from _of_family(root, family_named(name), wanted)
        return
    inside = [child for child in sorted(root.iterdir()) if child.is_dir() and child.name in FAMILIES]
    if family is not None:
        family_named(family)
    if not inside:
        raise ProblemError(
            f"{root} is not named like a family of instances and holds no folder that is. Say which it is: "
            f"family= one of {', '.join(FAMILIES)}."
        )
    for child in inside:
        known = wanted is not None and child.name in wanted
        yield from _of_family(child, FAMILIES[child.name], None if known else wanted)


def read_file(path: str | Path, family: str) -> tuple[Instance, ...]:
    """Read every instance of one file of a family.

    Raises
    ------
    ProblemError
        If there is no such file or family, or the file does not follow its format.
    """
    file = Path(path)
    if not file.is_file():
        raise ProblemError(f"There is no file {file}.")
    return tuple(_of_file(file, family_named(family), read_best_known(file.parent), None))


def families() -> dict[str, tuple[str, str]]:
    """Return the families that can be read, by name: what each contains and what to cite.

    Examples
    --------
    >>> list(families())[:3]
    ['orlib_mkp', 'sac94', 'gk']
    """
    return {family.name: (family.title, family.reference) for family in FAMILIES.values()}


def _of_family(folder: Path, family: Family, wanted: set[str] | None) -> Iterator[Instance]:
    files = sorted({path for pattern in family.patterns for path in folder.glob(pattern)})
    if not files:
        raise ProblemError(f"{folder} holds no file of {family.name} ({', '.join(family.patterns)}).")
    known = read_best_known(folder)
    for path in files:
        names = names_of(folder, path.name)
        if wanted is None or not names or wanted.intersection(names):
            yield from _of_file(path, family, known, wanted)


def _of_file(
    path: Path, family: Family, known: dict[tuple[str, str], BestKnown], wanted: set[str] | None
) -> Iterator[Instance]:
    read = family.read(path)
    if family.read is read_release and (names := names_of(path.parent, path.name)):
        read = read_release(path, [float(name.rsplit("-", 1)[1]) for name in names])
    for name, problem, stated in read:
        if wanted is not None and name not in wanted:
            continue
        best = known.get((path.name, name))
        if best is None and stated is not None:
            best = BestKnown(stated, "bound", "stated in the file")
        yield Instance(name, family.name, problem, best, family.reference, path)
