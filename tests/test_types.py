"""What type checkers tell users of the public functions: checked by mypy and pyright, and at run time by pytest.

`assert_type` fails in a checker, `isinstance` in pytest, so a signature that differs from what happens fails on one
side. A call that must be refused carries an ignore, which mypy reports if it is not needed.
"""

import inspect
import re
import subprocess
import sys
import types
from importlib.util import find_spec
from pathlib import Path
from typing import Any, assert_type

import numpy as np
import pandas as pd
import pytest

import mcda
import solvers
from mcda.arrays import BoolArray, FloatArray, IntArray
from mcda.weights import BestWorst, points
from mcda.weights import entropy as entropy_weights

ROOT = Path(__file__).resolve().parents[1]
TABLE = [[5.0, 8.0], [7.0, 6.0], [8.0, 4.0]]
FRAME = pd.DataFrame(TABLE, index=["a", "b", "c"], columns=["cost", "safety"])
WAYS = ["min", "max"]
EVEN = pd.Series([0.5, 0.5], index=["cost", "safety"])
STACK = pd.DataFrame([[0.5, 0.5], [0.2, 0.8]], index=["ours", "theirs"], columns=["cost", "safety"])


def test_scores_of_arrays_are_arrays() -> None:
    found = mcda.topsis(TABLE, [0.5, 0.5], WAYS)
    assert_type(found, FloatArray)
    assert isinstance(found, np.ndarray)
    assert found.dtype == np.float64
    assert_type(mcda.topsis(np.array(TABLE), EVEN, {"cost": "min", "safety": "max"}), FloatArray)
    assert_type(mcda.vikor(np.array(TABLE), [[0.5, 0.5], [0.2, 0.8]], [-1, 1], v=0.4), FloatArray)
    assert_type(mcda.score("saw", TABLE, [0.5, 0.5], WAYS), FloatArray)


def test_scores_of_a_frame_are_a_series() -> None:
    found = mcda.topsis(FRAME, EVEN, WAYS)
    assert_type(found, "pd.Series[float]")
    assert isinstance(found, pd.Series)
    by_name = mcda.saw(FRAME, {"cost": 0.5, "safety": 0.5}, WAYS, normalisation="sum")
    assert_type(by_name, "pd.Series[float]")
    assert isinstance(by_name, pd.Series)
    in_order = mcda.score("edas", FRAME, [0.5, 0.5], WAYS)
    assert_type(in_order, "pd.Series[float]")
    assert isinstance(in_order, pd.Series)
    with_bounds = mcda.spotis(FRAME, EVEN, WAYS, bounds={"cost": [0, 10], "safety": [0, 10]})
    assert_type(with_bounds, "pd.Series[float]")
    assert isinstance(with_bounds, pd.Series)


def test_scores_of_a_frame_under_a_stack_of_weightings_are_a_frame() -> None:
    found = mcda.topsis(FRAME, STACK, WAYS)
    assert_type(found, pd.DataFrame)
    assert isinstance(found, pd.DataFrame)
    listed = mcda.wpm(FRAME, [[0.5, 0.5], [0.2, 0.8]], WAYS)
    assert_type(listed, pd.DataFrame)
    assert isinstance(listed, pd.DataFrame)
    named = mcda.score("mabac", FRAME, STACK, WAYS)
    assert_type(named, pd.DataFrame)
    assert isinstance(named, pd.DataFrame)


def test_plain_weights_of_a_frame_may_be_one_weighting_or_a_stack() -> None:
    one = mcda.topsis(FRAME, np.array([0.5, 0.5]), WAYS)
    assert_type(one, "pd.Series[float] | pd.DataFrame | FloatArray")
    assert isinstance(one, pd.Series)
    assert isinstance(mcda.topsis(FRAME, np.array([[0.5, 0.5]]), WAYS), pd.DataFrame)
    assert isinstance(mcda.topsis(FRAME, np.array([[[0.5, 0.5]]]), WAYS), np.ndarray)
    labelled = mcda.topsis(TABLE, STACK, WAYS)
    assert_type(labelled, "pd.DataFrame | FloatArray")
    assert isinstance(labelled, pd.DataFrame)


