// What the reader has changed, and the what-if that says so in a file or a link.

const model = JSON.parse(document.getElementById("play-model").textContent);
const LINK = "#what-if=";

function startState() {
  return {
    shares: null,
    emphasis: Object.fromEntries(model.criteria.map((criterion) => [criterion.id, 100])),
    given: null,
    limits: model.resources.map((resource) => [...resource.limits]),
    force: new Set(model.start.force.map(positionOf)),
    forbid: new Set(model.start.forbid.map(positionOf)),
    policies: new Set(model.policies.filter((policy) => policy.optional && policy.on).map((policy) => policy.id)),
  };
}

function positionOf(identifier) {
  const at = model.projects.findIndex((project) => project.id === identifier);
  if (at < 0) throw new Error(`There is no project "${identifier}" in this pack.`);
  return at;
}

const startShares = () => model.groups.map((group) => Math.round(100 * group.share));

// Leaf weights: the groups' weights mixed by their shares, each times the emphasis of its criterion and of those above.
function weightsOf(state) {
  if (state.given) return state.given;
  const emphasised = Object.values(state.emphasis).some((percentage) => percentage !== 100);
  if (state.shares === null && !emphasised) return model.base;
  let mix = model.base;
  if (state.shares !== null) {
    const total = state.shares.reduce((sum, share) => sum + share, 0);
    if (total === 0) return null;
    mix = model.leaves.map((_, leaf) =>
      model.groups.reduce((sum, group, at) => sum + (state.shares[at] / total) * group.weights[leaf], 0));
  }
  const raw = mix.map((weight, leaf) =>
    model.criteria.reduce(
      (product, criterion) => (criterion.leaves.includes(leaf) ? product * (state.emphasis[criterion.id] / 100) : product),
      weight,
    ));
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return sum > 0 ? raw.map((weight) => weight / sum) : null;
}

function settingOf(state) {
  return {
    weights: weightsOf(state),
    limits: state.limits,
    force: [...state.force].sort((one, other) => one - other),
    forbid: [...state.forbid].sort((one, other) => one - other),
    policies: model.policies.map((policy) => policy.id).filter((id) => state.policies.has(id)),
  };
}

function whatIfOf(state, answer) {
  const weights = weightsOf(state);
  const own = weights !== model.base || !model.board;
  const available = {};
  model.resources.forEach((resource, which) => resource.years.forEach((year, at) => {
    const limit = state.limits[which][at];
    if (limit !== resource.limits[at]) (available[resource.id] ||= {})[year] = limit;
  }));
  const name = (at) => model.projects[at].id;
  const setting = settingOf(state);
  const found = {
    what_if: model.format,
    decision: model.decision,
    input_sha256: model.input_sha256,
    scenario: model.scenario,
    weights: own ? Object.fromEntries(model.leaves.map((leaf, at) => [leaf, weights[at]])) : null,
    available,
    force: setting.force.map(name),
    forbid: setting.forbid.map(name),
    policies: setting.policies,
    sliders: {
      groups: state.shares && Object.fromEntries(model.groups.map((group, at) => [group.id, state.shares[at]])),
      emphasis: Object.fromEntries(Object.entries(state.emphasis).filter(([, percentage]) => percentage !== 100)),
    },
  };
  if (answer) {
    found.answer = {
      termination: answer.termination,
      value: answer.value,
      selected: answer.selected && answer.selected.map(name),
    };
  }
  return found;
}

// The state that a what-if describes; whatever does not fit this pack is an error that says why.
function stateFrom(whatIf) {
  if (!whatIf || whatIf.what_if !== model.format) throw new Error("This is not a what-if from this version of the pack.");
  const state = startState();
  state.force = new Set((whatIf.force || []).map(positionOf));
  state.forbid = new Set((whatIf.forbid || []).map(positionOf));
  state.policies = new Set(whatIf.policies || []);
  state.policies.forEach((id) => {
    if (!model.policies.some((policy) => policy.id === id && policy.optional)) throw new Error(`There is no Board rule "${id}" to switch on.`);
  });
  Object.entries(whatIf.available || {}).forEach(([id, byYear]) => {
    const which = model.resources.findIndex((resource) => resource.id === id);
    if (which < 0) throw new Error(`There is no budget or team "${id}" in this pack.`);
    Object.entries(byYear).forEach(([year, amount]) => {
      const at = model.resources[which].years.indexOf(Number(year));
      if (at < 0 || !(amount >= 0) || !Number.isFinite(amount)) throw new Error(`"${id}" in year ${year} cannot be ${amount}.`);
      state.limits[which][at] = amount;
    });
  });
  readWeights(state, whatIf);
  return state;
}

function readWeights(state, whatIf) {
  const sliders = whatIf.sliders || {};
  if (sliders.groups) state.shares = model.groups.map((group) => clamped(sliders.groups[group.id], 100));
  Object.entries(sliders.emphasis || {}).forEach(([id, percentage]) => {
    if (id in state.emphasis) state.emphasis[id] = clamped(percentage, 300);
  });
  if (!whatIf.weights) return;
  const weights = model.leaves.map((leaf) => whatIf.weights[leaf]);
  if (!weights.every((weight) => Number.isFinite(weight) && weight >= 0)) throw new Error("A weight is missing or is not a number of at least 0.");
  const shown = weightsOf(state);
  if (!shown || shown.some((weight, at) => weight !== weights[at])) state.given = weights;
}

const clamped = (figure, most) => Math.min(most, Math.max(0, Math.round(Number(figure) || 0)));

function encode(whatIf) {
  const bytes = new TextEncoder().encode(JSON.stringify(whatIf));
  let letters = "";
  bytes.forEach((byte) => { letters += String.fromCharCode(byte); });
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function decode(text) {
  const letters = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(letters, (letter) => letter.charCodeAt(0))));
}
