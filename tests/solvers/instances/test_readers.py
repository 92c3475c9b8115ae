"""Each published format, read from small files written here; the sets themselves where the user has them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from solvers import Problem, ProblemError, solve, write_model
from solvers.instances import families, read_file, read_folder
from tests.solvers.cases import read

FOLDER = os.environ.get("MCDA_INSTANCES", "")


def write(folder, family, name, text):
    path = folder / family
    path.mkdir(exist_ok=True)
    (path / name).write_text(text, encoding="utf-8")
    return path / name


def or_library(instance):
    n, m = len(instance["values"]), len(instance["capacity"])
    rows = [instance["values"], *instance["usage_by_resource"], instance["capacity"]]
    return "\n".join([f"{n} {m} {instance['expected']['optimum']}", *(" ".join(map(str, row)) for row in rows)])


def test_or_library_petersen(tmp_path):
    # Petersen (1967), problems 1 and 3, in the layout of OR-Library's mknap1.
    cases = read("petersen-1967-a")["instances"][:2]
    text = f"{len(cases)}\n" + "\n".join(or_library(case) for case in cases)
    path = write(tmp_path, "orlib_mkp", "mknap1.txt", text)
    instances = read_file(path, "orlib_mkp")
    assert [instance.name for instance in instances] == [
        "mknap1-1",
        "mknap1-2",
    ]  # of that file; the figures are problems 1 and 3 of the paper
    for instance, case in zip(instances, cases, strict=True):
        assert solve(instance.problem).value == case["expected"]["optimum"]
        assert instance.best_known.value == case["expected"]["optimum"]
    assert "Petersen (1967)" in instances[0].reference


def test_chu_and_beasley_name_their_problems_by_size(tmp_path):
    path = write(tmp_path, "orlib_mkp", "mknapcb1.txt", "2\n2 1 0\n5 4\n3 2\n4\n2 1 0\n5 4\n3 2\n2\n")
    assert [i.name for i in read_file(path, "orlib_mkp")] == ["1.2-00", "1.2-01"]
    assert read_file(path, "orlib_mkp")[0].best_known is None


def test_single_problem_files(tmp_path):
    path = write(tmp_path, "sac94", "hp0.dat", " 3 2 25\n 10 20 15\n 1 2 3\n 3\t2 1\n 4 4")
    (instance,) = read_file(path, "sac94")
    assert instance.problem.usage.tolist() == [[1, 3], [2, 2], [3, 1]]
    assert solve(instance.problem).value == instance.best_known.value == 25


def test_kplib_and_jooken(tmp_path):
    (kplib,) = read_file(write(tmp_path, "kp_kplib", "x.kp", "\n3\n5\n\n9 4\n5 3\n4 2\n"), "kp_kplib")
    (jooken,) = read_file(write(tmp_path, "kp_jooken", "n_3_f_0.1.in", "3\n0 9 4\n1 5 3\n2 4 2\n5\n"), "kp_jooken")
    assert jooken.name == "n_3_f_0.1"
    for instance in (kplib, jooken):
        assert solve(instance.problem).selected == ("option 1",)
        assert instance.problem.capacity.tolist() == [5]


def test_conflicts(tmp_path):
    text = "param n := 3;\nparam c := 6\nparam : V : p w :=\n 0 9 4\n 1 5 2\n 2 4 2\n;\n\nset E :=\n 0 1\n;\n"
    (instance,) = read_file(write(tmp_path, "kpc_conflicts", "a.txt_0.1.dat", text), "kpc_conflicts")
    assert instance.name == "a.txt_0.1"
    assert solve(instance.problem).selected == ("option 1", "option 3")


@pytest.mark.parametrize(
    "text",
    [
        " 2 2 1 \n 6 \n 1\n 5.00 3\n 9.00 5\n 2\n 4.00 2\n 7.00 4\n\n Solutions by HEU\n 3\n",
        "2 1\n6\n2\n5 3\n9 5\n2\n4 2\n7 4\n",
    ],
)
def test_multiple_choice_takes_exactly_one_version(tmp_path, text):
    (instance,) = read_file(write(tmp_path, "mmkp", "I1.txt", text), "mmkp")
    solution = solve(instance.problem)
    assert (solution.value, solution.selected) == (9, ("1.1", "2.1"))


def test_quadratic(tmp_path):
    text = "r_3\n3\n 1 2 3\n 10 0\n 5\n\n0\n4\n 2 2 3\n\nDensity : 66 %\n"
    (instance,) = read_file(write(tmp_path, "qkp_synergy", "r_3.txt", text), "qkp_synergy")
    assert solve(instance.problem).value == 13
    assert len(instance.problem.synergies) == 2


def test_release_planning_with_ratios_from_the_table(tmp_path):
    path = write(tmp_path, "nrp_release_planning", "nrp0.txt", "2\n2\n3 4\n1\n5\n1\n1 3\n2\n9 1 3\n4 1 2\n")
    assert [i.name for i in read_file(path, "nrp_release_planning")] == ["nrp0-0.3", "nrp0-0.5", "nrp0-0.7"]
    table = "file,instance,best_known,kind,source,verified_value,verified_status,verified_by\n"
    rows = "nrp0.txt,nrp0-0.7,,,,9,Optimal,highs\n"
    (path.parent / "best_known.csv").write_text(table + rows, encoding="utf-8")
    (instance,) = read_folder(path.parent)
    assert instance.problem.capacity.tolist() == [8]  # 0.7 of 12, rounded down
    # Requirement 3 needs requirement 1, both are for customer 1: cost 8.
    assert solve(instance.problem).selected == ("requirement 1", "requirement 3", "customer 1")
    assert (instance.best_known.value, instance.best_known.status) == (9, "optimal")


SCHEDULE = """
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           4
   4        1          0
