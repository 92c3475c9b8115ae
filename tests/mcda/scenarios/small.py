"""A small decision with everything that a plan can draw: six projects, three leaves, two groups, money and a team."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import mcda
from mcda.files import decision_from_frames

if TYPE_CHECKING:
    from pathlib import Path

    from mcda.decision import Decision

FILES: dict[str, str] = {
    "projects": """\
project_id,name,category,mandatory,prob_delivers_as_planned,optimism_bias_capital_pct,cost_low_mult,cost_high_mult
P1,Portal,front,0,0.9,20,0.9,1.4
P2,Network,back,0,0.8,10,0.95,1.2
P3,Cloud,back,0,0.7,40,0.8,1.6
P4,Wards,front,0,0.6,30,0.9,1.5
P5,Letters,front,0,0.95,0,1,1
P6,Data,back,0,0.5,50,0.7,2
""",
    "criteria": """\
criterion_id,parent_id,name,unit,direction,reference_worse,reference_better
G,,Best value,,,,
C1,G,Harm avoided,a year,max,0,40
C2,G,Waiting,days,min,0,-20
C3,G,Savings,k a year,max,0,500
""",
    "performance": """\
project_id,criterion_id,do_nothing,pessimistic,most_likely,optimistic
P1,C1,0,5,10,15
P1,C2,0,-2,-4,-6
P1,C3,0,50,100,120
P2,C1,0,0,2,4
P2,C2,0,0,-1,-2
P2,C3,0,100,150,200
P3,C1,-2,0,3,5
P3,C2,0,0,-1,-2
P3,C3,0,80,120,160
P4,C1,0,6,12,20
P4,C2,0,-3,-8,-10
P4,C3,0,-40,-20,0
P5,C1,0,1,1,1
P5,C2,0,-5,-6,-7
P5,C3,0,20,40,60
P6,C1,0,2,8,14
P6,C2,0,0,0,0
P6,C3,0,60,100,220
""",
    "budgets": "year,capital_k,revenue_k\n1,300,100\n2,250,120\n",
    "costs": """\
project_id,year,capital_k,revenue_k
P1,1,120,30
P1,2,40,30
P2,1,100,20
P2,2,60,20
P3,1,90,40
P3,2,80,40
P4,1,110,25
P4,2,30,35
P5,1,40,10
P5,2,20,10
P6,1,70,15
P6,2,90,30
""",
    "capacity": "team,year,fte_available\nintegration,1,6\nintegration,2,6\n",
    "capacity_demand": """\
project_id,team,year,fte
P1,integration,1,2
P2,integration,1,2.5
P3,integration,2,3
P4,integration,2,2
P6,integration,1,2.5
P6,integration,2,2
""",
    "groups": "group_id,name,default_board_weight\nclin,Clinicians,0.6\ntech,Technicians,0.4\n",
    "stakeholders": "stakeholder_id,group_id,role\nS1,clin,Doctor\nS2,clin,Nurse\nS3,tech,Engineer\nS4,tech,Analyst\n",
    "pairwise_judgements": """\
stakeholder_id,parent_criterion_id,criterion_a,criterion_b,judgement
S1,G,C1,C2,3
S1,G,C1,C3,5
S1,G,C2,C3,3
S2,G,C1,C2,2
S2,G,C1,C3,7
S2,G,C2,C3,2
S3,G,C1,C2,1
S3,G,C1,C3,1/4
S3,G,C2,C3,1/3
S4,G,C1,C2,1/2
S4,G,C1,C3,1/5
S4,G,C2,C3,
""",
    "synergies": """\
synergy_id,members,kind,criterion_id,year,amount
Y1,P1;P5,performance,C1,,4
Y1,P1;P5,revenue_k,,2,-5
Y2,P2;P3,performance,C3,,-60
""",
    "scenarios": """\
scenario_id,name,target,key,year,operation,value
N0,Base plan,,,,,
N1,Capital cut,budget,capital_k,all,multiply,0.7
N2,Technicians only,weights,tech,,use_group,1
N3,Impossible,budget,capital_k,all,multiply,0
""",
}


def write(folder: Path) -> Path:
    """Write the decision as CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@cache
def small() -> Decision:
    """The decision itself."""
    import io

    import pandas as pd

    frames = {name: pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False) for name, text in FILES.items()}
    return decision_from_frames(frames)


EVERYTHING = mcda.ScenarioPlan(
    draws=40,
    seed=3,
    weights=mcda.WeightDraw(kind="group_mix"),
    performance=mcda.PerformanceDraw(correlation=0.5),
    costs=(mcda.CostDraw(correlation=0.3, by="category"), mcda.CostDraw(kind="optimism_bias")),
    delivery=mcda.DeliveryDraw(remaining=0.25),
    limits=(
        mcda.LimitDraw(target="budget", key="all", low=0.8, high=1.1),
        mcda.LimitDraw(target="capacity", key="integration", low=0.9, high=1.0, each_year=True),
    ),
)
"""A plan that draws everything there is to draw."""
