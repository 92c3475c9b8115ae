"""Other libraries: one entry per method and library, each scoring one weighting per call, as its users call it.

``bare`` entries call the inner functions of scikit-criteria that its documentation describes as "without any
validation", with all normalising done beforehand: less than what a user of that library runs, and listed for honesty.
"""

from __future__ import annotations

import importlib
import importlib.util
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

import mcda

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.scoring.problems import Problem

PYMCDM = {
    "aras": "ARAS",
    "cocoso": "COCOSO",
    "codas": "CODAS",
    "comet": "COMET",
    "copras": "COPRAS",
    "edas": "EDAS",
    "mabac": "MABAC",
    "mairca": "MAIRCA",
    "marcos": "MARCOS",
    "moora": "MOORA",
    "ocra": "OCRA",
    "probid": "PROBID",
    "promethee_ii": "PROMETHEE_II",
    "ram": "RAM",
    "rim": "RIM",
    "saw": "WSM",
    "spotis": "SPOTIS",
    "topsis": "TOPSIS",
    "vikor": "VIKOR",
    "waspas": "WASPAS",
    "wpm": "WPM",
}
# What pymcdm does by default: min-max normalisation for TOPSIS (also as the expert of COMET), sums for WSM and WPM.
AS_PYMCDM: dict[str, dict[str, Any]] = {
    "topsis": {"normalisation": "minmax"},
    "saw": {"normalisation": "sum"},
    "comet": {"expert_parameters": {"normalisation": "minmax"}},
}
PYDECISION = (
    "aras", "cocoso", "codas", "copras", "edas", "mairca", "marcos", "moora", "ocra", "promethee_ii", "saw", "spotis",
    "topsis", "vikor", "waspas",
)  # fmt: skip
BARE = (
    "aras", "cocoso", "codas", "copras", "edas", "mabac", "mairca", "moora", "multimoora", "ocra", "probid", "ram",
    "rim", "saw", "spotis", "topsis", "waspas", "wpm",
)  # fmt: skip
SUMS: dict[str, dict[str, Any]] = {"saw": {"normalisation": "sum"}}
PIPELINE = ("copras", "edas", "multimoora", "moora", "saw", "topsis", "vikor", "wpm")


@dataclass(frozen=True, slots=True)
class Peer:
    """A method of another library.

    Attributes
    ----------
    library : str
    method : str
        Our name of the method.
    prepare : callable
        ``prepare(problem)`` returns the function that is timed: weights (c,) to scores (a,).
    parameters : dict
        Parameters of ours that make the two the same method (normalisations differ by default).
    """

    library: str
    method: str
    prepare: Callable[[Problem], Callable[[np.ndarray], np.ndarray]]
    parameters: dict[str, Any] = field(default_factory=dict)


def peers() -> list[Peer]:
    """List what is installed: pymcdm always; pyDecision and scikit-criteria from the dependency group ``peers``."""
    found = [
        Peer("pymcdm" if validation else "pymcdm, validation off", name, _pymcdm(theirs, validation=validation), same)
        for validation in (True, False)
        for name, theirs in PYMCDM.items()
        for same in [AS_PYMCDM.get(name, {})]
    ]
    if importlib.util.find_spec("pyDecision"):
        found += [Peer("pyDecision", name, _pydecision(name)) for name in PYDECISION]
    if importlib.util.find_spec("skcriteria"):
        found += [Peer("scikit-criteria", name, _pipeline(name), SUMS.get(name, {})) for name in PIPELINE]
        found += [Peer("scikit-criteria, bare", name, _bare(name), SUMS.get(name, {})) for name in BARE]
    return found


def _pymcdm(theirs: str, *, validation: bool) -> Callable[[Problem], Callable[[np.ndarray], np.ndarray]]:
    def prepare(p: Problem) -> Callable[[np.ndarray], np.ndarray]:
        from pymcdm import methods

        types = p.types
        if theirs == "COMET":
            return _pymcdm_comet(p, validation=validation)
        given: tuple[Any, ...] = ()
        if theirs in {"SPOTIS", "RIM"}:
            given = (p.bounds,)
        if theirs == "PROMETHEE_II":
            given = ("usual",)
        method = getattr(methods, theirs)(*given)
        return lambda weights: np.asarray(method(p.matrix, weights, types, validation=validation))

    return prepare


def _pymcdm_comet(p: Problem, *, validation: bool) -> Callable[[np.ndarray], np.ndarray]:
    from pymcdm.methods import COMET, TOPSIS
    from pymcdm.methods.comet_tools import MethodExpert

    values, types = p.bounds, p.types

    def call(weights: np.ndarray) -> np.ndarray:
        # The expert depends on the weights, so the characteristic objects are judged again for each weighting.
        model = COMET(values, MethodExpert(TOPSIS(), weights, types))
        return np.asarray(model(p.matrix, weights, types, validation=validation))

    return call


def _pydecision(name: str) -> Callable[[Problem], Callable[[np.ndarray], np.ndarray]]:
    def prepare(p: Problem) -> Callable[[np.ndarray], np.ndarray]:
        file = {"promethee_ii": "p_ii"}.get(name, name)
        module = importlib.import_module(f"pyDecision.algorithm.{file}")
        directions = list(p.directions)
        x = p.matrix
        quiet = {"graph": False, "verbose": False}
        if name == "promethee_ii":
            count = x.shape[1]
            ones, usual = [1.0] * count, ["t1"] * count
            # It knows benefits only.
            up = x * p.types
            return lambda w: module.promethee_ii(
                up, list(w), ones, ones, ones, usual, sort=False, topn=0, graph=False, verbose=False
            )[:, 1]
        function = getattr(module, f"{name}_method")
        if name == "waspas":
            return lambda w: function(x, directions, w, 0.5, graph=False)[2]
        if name == "spotis":
            low, high = p.bounds.T
            return lambda w: function(x, directions, w, low, high, **quiet)
        if name == "saw":
            return lambda w: _by_position(function(x, directions, w, **quiet))
        if name in {"cocoso", "edas"}:
            return lambda w: function(x, directions, w, **quiet)
        if name == "vikor":
            return lambda w: function(x, w, directions, strategy_coefficient=0.5, **quiet)[2][:, 1]
        if name in {"aras", "codas", "copras", "moora", "saw"}:
            # It returns (position, score), the best first.
            return lambda w: _by_position(function(x, w, directions, **quiet))
        return lambda w: function(x, w, directions, **quiet)

    return prepare


