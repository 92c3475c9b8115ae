"""Proofs: right ones are accepted; damaged ones are refused, and whatever is accepted is true."""

from __future__ import annotations

import copy
import json
import subprocess
import sys

import numpy as np
import pytest

import mcda
import solvers
from solvers.proofs._check import fingerprint
from solvers.testing import random_problem


def provable(seed, most_options=7):
    problem = random_problem(seed, most_options=most_options)
    return None if problem.continuous else problem


def nodes_of(record):
    waiting, found = [record["tree"]], []
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting += [node[side] for side in ("out", "in") if side in node]
    return found


def damage(record, rng):
    """Damage one part of a proof so that it cannot hold; None if this proof has no such part."""
    record = copy.deepcopy(record)
    kind = int(rng.integers(8))
    with_multipliers = [
        (node, part) for node in nodes_of(record) for part in ("multipliers", "impossible") if node.get(part)
    ]
    branches = [node for node in nodes_of(record) if "option" in node]
    if kind == 0 and record["value"] is not None:
        record["value"] += "1"
    elif kind == 1:
        at = int(rng.integers(64))
        record["problem"] = record["problem"][:at] + "g" + record["problem"][at + 1 :]
    elif kind == 2 and record["portfolio"]:
        record["portfolio"].append("no such option")
    elif kind == 3:
        record["denominator"] = str(rng.choice(["0", "-1", "1.5", "", "many"]))
    elif kind == 4 and with_multipliers:
        node, part = with_multipliers[rng.integers(len(with_multipliers))]
        key = list(node[part])[rng.integers(len(node[part]))]
        node[part][key] = "-" + node[part][key]
    elif kind == 5 and with_multipliers:
        node, part = with_multipliers[rng.integers(len(with_multipliers))]
        node[part]["no such row"] = "1"
    elif kind == 6 and branches:
        branches[rng.integers(len(branches))].pop(str(rng.choice(["in", "out", "option"])))
    elif kind == 7 and branches:
        branches[rng.integers(len(branches))]["option"] = "no such option"
    else:
        return None
    return record


def test_right_proofs_are_accepted_and_more_than_a_thousand_damaged_ones_refused():
    rng, refused, nodes = np.random.default_rng(3), 0, 0
    for seed in range(80):
        problem = provable(seed)
        if problem is None:
            continue
        proof = solvers.prove(problem, "exhaustive")
        verdict = solvers.check_proof(problem, json.loads(json.dumps(proof.record)))
        assert verdict.holds, (seed, verdict.reason)
        nodes += verdict.nodes
        for _ in range(30):
            damaged = damage(proof.record, rng)
            if damaged is not None:
                verdict = solvers.check_proof(problem, damaged)
                assert not verdict.holds, seed
                assert verdict.reason
                refused += 1
    assert refused > 1000
    assert nodes > 300


def test_whatever_is_accepted_is_true_even_where_problem_and_proof_are_forged_together():
    rng, accepted, refused = np.random.default_rng(5), 0, 0
    for seed in range(100, 160):
        problem = provable(seed)
        if problem is None:
            continue
        proof = solvers.prove(problem, "exhaustive")
        for _ in range(6):
            values, usage, capacity = problem.values.copy(), problem.usage.copy(), problem.capacity.copy()
            what = rng.integers(3)
            if what == 0 or not usage.size:
                values[rng.integers(values.size)] += float(np.round(rng.uniform(-3, 3), 2))
            elif what == 1:
                usage[rng.integers(len(usage)), rng.integers(usage.shape[1])] += float(np.round(rng.uniform(-3, 3), 2))
            else:
                capacity[rng.integers(capacity.size)] += float(np.round(rng.uniform(-5, 5), 2))
            forged = problem.replace(values=values, usage=usage, capacity=capacity)
            assert solvers.check_proof(forged, proof).holds == (fingerprint(forged) == proof.record["problem"])
            record = dict(proof.record) | {"problem": fingerprint(forged)}
            truth = solvers.solve(forged, "exhaustive")
            if solvers.check_proof(forged, record).holds:
                accepted += 1
                claimed = None if record["value"] is None else proof.value
                assert claimed == (truth.certificate.value if truth.has_portfolio else None), seed
            else:
                refused += 1
    assert accepted > 20
    assert refused > 100


def test_the_flagship_proof_is_small_and_its_file_reads_back(tmp_path):
    decision = mcda.load(mcda.dataset("nhs-digital"))
    problem = mcda.build_problem(decision, mcda.value_projects(decision, mcda.weigh_decision(decision).board))
    proof = solvers.prove(problem)
    assert float(proof.value) == pytest.approx(219.26755, abs=1e-5)
    assert proof.nodes < 500
    proof.save(tmp_path / "proof.json")
    back = solvers.Proof.load(tmp_path / "proof.json")
    assert solvers.check_proof(problem, back).holds
    assert not solvers.check_proof(problem.replace(forbidden=["P05"]), back).holds
    (tmp_path / "not.json").write_text("{")
    with pytest.raises(solvers.SolversError, match="does not hold a proof"):
        solvers.Proof.load(tmp_path / "not.json")


def test_a_problem_without_a_portfolio_is_proven_to_have_none():
    problem = solvers.Problem([1, 2, 3], [2, 3, 4], 5, mandatory=[1, 2])
    proof = solvers.prove(problem)
    assert proof.selected is None
    assert "no portfolio" in repr(proof)
    assert solvers.check_proof(problem, proof).holds


def test_amounts_and_nonsense_are_refused():
    problem = solvers.Problem([1, 2], [1, 1], 1, partial={0: 0.5})
    with pytest.raises(solvers.ProblemError, match="options that are in or out"):
        solvers.prove(problem)
    plain = solvers.Problem([1, 2], [1, 1], 1)
    for nonsense in ({}, None, [], {"format": 3}, "proof"):
        assert not solvers.check_proof(plain, nonsense).holds


def test_the_check_runs_where_there_is_no_solver():
    script = (
        "import sys\n"
        "for name in ('highspy', 'scipy', 'numba', 'pulp'): sys.modules[name] = None\n"
        "import solvers\n"
        "problem = solvers.Problem([1, 2], [1, 1], 1)\n"
        "print(solvers.check_proof(problem, {}).holds)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