****
REQUESTS/DURATIONS:
jobnr. mode duration  R 1
-----
  1      1     0       0
  2      1     2       1
  3      1     3       1
  4      1     0       0
****
RESOURCEAVAILABILITIES:
  R 1
   {available}
****
"""


@pytest.mark.parametrize(("available", "duration"), [(1, 5), (2, 3)])
def test_schedules_are_as_short_as_can_be(tmp_path, available, duration):
    path = write(tmp_path, "rcpsp_j30", "j.sm", SCHEDULE.format(available=available))
    (instance,) = read_file(path, "rcpsp_j30")
    assert solve(instance.problem).value == -duration


def test_best_known_values_keep_their_status(tmp_path):
    path = write(tmp_path, "sac94", "a.dat", "1 1 0\n5\n1\n1\n")
    head = "file,instance,best_known,kind,source,note,verified_value,verified_status,verified_by\n"
    for row, expected in (
        ("a.dat,a,5,optimal (Combo),table,,,,", (5, "optimal", "table")),
        ("a.dat,a,4,best feasible,table,,5,FEASIBLE,highs", (5, "bound", "found by highs")),
        ("a.dat,a,4,best feasible,table,,5,OPTIMAL,dp", (5, "optimal", "verified by dp")),
        ('a.dat,a,9,best known,"recall (UNVERIFIED)",,,,', (9, "hint", "recall (UNVERIFIED)")),
    ):
        (path.parent / "best_known.csv").write_text(head + row + "\n", encoding="utf-8")
        (instance,) = read_folder(path.parent)
        best = instance.best_known
        assert (best.value, best.status, best.source) == expected


@pytest.mark.parametrize(
    ("family", "text", "message"),
    [
        ("sac94", "3 1 0\n1 2\n", "hp.dat: the file ends too early"),
        ("sac94", "3 1 x\n", "hp.dat: expected a number. Got 'x'"),
        ("sac94", "2.5 1 0\n", "must be a whole number, 0 or more. Got 2.5"),
        ("kpc_conflicts", "nothing", "expected `param n`"),
        ("rcpsp_j30", "nothing", "there is no section PRECEDENCE RELATIONS"),
        ("nothing", "", "There is no family of instances 'nothing'. Use one of: orlib_mkp"),
    ],
)
def test_faulty_files_are_refused_with_the_reason(tmp_path, family, text, message):
    path = tmp_path / "hp.dat"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemError, match=message):
        read_file(path, family)


def test_folders_say_what_is_missing(tmp_path):
    with pytest.raises(ProblemError, match="There is no folder"):
        list(read_folder(tmp_path / "none"))
    with pytest.raises(ProblemError, match="not named like a family"):
        list(read_folder(tmp_path))
    with pytest.raises(ProblemError, match="holds no file of sac94"):
        list(read_folder(tmp_path, "sac94"))
    with pytest.raises(ProblemError, match="There is no file"):
        read_file(tmp_path / "a.dat", "sac94")


def test_a_folder_of_folders_and_a_choice_of_instances(tmp_path):
    write(tmp_path, "sac94", "a.dat", "1 1 0\n5\n1\n1\n")
    write(tmp_path, "sac94", "b.dat", "1 1 0\n6\n1\n1\n")
    write(tmp_path, "kp_kplib", "c.kp", "1 1 7 1\n")
    assert [i.name for i in read_folder(tmp_path)] == ["c", "a", "b"]
    assert [i.name for i in read_folder(tmp_path, only=["sac94"])] == ["a", "b"]
    assert [i.name for i in read_folder(tmp_path, only=["b", "c"])] == ["c", "b"]


@pytest.mark.skipif(not FOLDER, reason="MCDA_INSTANCES does not name a folder with the published sets")
@pytest.mark.parametrize("family", list(families()))
def test_published_sets_match_their_tables(family):
    folder = Path(FOLDER) / family
    if not folder.is_dir():
        pytest.skip(f"no folder {family} in MCDA_INSTANCES")
    instances = list(read_folder(folder))
    assert instances
    table = (folder / "best_known.csv").read_text(encoding="utf-8").splitlines()
    assert len(instances) == len(table) - 1


def test_models_as_mps_and_lp_files(tmp_path):
    folder = tmp_path / "models"
    problem = Problem([3, 2, 2], [2, 1, 1], 2, names=["a", "b", "c"])
    for ending in ("mps", "lp"):
        write_model(problem, folder / f"small.{ending}")
    (folder / "least.lp").write_text("min\n obj: 3 x + 2 y\nst\n c1: x + y >= 1\nbinary\n x\n y\nend\n")
    (folder / "best_known.csv").write_text(
        "file,instance,best_known,kind,source\nleast.lp,least,2,optimal minimum,by hand\n"
        "small.mps,small,4,optimal,by hand\n"
    )
    found = {instance.path.name: instance for instance in read_folder(tmp_path)}
    assert list(found) == ["least.lp", "small.lp", "small.mps"]
    assert {instance.family for instance in found.values()} == {"models"}
    for name, value in (("least.lp", -2.0), ("small.lp", 4.0), ("small.mps", 4.0)):
        assert solve(found[name].problem).value == value
    assert found["least.lp"].best_known.value == -2.0
    assert found["small.mps"].best_known.value == 4.0