def _by_position(flow: np.ndarray) -> np.ndarray:
    scores = np.empty(len(flow))
    scores[flow[:, 0].astype(int) - 1] = flow[:, 1]
    return scores


def _pipeline(name: str) -> Callable[[Problem], Callable[[np.ndarray], np.ndarray]]:
    def prepare(p: Problem) -> Callable[[np.ndarray], np.ndarray]:
        import skcriteria
        from skcriteria import agg, pipelines
        from skcriteria.preprocessing import invert_objectives, scalers

        steps: list[Any] = {
            "topsis": lambda: [scalers.VectorScaler(target="matrix"), agg.topsis.TOPSIS()],
            "saw": lambda: [invert_objectives.InvertMinimize(), scalers.SumScaler(target="matrix"),
                            agg.simple.WeightedSumModel()],
            "wpm": lambda: [invert_objectives.InvertMinimize(), scalers.SumScaler(target="matrix"),
                            agg.simple.WeightedProductModel()],
            "copras": lambda: [scalers.SumScaler(target="matrix"), agg.copras.COPRAS()],
            "edas": lambda: [agg.edas.EDAS()],
            "moora": lambda: [scalers.VectorScaler(target="matrix"), agg.moora.RatioMOORA()],
            "multimoora": lambda: [agg.moora.MultiMOORA()],
            "vikor": lambda: [agg.vikor.VIKOR()],
        }[name]()  # fmt: skip
        decide = pipelines.mkpipe(*steps) if len(steps) > 1 else steps[0]
        types = p.types
        key = {"topsis": "similarity", "vikor": "q_k"}.get(name, "score")

        def call(weights: np.ndarray) -> np.ndarray:
            decision = skcriteria.mkdm(p.matrix, types, weights=weights)
            scores = np.asarray(decide.evaluate(decision).e_[key], dtype=float)
            return scores / 100.0 if name == "copras" else 10.0**scores if name == "wpm" else scores

        return call

    return prepare


def _bare(name: str) -> Callable[[Problem], Callable[[np.ndarray], np.ndarray]]:
    def prepare(p: Problem) -> Callable[[np.ndarray], np.ndarray]:
        from skcriteria import agg

        types, value = p.types, _ready(name, p)
        best = np.where(types > 0, p.bounds[:, 1], p.bounds[:, 0])
        ideal, equal = np.stack([best, best], axis=1), np.full(len(value), 1.0 / len(value))
        functions: dict[str, Callable[[np.ndarray], np.ndarray]] = {
            "aras": lambda w: agg.aras.aras(value[1:], w, value[0])[2],
            "cocoso": lambda w: agg.cocoso.cocoso(value, w, 0.5)[1],
            "codas": lambda w: agg.codas.codas(value, w, 0.02)[1],
            "copras": lambda w: agg.copras.copras(value, w, types)[1] / 100.0,
            "edas": lambda w: agg.edas.edas(value, w, types)[1],
            "mabac": lambda w: agg.mabac.mabac(value, w)[1],
            "mairca": lambda w: agg.mairca.mairca(value, types, w, equal)[1],
            "moora": lambda w: agg.moora.ratio(value, types, w)[1],
            "multimoora": lambda w: agg.moora.multimoora(value, types, w)[1],
            "ocra": lambda w: agg.ocra.ocra_performance(value, types, w)[1],
            "probid": lambda w: agg.probid.probid(value, types, w)[4],
            "ram": lambda w: agg.ram.ram(value, types, w)[3],
            "rim": lambda w: agg.rim._rim(value, w, ideal, p.bounds)[1]["score"],
            "saw": lambda w: agg.simple.wsm(value, w)[1],
            "spotis": lambda w: agg.spotis.spotis(value, w, p.bounds, best)[1]["score"],
            "topsis": lambda w: agg.topsis.topsis(value, types, w)[3],
            "waspas": lambda w: agg.waspas.waspas(value, w, 0.5)[3],
            "wpm": lambda w: 10.0 ** agg.simple.wpm(value, w)[1],
        }
        return functions[name]

    return prepare


def _ready(name: str, p: Problem) -> Any:
    """Normalise beforehand what the bare function expects to be normalised."""
    x, up = p.matrix, p.types > 0
    if name == "aras":
        value = np.vstack([np.where(up, x.max(axis=0), x.min(axis=0)), x])
        value = np.where(up, value, 1.0 / value)
        return value / value.sum(axis=0)
    if name in {"copras", "ram"}:
        return x / x.sum(axis=0)
    if name in {"moora", "multimoora", "probid", "topsis"}:
        return x / np.sqrt((x**2).sum(axis=0))
    how = {"saw": "sum", "wpm": "sum", "cocoso": "minmax", "mabac": "minmax", "codas": "linear", "waspas": "linear"}
    return np.asarray(mcda.normalise(x, list(p.directions), how[name])) if name in how else x


def quiet_call(call: Callable[[np.ndarray], np.ndarray], weights: np.ndarray) -> np.ndarray:
    """Call a peer without its warnings."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return np.asarray(call(weights), dtype=float)