def test_arrays_of_another_library_stay_there() -> None:
    strict = pytest.importorskip("array_api_strict")

    class Elsewhere:
        """Stands for the array of a library that has types; array_api_strict has none."""

        shape: tuple[int, ...] = ()
        dtype: object = None
        device: object = None

    def of_elsewhere(matrix: Elsewhere, weights: Elsewhere) -> None:
        assert_type(mcda.topsis(matrix, weights, WAYS), Elsewhere)
        assert_type(mcda.topsis(matrix, [0.5, 0.5], WAYS), Elsewhere)
        assert_type(mcda.topsis(TABLE, weights, WAYS), Elsewhere)
        assert_type(mcda.minmax_normalisation(matrix, WAYS), Elsewhere)

    assert callable(of_elsewhere)
    matrix: Any = strict.asarray(TABLE)
    assert type(mcda.topsis(matrix, [0.5, 0.5], WAYS)) is type(matrix)


def test_normalised_values_are_of_the_kind_that_went_in() -> None:
    plain, labelled = mcda.normalise(TABLE, WAYS, "minmax"), mcda.vector_normalisation(FRAME, WAYS)
    assert_type(plain, FloatArray)
    assert_type(labelled, pd.DataFrame)
    assert isinstance(plain, np.ndarray)
    assert isinstance(labelled, pd.DataFrame)
    assert_type(mcda.normalise(FRAME, WAYS, "range", worse=[9, 1], better=[1, 9]), pd.DataFrame)
    assert_type(mcda.normalise_weights([2, 1]), FloatArray)
    assert_type(mcda.normalise_weights(EVEN), "pd.Series[float]")
    assert_type(mcda.normalise_weights(STACK), pd.DataFrame)
    points = mcda.normalise_weights({"cost": 3, "risk": 1})
    assert_type(points, dict[str, float])
    assert points == {"cost": 0.75, "risk": 0.25}


def test_ranks_and_correlations() -> None:
    scores = mcda.topsis(FRAME, EVEN, WAYS)
    placed, whole = mcda.ranks(scores), mcda.ranks(scores, ties="min")
    assert_type(placed, "pd.Series[float]")
    assert_type(whole, "pd.Series[int]")
    assert isinstance(placed, pd.Series)
    assert whole.dtype == np.int64
    assert_type(mcda.ranks([0.5, 0.2]), FloatArray)
    dense = mcda.ranks(np.array([0.5, 0.2]), ties="dense")
    assert_type(dense, IntArray)
    assert dense.dtype == np.int64
    assert_type(mcda.ranks(STACK), pd.DataFrame)
    tau = mcda.kendall_tau_b([1, 2, 3], placed)
    assert_type(tau, float)
    assert isinstance(tau, float)
    assert_type(mcda.ws(np.array([1, 2]), np.array([2, 1])), "float | FloatArray")
    assert_type(mcda.spearman([[1, 2], [2, 1]], [1, 2]), FloatArray)
    assert_type(mcda.garuti_compatibility([0.5, 0.5], [0.4, 0.6]), float)


def test_weights() -> None:
    entropy, critic = mcda.weigh("entropy", TABLE, WAYS), mcda.weigh("critic", FRAME)
    assert_type(entropy, FloatArray)
    assert_type(critic, "pd.Series[float]")
    assert isinstance(entropy, np.ndarray)
    assert isinstance(critic, pd.Series)
    swing = mcda.weigh("swing", {"safety": 100, "cost": 25})
    assert_type(swing, dict[str, float])
    assert isinstance(swing, dict)
    assert_type(mcda.weigh("rank_sum", [1, 2, 3]), FloatArray)
    assert_type(entropy_weights(np.array(TABLE)), FloatArray)
    assert_type(points(np.array([60, 40])), FloatArray)
    assert_type(points(EVEN), "pd.Series[float]")
    assert_type(mcda.weigh("best_worst", [8, 2, 1], [1, 5, 8]), BestWorst)
    judged = mcda.ahp([[1, 3, None], [1 / 3, 1, 2], [None, 1 / 2, 1]])
    assert_type(judged, mcda.Priorities)
    assert_type(judged.weights, "FloatArray | pd.Series")
    assert_type(judged.consistency_ratio, "float | FloatArray")
    assert_type(mcda.weigh("ahp", [[1, 2], [1 / 2, 1]]), mcda.Priorities)


