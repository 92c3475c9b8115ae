// The value of every project and synergy: the same additions in the same order as mcda.value_projects.
function objectiveOf(model, weights) {
  return [...model.projects, ...model.synergies].map((item) => {
    let total = 0;
    for (let leaf = 0; leaf < weights.length; leaf += 1) total += item.leaf[leaf] * weights[leaf];
    return total;
  });
}

// The columns at 1 for a set of projects: the projects, and each synergy whose members are all in.
function columnsOf(model, inside) {
  const columns = [];
  inside.forEach((yes, at) => yes && columns.push(at));
  model.synergies.forEach((synergy, at) => {
    if (synergy.members.every((member) => inside[member])) columns.push(inside.length + at);
  });
  return columns;
}

