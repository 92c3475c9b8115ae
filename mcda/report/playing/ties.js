// Asking HiGHS, believing only what passes its check, and settling ties: solvers/solving/cuts.py and solvers/solving/ties.py.
// Among portfolios of the same value: least use of the first resource, then the earlier projects.

const BLOCK = 20;
const PATIENCE = 50;
const USUAL_SIZE = 14;

function binaryFactor(figures, size) {
  let largest = 0;
  for (const figure of figures) largest = Math.max(largest, Math.abs(figure));
  return largest === 0 ? 1 : 2 ** (size - Math.ceil(Math.log2(largest)));
}

function solverRow(row) {
  const figures = row.figures.map(Number);
  const factor = Number(row.factor);
  let upper = row.upper === null ? Infinity : Number(row.upper);
  if (row.limit !== undefined) upper = row.limit === null ? Infinity : row.limit * factor;
  const lower = row.lower === null ? -Infinity : Number(row.lower);
  const largest = figures.reduce((most, figure) => Math.max(most, Math.abs(figure)), 0);
  const shrink = largest > 1e6 ? binaryFactor(figures, 10) : 1;
  return {
    columns: row.columns,
    figures: figures.map((figure) => figure * shrink),
    lower: lower * shrink,
    upper: upper * shrink,
  };
}

function maximise(highs, task, objective, rows, lower, upper, strict) {
  const factor = binaryFactor(objective, USUAL_SIZE);
  const filled = rows.filter((row) => row.columns.length && (row.lower > -Infinity || row.upper < Infinity));
  const starts = [0];
  const indices = [];
  const figures = [];
  filled.forEach((row) => {
    indices.push(...row.columns);
    figures.push(...row.figures);
    starts.push(indices.length);
  });
  const size = objective.length;
  const count = task.model.projects.length;
  const bounded = (bound) => (Number.isFinite(bound) ? bound : bound < 0 ? -highs.infinity : highs.infinity);
  const model = highs.createModel();
  try {
    model.options.set({
      output_flag: false, mip_rel_gap: 0, mip_abs_gap: 0, time_limit: Math.max(0.01, task.left()),
      mip_heuristic_run_feasibility_jump: false, mip_heuristic_effort: 0,
    });
    if (strict) {
      model.options.set({
        primal_feasibility_tolerance: 1e-10, dual_feasibility_tolerance: 1e-10, mip_feasibility_tolerance: 1e-10,
        presolve: "off",
      });
    }
    model.passModel({
      sense: highs.constants.objectiveSense.maximize,
      numCols: size,
      numRows: filled.length,
      colCost: Float64Array.from(objective, (figure) => figure * factor),
      colLower: Float64Array.from(lower),
      colUpper: Float64Array.from(upper),
      rowLower: Float64Array.from(filled, (row) => bounded(row.lower)),
      rowUpper: Float64Array.from(filled, (row) => bounded(row.upper)),
      matrix: {
        format: "csr", numRows: filled.length, numCols: size,
        starts: Int32Array.from(starts), indices: Int32Array.from(indices), values: Float64Array.from(figures),
      },
      integrality: Int32Array.from({ length: size }, (_, column) => (column < count ? 1 : 0)),
    });
    if (task.start) model.setSolution({ colValue: Float64Array.from(task.start) });
    model.run();
    const status = model.getModelStatus();
    const say = highs.constants.modelStatus;
    if (status === say.infeasible || status === say.unboundedOrInfeasible) return { termination: "infeasible" };
    const found = status === say.optimal || model.info.get("primal_solution_status") === 2;
    if (status !== say.optimal && status !== say.timeLimit) return { termination: "failed" };
    if (!found) return { termination: "no_solution_found" };
    const x = Array.from(model.getSolution().colValue);
    return {
      termination: status === say.optimal ? "optimal" : "feasible",
      inside: x.slice(0, count).map((value) => value > 0.5),
      bound: Number(model.info.get("mip_dual_bound")) / factor,
      factor,
    };
  } finally {
    model.dispose();
  }
}

function otherThan(task, inside) {
  const columns = inside.map((_, at) => at).filter((at) => task.lower[at] < task.upper[at]);
  return {
    columns,
    figures: columns.map((at) => (inside[at] ? -1 : 1)),
    lower: 1 - columns.filter((at) => inside[at]).length,
    upper: Infinity,
  };
}

