// The worker: HiGHS is loaded once; each message is one setting, each answer is proven and checked before it is sent.

const TIME_LIMIT = 30;
let solver = null;
let model = null;

async function unpack(base64) {
  const packed = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

// setting: weights by leaf, limits by resource and year, force and forbid by project, identifiers of Board rules.
function taskOf(setting) {
  const rows = model.rows
    .filter((row) => row.policy === null || setting.policies.includes(row.policy))
    .map((row) => ({ ...row }));
  model.resources.forEach((resource, which) => {
    resource.rows.forEach((row, year) => { rows[row].limit = setting.limits[which][year]; });
  });
  const columns = model.projects.length + model.synergies.length;
  const lower = new Array(columns).fill(0);
  const upper = new Array(columns).fill(1);
  model.projects.forEach((project, at) => {
    if (project.mandatory || setting.force.includes(at)) lower[at] = 1;
    if (setting.forbid.includes(at)) upper[at] = 0;
  });
  const began = performance.now();
  return {
    model, rows, lower, upper,
    objective: objectiveOf(model, setting.weights),
    left: () => TIME_LIMIT - (performance.now() - began) / 1000,
  };
}

function useByResource(task, columns) {
  const chosen = new Set(columns);
  return model.resources.map((resource) =>
    resource.rows.map((row) => Number(useOf(task.rows[row], chosen)) / Number(task.rows[row].factor)));
}

function recommendedInside() {
  const names = new Set(model.recommended.selected);
  return model.projects.map((project) => names.has(project.id));
}

let last = null;

// The better of the last answer and the recommended portfolio, where it keeps the limits: the search need only beat it.
function offerStart(task) {
  const known = [last, model.recommended && recommendedInside()].filter((inside) => inside).map((inside) => certify(task, inside));
  const kept = known.filter((certificate) => certificate.holds);
  if (!kept.length) return;
  const best = kept.reduce((one, other) => (compare(other.value, one.value) > 0 ? other : one));
  task.start = task.objective.map((_, column) => (best.columns.includes(column) ? 1 : 0));
}

function solve(setting) {
  const began = performance.now();
  const task = taskOf(setting);
  const both = setting.force.filter((at) => setting.forbid.includes(at));
  const crossed = both.length || task.lower.some((bound, at) => bound > task.upper[at]);
  offerStart(task);
  const found = crossed ? { termination: "infeasible" } : propose(solver, task, task.objective, task.rows.map(solverRow));
  const answer = { termination: found.termination, selected: null, value: null, unique: null };
  if (found.certificate) {
    let best = found.certificate;
    if (found.termination === "optimal" && !found.proven) answer.termination = "feasible";
    if (answer.termination === "optimal") {
      task.start = null;
      const settled = settleTies(solver, task, best);
      best = settled.best;
      answer.unique = settled.unique;
    }
    last = best.inside;
    answer.selected = best.inside.flatMap((yes, at) => (yes ? [at] : []));
    answer.value = asNumber(best.value);
    answer.usage = useByResource(task, best.columns);
    answer.checks = task.rows.filter((row) => row.limit !== null).length;
  }
  if (model.recommended) {
    const before = certify(task, recommendedInside());
    answer.recommended = { value: asNumber(before.value), holds: before.holds, broken: before.broken };
  }
  answer.seconds = (performance.now() - began) / 1000;
  return answer;
}

self.onmessage = async (event) => {
  const message = event.data;
  try {
    if (message.start) {
      model = message.start.model;
      const compiled = await WebAssembly.compile(await unpack(message.start.binary));
      solver = await Module({
        instantiateWasm: (imports, done) => {
          WebAssembly.instantiate(compiled, imports).then(done);
          return {};
        },
      });
      self.postMessage({ ready: solver.version.string });
    } else {
      self.postMessage({ answer: solve(message.setting), ticket: message.ticket });
    }
  } catch (error) {
    self.postMessage({ failed: String(error && error.message ? error.message : error), ticket: message.ticket });
  }
};
