"""The published sets that can be read: how to recognise their files, how to read them, what to cite."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solvers.errors import ProblemError
from solvers.instances._knapsack import read_jooken, read_kplib, read_or_library, read_single
from solvers.instances._models import read_models
from solvers.instances._scheduling import read_schedule
from solvers.instances._structured import read_conflicts, read_multiple_choice, read_quadratic, read_release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from solvers.instances._knapsack import Read


@dataclass(frozen=True, slots=True)
class Family:
    """A published set.

    Attributes
    ----------
    name : str
        What it is called here; also the name of the folder that holds it.
    title : str
        What it contains.
    patterns : tuple of str
        File names.
    reference : str
        What to cite.
    read : callable
        Reader of one file: yields (name, problem, value stated in the file or None).
    """

    name: str
    title: str
    patterns: tuple[str, ...]
    reference: str
    read: Callable[[Path], Iterator[Read]]


FAMILIES = {
    family.name: family
    for family in (
        Family(
            "orlib_mkp",
            "OR-Library multidimensional knapsack (mknap1, mknapcb1 to 9)",
            ("mknap*.txt",),
            "Beasley (1990), J. Opl Res. Soc. 41, 1069-1072; Petersen (1967), Management Science 13, 736-750; "
            "Chu & Beasley (1998), J. Heuristics 4, 63-86",
            read_or_library,
        ),
        Family(
            "sac94",
            "SAC-94 multidimensional knapsack (hp, pb, pet, sento, weing, weish)",
            ("*.dat",),
            "Khuri, Bäck & Heitkötter (1994), Proc. ACM SAC, 188-193",
            read_single,
        ),
        Family(
            "gk",
            "Glover-Kochenberger large multidimensional knapsack",
            ("gk*.dat",),
            "Glover & Kochenberger (1996), in Meta-Heuristics: Theory and Applications, 407-427",
            read_single,
        ),
        Family(
            "kp_kplib",
            "knapsack classes of Kellerer, Pferschy & Pisinger",
            ("*.kp",),
            "Kellerer, Pferschy & Pisinger (2004), Knapsack Problems, Springer",
            read_kplib,
        ),
        Family(
            "kp_jooken",
            "hard knapsacks of Jooken, Leyman & De Causmaecker",
            ("*.in",),
            "Jooken, Leyman & De Causmaecker (2022), Eur. J. Oper. Res. 301, 841-854",
            read_jooken,
        ),
        Family(
            "kpc_conflicts",
            "knapsack with conflicts",
            ("*.dat",),
            "Coniglio, Furini & San Segundo (2021), Eur. J. Oper. Res. 289, 435-455",
            read_conflicts,
        ),
        Family(
            "mmkp",
            "multiple-choice multidimensional knapsack (one version of each project)",
            ("I*.txt", "mmkp*.txt"),
            "Khan, Li, Manning & Akbar (2002), Studia Informatica 2, 161-182",
            read_multiple_choice,
        ),
        Family(
            "qkp_synergy",
            "quadratic knapsack (synergies of pairs)",
            ("jeu_*.txt", "r_*.txt"),
            "Billionnet & Soutif (2004), Eur. J. Oper. Res. 157, 565-575",
            read_quadratic,
        ),
        Family(
            "nrp_release_planning",
            "next release problem (requirements with prerequisites, customers who pay)",
            ("nrp*.txt",),
            "Xuan, Jiang, Ren & Luo (2012), IEEE Trans. Software Eng. 38, 1195-1212",
            read_release,
        ),
        Family(
            "rcpsp_j30",
            "project scheduling with limited resources, as a choice of start times",
            ("*.sm",),
            "Kolisch & Sprecher (1997), Eur. J. Oper. Res. 96, 205-216",
            read_schedule,
        ),
        Family(
            "models",
            "models of your own with 0/1 columns, as MPS or LP files",
            ("*.mps", "*.lp", "*.mps.gz", "*.lp.gz"),
            "the source that best_known.csv names",
            read_models,
        ),
    )
}


def family_named(name: str) -> Family:
    """Return a family by name.

    Raises
    ------
    ProblemError
        If there is none of that name.
    """
    if name not in FAMILIES:
        raise ProblemError(f"There is no family of instances {name!r}. Use one of: {', '.join(FAMILIES)}.")
    return FAMILIES[name]