// The best portfolio that passes its check, and whether the solver's bound proves it.
function propose(highs, task, objective, rows) {
  const all = [...rows];
  for (let attempt = 0; attempt < PATIENCE; attempt += 1) {
    let outcome = maximise(highs, task, objective, all, task.lower, task.upper, attempt > 0);
    if (outcome.termination === "infeasible" && attempt === 0) {
      outcome = maximise(highs, task, objective, all, task.lower, task.upper, true);
    }
    if (!outcome.inside) return outcome;
    const certificate = certify(task, outcome.inside);
    if (certificate.holds) {
      const reached = asNumber(certificate.value);
      const margin = Math.max(1e-5 / outcome.factor, 1e-8 * Math.abs(reached));
      return { ...outcome, certificate, proven: outcome.termination === "optimal" && outcome.bound - reached <= margin };
    }
    if (outcome.termination !== "optimal") return { termination: "no_solution_found" };
    all.push(otherThan(task, outcome.inside));
  }
  return { termination: "failed" };
}

class UnsettledError extends Error {}

// Whether another portfolio has exactly the same value, and which of them the rule of ties picks.
function settleTies(highs, task, found) {
  const state = { best: found, target: found.value, lower: [...task.lower], upper: [...task.upper] };
  const factor = binaryFactor(task.objective, USUAL_SIZE);
  const columns = task.objective.map((_, at) => at).filter((at) => task.objective[at] !== 0);
  const rows = task.rows.map(solverRow);
  if (columns.length) {
    rows.push({
      columns,
      figures: columns.map((at) => task.objective[at] * factor),
      lower: asNumber(state.target) * factor,
      upper: Infinity,
    });
  }
  const first = task.objective.map(() => 0);
  if (task.rows.length) task.rows[0].columns.forEach((column, at) => { first[column] = -Number(task.rows[0].figures[at]); });

  const equal = (objective, further, most) => {
    const all = [...rows, ...further];
    for (let attempt = 0; attempt < PATIENCE; attempt += 1) {
      const outcome = maximise(highs, task, objective, all, state.lower, state.upper, false);
      if (outcome.termination === "infeasible") return null;
      if (outcome.termination !== "optimal") throw new UnsettledError(outcome.termination);
      const candidate = certify(task, outcome.inside);
      const same = candidate.holds && compare(candidate.value, state.target) === 0;
      if (same && (most === null || candidate.first <= most)) return candidate;
      if (candidate.holds && compare(candidate.value, state.target) > 0) {
        state.best = candidate;
        state.target = candidate.value;
      }
      all.push(otherThan(task, candidate.inside));
    }
    throw new UnsettledError("many portfolios are nearly of the same value");
  };

  try {
    const rival = equal(first, [otherThan(task, found.inside)], null);
    if (rival === null) return { best: state.best, unique: true };
    if (rival.first < state.best.first) state.best = rival;
    if (task.rows.length) {
      const limit = solverRow({ ...task.rows[0], limit: undefined, upper: null, lower: null });
      const scale = limit.figures.length ? limit.figures[0] / Number(task.rows[0].figures[0]) : 1;
      rows.push({ ...limit, lower: -Infinity, upper: (Number(state.best.first) + 0.5) * scale });
    }
    for (let start = 0; start < task.model.projects.length; start += BLOCK) {
      preferEarlier(task, state, start, equal);
    }
    return { best: state.best, unique: false };
  } catch (error) {
    if (!(error instanceof UnsettledError)) throw error;
    return { best: state.best, unique: null };
  }
}

function preferEarlier(task, state, start, equal) {
  const end = Math.min(start + BLOCK, task.model.projects.length);
  const open = [];
  for (let at = start; at < end; at += 1) if (state.lower[at] < state.upper[at]) open.push(at);
  if (!open.every((at) => state.best.inside[at])) {
    const weights = task.objective.map(() => 0);
    open.forEach((at, place) => { weights[at] = 2 ** (open.length - 1 - place); });
    const better = equal(weights, [], state.best.first);
    if (better === null) throw new UnsettledError("the solver lost a portfolio that exists");
    const change = better.inside.findIndex((yes, at) => yes !== state.best.inside[at]);
    if (change >= 0 && better.inside[change]) state.best = better;
  }
  for (let at = start; at < end; at += 1) state.lower[at] = state.upper[at] = state.best.inside[at] ? 1 : 0;
}
