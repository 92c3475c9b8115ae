"""The manifest of a run: which plan for which decision, with which versions, and whether it is complete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mcda.errors import InputError
from mcda.scenarios.planning._default import default_plan
from mcda.scenarios.planning._read import plan_from_record
from mcda.scenarios.planning._values import method_note
from mcda.scenarios.results._store import FolderStore, Store
from mcda.scenarios.results._tally import COUNTED, Tally
from mcda.versions import versions

if TYPE_CHECKING:
    from mcda.decision import Decision
    from mcda.scenarios.planning._compile import CompiledPlan
    from mcda.scenarios.planning._plan import ScenarioPlan
    from mcda.scenarios.running._chunk import Job

FORMAT = 1


def opened(store: Store, decision: Decision, plan: ScenarioPlan | None, *, resume: bool) -> ScenarioPlan:
    """Return the plan to run, after checking that the place can take it.

    Raises
    ------
    InputError
        If the place holds another run, or one that is not to be resumed, or if there is nothing to resume.
    """
    found = store.manifest()
    where = store.folder if isinstance(store, FolderStore) else "memory"
    if found is None:
        if store.ranges():
            raise InputError(f"{where} holds results without a manifest, so what they are is unknown. Choose another.")
        if resume and plan is None:
            raise InputError(f"There is no run to resume in {where}. Start one without resume, or name its folder.")
        return default_plan(decision) if plan is None else plan
    done = sum(stop - start for start, stop in store.ranges())
    if not resume:
        state = (
            f"a finished run of {done:,} draws" if found["state"] == "complete" else f"a run with {done:,} draws done"
        )
        raise InputError(
            f"{where} holds {state} and is not overwritten. Resume it (resume=True, or --resume; with more draws it is "
            "extended), or choose another folder."
        )
    earlier = plan_from_record(found["plan"])
    if found["input_sha256"] != decision.input_sha256:
        raise InputError(
            f"The run in {where} used other input: the decision has changed since. Start anew in another folder."
        )
    if plan is None:
        return earlier
    if plan.sha256 != found["plan_sha256"]:
        raise InputError(
            f"The run in {where} follows another plan ({_difference(earlier, plan)}), so its scenarios differ. "
            "Resume with the plan with which it was started, or choose another folder."
        )
    if plan.draws < done:
        raise InputError(
            f"The run in {where} already has {done:,} draws; ask for at least as many, not {plan.draws:,}."
        )
    return plan


def begun(store: Store, decision: Decision, plan: ScenarioPlan, compiled: CompiledPlan, job: Job) -> None:
    """Write the manifest of a run that begins or continues."""
    before = store.manifest() or {}
    sessions = list(before.get("versions", []))
    if (now := versions()) not in sessions:
        sessions.append(now)
    problem = compiled.cases[0].problem
    store.write_manifest(
        {
            "format": FORMAT,
            "state": "running",
            "decision": decision.name,
            "input_sha256": decision.input_sha256,
            "plan_sha256": plan.sha256,
            "plan": plan.to_record(),
            "seed": plan.seed,
            "note": method_note(plan.method),
            "cases": [{"name": case.case.name, "title": case.case.title} for case in compiled.cases],
            "projects": list(problem.names),
            "groups": list(job.groups),
            "resources": list(problem.resources),
            "draws": sum(stop - start for start, stop in store.ranges()),
            "versions": sessions,
        }
    )


def finished(store: Store) -> None:
    """Mark a run as complete, with how many draws it has and the hash of its results."""
    manifest = store.manifest()
    assert manifest is not None  # noqa: S101 - `begun` wrote it
    tally = Tally(len(manifest["cases"]), len(manifest["projects"]))
    for start, stop in store.ranges():
        tally.add(store.read(start, stop, COUNTED))
    store.write_manifest(
        manifest
        | {
            "state": "complete",
            "draws": sum(stop - start for start, stop in store.ranges()),
            "result_sha256": tally.sha256(),
        }
    )


def _difference(one: ScenarioPlan, two: ScenarioPlan) -> str:
    first: dict[str, Any] = one.to_record()
    second: dict[str, Any] = two.to_record()
    keys = [key for key in {**first, **second} if first.get(key) != second.get(key)]
    free = ("name", "stop") if one.sampling == "latin_hypercube" else ("name", "stop", "draws")
    compared = [key for key in keys if key not in free]
    return f"it differs in {', '.join(compared)}" if compared else "it differs"