def test_robustness() -> None:
    known = mcda.weight_set(["cost", "safety"], ranking=["cost", "safety"], ratios=[("cost", "safety", 1, 3)])
    assert_type(known.extreme_points, FloatArray)
    assert_type(known.contains([0.5, 0.5]), BoolArray)
    found = mcda.smaa(FRAME, known, draws=10)
    assert_type(found, mcda.Smaa)
    assert_type(found.rank_acceptability, FloatArray)
    assert found.rank_acceptability.shape == (len(FRAME), len(FRAME))
    assert_type(mcda.triangular_draws(TABLE, TABLE, TABLE, draws=2), FloatArray)


def test_problems_and_solutions() -> None:
    problem = solvers.Problem({"a": 3, "b": 2}, pd.DataFrame({"money": [2, 1]}, index=["a", "b"]), {"money": 2})
    assert_type(problem.values, FloatArray)
    assert_type(problem.names, tuple[str, ...])
    solution = solvers.solve(problem)
    assert_type(solution, solvers.Solution)
    assert_type(solution.selected, tuple[str, ...])
    assert_type(solution.value, float)
    assert_type(solution.gap, float | None)
    assert solution.selected == ("a",)
    assert solvers.solve(solvers.Problem([3, 2], [2, 1], 2, requires=[(0, 1)])).selected == ("option 2",)


def test_wrong_calls_are_refused() -> None:
    with pytest.raises(mcda.InputError):
        mcda.topsis(3, [0.5, 0.5], WAYS)  # type: ignore[call-overload]
    with pytest.raises(TypeError):
        mcda.topsis(TABLE, [0.5, 0.5], WAYS, thread=2)  # type: ignore[call-overload]
    with pytest.raises(TypeError):
        mcda.spotis(TABLE, [0.5, 0.5], WAYS)  # type: ignore[call-overload]
    with pytest.raises(TypeError):
        mcda.normalise(TABLE, WAYS, "range", worst=[0, 0])  # type: ignore[call-overload]
    with pytest.raises(mcda.InputError):
        mcda.ranks(TABLE, ties="first")  # type: ignore[call-overload]
    with pytest.raises(solvers.ProblemError):
        solvers.Problem(None, [1], 1)  # type: ignore[arg-type]


def _checked(checker: str, *files: Path) -> None:
    command = {
        "mypy": ["mypy", "--config-file", "pyproject.toml"],
        "pyright": ["pyright", "--pythonpath", sys.executable],
    }
    if find_spec(checker) is None:
        pytest.skip(f"{checker} is not installed")
    answer = subprocess.run(
        [sys.executable, "-m", *command[checker], *map(str, files)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.slow
@pytest.mark.newest_only
@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_checkers_agree_with_this_file(checker: str) -> None:
    _checked(checker, Path(__file__))


@pytest.mark.slow
@pytest.mark.newest_only
@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_every_scoring_method_says_what_it_returns(checker: str, tmp_path: Path) -> None:
    names = [method.name for method in mcda.methods().values() if method.higher_is_better is not None]
    assert len(names) > 20
    public = vars(mcda)["__all__"]
    lines = ["import mcda", "from mcda.scoring._signatures import Normalisation, ScoringFunction"]
    lines += [f"_{name}: ScoringFunction[...] = mcda.{name}" for name in names]
    lines += [f"_{name}: Normalisation[...] = mcda.{name}" for name in public if name.endswith("_normalisation")]
    file = tmp_path / "scoring_functions.py"
    file.write_text("\n".join(lines) + "\n")
    _checked(checker, file)


def _functions(package: types.ModuleType) -> dict[str, inspect.Signature]:
    public = {name: getattr(package, name) for name in vars(package)["__all__"]}
    return {name: inspect.signature(thing) for name, thing in public.items() if inspect.isfunction(thing)}


@pytest.mark.parametrize("package", [mcda, solvers])
def test_no_public_function_takes_or_returns_anything(package: types.ModuleType) -> None:
    """46 of 131 functions of mcda returned Any and 227 of their 589 parameters were Any, once."""
    anything = re.compile(r"(typing\.)?Any|Array( \| None)?")
    functions = _functions(package)
    assert len(functions) > 10
    returned = [name for name, signature in functions.items() if anything.fullmatch(str(signature.return_annotation))]
    taken = [
        f"{name}({parameter.name})"
        for name, signature in functions.items()
        for parameter in signature.parameters.values()
        if anything.fullmatch(str(parameter.annotation)) or parameter.annotation is inspect.Parameter.empty
    ]
    assert (returned, taken) == ([], [])
