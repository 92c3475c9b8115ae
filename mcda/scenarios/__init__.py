"""Many scenarios of one decision: planned, drawn, solved to proof, stored and summarised."""

from mcda.scenarios.planning._default import default_plan
from mcda.scenarios.planning._extent import Grid, StoppingRule
from mcda.scenarios.planning._plan import ScenarioPlan
from mcda.scenarios.planning._read import plan_from_record, read_plan
from mcda.scenarios.results._result import ScenarioRun, open_scenarios
from mcda.scenarios.running._run import run_scenarios
from mcda.uncertainty._sources import CostDraw, DeliveryDraw, LimitDraw, PerformanceDraw, WeightDraw

__all__ = [
    "CostDraw",
    "DeliveryDraw",
    "Grid",
    "LimitDraw",
    "PerformanceDraw",
    "ScenarioPlan",
    "ScenarioRun",
    "StoppingRule",
    "WeightDraw",
    "default_plan",
    "open_scenarios",
    "plan_from_record",
    "read_plan",
    "run_scenarios",
]
