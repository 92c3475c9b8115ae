"""A small valid decision as text, to be broken in one place at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SMALL: dict[str, str] = {
    "projects.csv": """\
project_id,name,category,planned_start_year,duration_years,benefit_start_year,mandatory,cost_low_mult,cost_high_mult,bias_pct
P01,Patient portal,Patients,1,2,2,1,0.9,1.3,20
P02,Network refresh,Infrastructure,1,2,2,0,0.9,1.3,10
P03,Cloud hosting,Infrastructure,1,2,2,0,0.9,1.3,10
P04,Virtual wards,Patients,2,1,2,0,0.9,1.3,30
""",
    "criteria.csv": """\
criterion_id,parent_id,level,name,unit,direction,reference_worse,reference_better,is_leaf
G,,0,Best value,,,,,0
O1,G,1,Care,,,,,0
C1,O1,2,Harm avoided,incidents a year,max,0,40,1
C2,O1,2,Waiting,days (change),min,0,-20,1
C3,G,1,Savings,thousand pounds a year,max,0,500,1
""",
    "performance.csv": """\
project_id,criterion_id,do_nothing,pessimistic,most_likely,optimistic
P01,C1,0,5,10,15
P01,C2,0,-2,-4,-6
P01,C3,0,50,100,120
P02,C1,0,0,2,4
P02,C2,0,0,-1,-2
P02,C3,0,100,150,200
P03,C1,-2,0,3,5
P03,C2,0,0,-1,-2
P03,C3,0,80,120,160
P04,C1,0,6,12,20
P04,C2,0,-3,-8,-10
P04,C3,0,0,20,40
""",
    "costs.csv": """\
project_id,year,capital_k,revenue_k
P01,1,400,50
P01,2,200,80
P02,1,600,20
P02,2,100,20
P03,1,300,100
P03,2,300,120
P04,2,450,60
""",
    "budgets.csv": """\
year,capital_k,revenue_k
1,1200,200
2,900,250
""",
    "capacity.csv": """\
team,year,fte_available
integration,1,4
integration,2,3.5
""",
    "capacity_demand.csv": """\
project_id,team,year,fte
P01,integration,1,2
P02,integration,1,1.5
P04,integration,2,1
""",
    "groups.csv": """\
group_id,name,default_board_weight
clinical,Clinical leadership,0.6
finance,Finance,0.4
""",
    "stakeholders.csv": """\
stakeholder_id,group_id,role
S01,clinical,Medical Director
S02,clinical,Chief Nurse
S03,finance,Finance Director
""",
    "pairwise_judgements.csv": """\
stakeholder_id,parent_criterion_id,criterion_a,criterion_b,judgement
S01,G,O1,C3,3
S01,O1,C1,C2,2
S02,G,O1,C3,4
S02,O1,C1,C2,1/2
S03,G,O1,C3,1/3
S03,O1,C1,C2,1
""",
    "swing_points.csv": """\
stakeholder_id,criterion_id,points
S01,C1,100
S01,C2,60
S01,C3,40
""",
    "dependencies.csv": """\
dependency_id,project_id,requires_project_id,logic,rationale
D01,P04,P02,any,Needs hosting
D01,P04,P03,any,Needs hosting
D02,P01,P02,all,Needs the network
""",
    "exclusions.csv": """\
exclusion_id,project_id,rationale
X01,P03,One way or the other
X01,P04,One way or the other
""",
    "synergies.csv": """\
synergy_id,members,kind,criterion_id,year,amount,rationale
Y01,P01;P02,performance,C1,,3,Better access
Y01,P01;P02,capital_k,,1,-50,Shared licences
""",
    "policy_constraints.csv": """\
constraint_id,optional,type,members,bound,rationale
B01,1,max_count,category=Infrastructure,1,Capacity
B02,1,min_count_each,category,1,Fairness
B03,0,max_capital_share,category=Infrastructure,0.6,Balance
""",
    "scenarios.csv": """\
scenario_id,name,target,key,year,operation,value,rationale
N0,Base plan,,,,,,
N1,Capital cut,budget,capital_k,all,multiply,0.8,
N2,Vacancies,capacity,integration,1;2,add,-1,
N3,Optimism bias,cost,capital_k,all,uplift_column,bias_pct,
N4,Pessimistic,performance,,,use_column,pessimistic,
N5,Finance only,weights,finance,,use_group,1,
""",
}


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write the files of a decision into a folder."""
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder
