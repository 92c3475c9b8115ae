// The answer: what changes against the recommended portfolio, in projects, value, money, people, and each group's share.

const insideOf = (selected) => {
  const chosen = new Set(selected);
  return model.projects.map((_, at) => chosen.has(at));
};
const recommended = model.recommended ? model.recommended.selected.map(positionOf) : null;

function valueIn(weights, selected) {
  const objective = objectiveOf(model, weights);
  return columnsOf(model, insideOf(selected)).reduce((sum, column) => sum + objective[column], 0);
}

function usageOf(selected) {
  const chosen = new Set(columnsOf(model, insideOf(selected)));
  return model.resources.map((resource) => resource.rows.map((at) => {
    const row = model.rows[at];
    const use = row.columns.reduce((sum, column, place) => (chosen.has(column) ? sum + Number(row.figures[place]) : sum), 0);
    return use / Number(row.factor);
  }));
}

const total = (figures) => figures.reduce((sum, figure) => sum + figure, 0);
const named = (at) => [make("bdi", { class: "id" }, model.projects[at].id), " ", isolated(model.projects[at].name)];

function verdict(answer) {
  const words = {
    optimal: "Proven best",
    feasible: "Best found, not proven",
    infeasible: "No portfolio possible",
    no_solution_found: "Nothing found in time",
  };
  return words[answer.termination] || "The search failed";
}

function statusText(answer) {
  if (!answer.selected) {
    return answer.termination === "infeasible"
      ? "Proven: no set of projects keeps all of these limits and rules at once."
      : "The search stopped before it found a portfolio.";
  }
  const size = `${answer.selected.length} of ${counted(model.projects.length, "project")}, value ${points(answer.value)}`;
  if (!answer.recommended) return `${size}.`;
  const gain = answer.value - answer.recommended.value;
  if (!answer.recommended.holds) return `${size}; the recommended portfolio is no longer possible.`;
  if (Math.abs(gain) < 5e-10 * Math.max(1, Math.abs(answer.value))) {
    const same = answer.selected.every((at) => recommended.includes(at)) && answer.selected.length === recommended.length;
    return same ? `${size}: the recommended portfolio is still the best.` : `${size}, worth the same as the recommended portfolio.`;
  }
  return `${size}: ${points(gain)} more than the recommended portfolio would give.`;
}

function gainText(answer) {
  const gain = answer.value - answer.recommended.value;
  return Math.abs(gain) < NOTHING ? "the same as" : `${signedPoints(gain)} against`;
}

function projectList(title, positions, weights, empty) {
  const objective = objectiveOf(model, weights);
  return make("div", {}, make("h4", {}, title), positions.length
    ? make("ul", {}, ...positions.map((at) => make("li", {}, ...named(at), ` (${points(objective[at])})`)))
    : make("p", {}, empty));
}

function groupTable(answer) {
  const rows = model.groups.filter((group) => group.best > 0).map((group) => {
    const now = valueIn(group.weights, answer.selected) / group.best;
    const before = recommended ? valueIn(group.weights, recommended) / group.best : null;
    return [isolated(group.name), before === null ? "–" : guaranteed(before), guaranteed(now),
      before === null ? "–" : `${percentagePoints(now - before)} points`];
  });
  if (!rows.length) return null;
  return table("Share of its own best value that each group gets", ["Group", "Recommended", "This what-if", "Change"], rows);
}

// Decimals of the tables of money and of people: all figures of one table have the same number.
function digitsIn(answer, before) {
  const figures = (kind) => model.resources.flatMap((resource, which) => (resource.kind !== kind ? []
    : [...answer.usage[which], ...(before ? before[which] : []), ...current.limits[which].filter((limit) => limit !== null)]));
  return { money: digitsOf("money", figures("money")), team: digitsOf("team", figures("team")) };
}

function useTables(answer) {
  const before = recommended ? usageOf(recommended) : null;
  const digits = digitsIn(answer, before);
  const years = [...new Set(model.resources.flatMap((resource) => resource.years))].sort((one, other) => one - other);
  const rowsOf = (kind) => model.resources.flatMap((resource, which) => {
    if (resource.kind !== kind) return [];
    const cell = (figures, digits) => years.map((year) => {
      const at = resource.years.indexOf(year);
      return at < 0 ? "–" : figures[at] === null ? "no limit" : number(figures[at], digits);
    });
    const limits = current.limits[which];
    return [
      [make("span", {}, isolated(resource.name), ", this what-if"), ...cell(answer.usage[which], digits[kind]),
        number(total(answer.usage[which]), digits[kind])],
      ...(before ? [["recommended", ...cell(before[which], digits[kind]), number(total(before[which]), digits[kind])]] : []),
      ["limit", ...cell(limits, digits[kind]), limits.includes(null) ? "no limit" : number(total(limits), digits[kind])],
    ];
  });
  const heads = ["Use", ...years.map((year) => `Year ${year}`), "All years"];
  return [
    table("Money, £k", heads, rowsOf("money")),
    folded("Teams, year by year", false, table("Teams, FTE", heads, rowsOf("team"))),
  ];
}

function brokenText(answer) {
  if (!answer.recommended || answer.recommended.holds) return null;
  const names = answer.recommended.broken.map((name) => {
    const resource = model.resources.find((item) => name.startsWith(`${item.id} year `));
    return resource ? `${inSentence(resource.name)} in year ${name.slice(resource.id.length + 6)}` : name;
  });
  const shown = names.slice(0, 4).join(", ") + (names.length > 4 ? ` and ${names.length - 4} more` : "");
  return make("p", {}, "The recommended portfolio would break: ", isolated(shown), ".");
}

function proofText(answer) {
  if (answer.termination !== "optimal") return null;
  const tie = answer.unique === false
    ? " Other portfolios have exactly the same value; this one uses the least of the first resource, then prefers projects listed earlier."
    : "";
  return make("p", { class: "note" },
    `Proven by HiGHS ${solverVersion} in this page (gap 0, ${number(answer.seconds, 2)} seconds); ` +
    `${counted(answer.checks, "limit and rule", "limits and rules")} checked again in whole numbers.${tie}`);
}

function answerBody(answer) {
  if (!answer.selected) {
    return [make("p", {}, "Loosen a limit, free a project or switch a rule off."), brokenText(answer)];
  }
  const weights = weightsOf(current);
  const added = answer.selected.filter((at) => !recommended || !recommended.includes(at));
  const gone = recommended ? recommended.filter((at) => !answer.selected.includes(at)) : [];
  const before = recommended ? usageOf(recommended) : null;
  const cards = [["Value", number(answer.value, 2),
    answer.recommended ? `${gainText(answer)} the recommended one` : "points"]];
  model.resources.forEach((resource, which) => {
    if (resource.kind !== "money") return;
    const spend = total(answer.usage[which]);
    cards.push([resource.name, money(spend), before ? change(spend - total(before[which]), "money") : "over all years"]);
  });
  cards.push(["Projects", String(answer.selected.length), before ? `${added.length} in, ${gone.length} out` : ""]);
  return [
    make("dl", { class: "cards" }, ...cards.map(([term, value, note]) =>
      make("div", {}, make("dt", {}, isolated(term)), make("dd", {}, value, make("span", {}, note))))),
    brokenText(answer),
    recommended ? make("div", { class: "moves" },
      projectList("Comes in", added, weights, "Nothing."), projectList("Goes out", gone, weights, "Nothing.")) : null,
    groupTable(answer),
    ...useTables(answer),
    folded(`All ${counted(answer.selected.length, "project")} in this portfolio`, !recommended,
      make("ul", { class: "chosen-list" }, ...answer.selected.map((at) => make("li", {}, ...named(at))))),
    proofText(answer),
  ];
}
