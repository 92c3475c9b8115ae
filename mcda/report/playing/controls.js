// The controls: sliders, rules, and projects to force in or out. Each knows how to show the state it stands for.

let counter = 0;
const shows = [];

function slider(label, range, read, write) {
  counter += 1;
  const name = `play-slider-${counter}`;
  const input = make("input", { type: "range", id: name, min: range.min, max: range.max, step: range.step || 1 });
  const output = make("output", { for: name });
  shows.push((state) => {
    const shown = read(state);
    input.value = String(shown.position);
    input.setAttribute("aria-valuetext", shown.text);
    output.textContent = shown.text;
    output.classList.toggle("changed", shown.changed);
  });
  input.addEventListener("input", () => update((state) => write(state, Number(input.value))));
  return make("div", { class: "slider" }, make("label", { for: name }, isolated(label)), input, output);
}

function folded(title, open, ...children) {
  return make("details", { open }, make("summary", {}, title), make("div", { class: "folded" }, ...children));
}

function groupSliders() {
  return model.groups.map((group, at) => slider(group.name, { min: 0, max: 100 }, (state) => {
    const shares = state.shares || startShares();
    const total = shares.reduce((sum, share) => sum + share, 0);
    const share = total ? shares[at] / total : 0;
    return { position: shares[at], text: `${percent(share)} of the say`, changed: state.shares !== null };
  }, (state, position) => {
    state.given = null;
    state.shares = state.shares || startShares();
    state.shares[at] = position;
  }));
}

function emphasisSliders() {
  const within = (criterion, weights) => criterion.leaves.reduce((sum, leaf) => sum + weights[leaf], 0);
  const one = (criterion) => slider(criterion.name, { min: 0, max: 300, step: 5 }, (state) => {
    const weights = weightsOf(state);
    const share = weights ? percent(within(criterion, weights)) : "–";
    const factor = state.emphasis[criterion.id];
    const times = factor === 100 ? "as judged" : `× ${number(factor / 100, 2)}`;
    return { position: factor, text: `${share} (${times})`, changed: factor !== 100 };
  }, (state, position) => {
    state.given = null;
    state.emphasis[criterion.id] = position;
  });
  const top = model.criteria.filter((criterion) => criterion.depth === 0);
  const below = model.criteria.filter((criterion) => criterion.depth > 0);
  return [...top.map(one), below.length ? folded("Criterion by criterion", false, ...below.map(one)) : null];
}

// Steps of a round size that keep the limit of the plan on the grid.
function stepOf(resource) {
  const largest = Math.max(...resource.limits.map((limit) => limit || 0), 1e-6);
  const rough = largest / 50;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((size) => size >= rough * 0.7) || power * 10;
  return resource.kind === "team" ? Math.max(0.5, step) : step;
}

function movedBy(base, steps, step) {
  const places = Math.max(...[base, step].map((figure) => (String(figure).split(".")[1] || "").length));
  const unit = 10 ** places;
  return (Math.round(base * unit) + steps * Math.round(step * unit)) / unit;
}

function limitSliders(kind) {
  return model.resources.flatMap((resource, which) => {
    if (resource.kind !== kind) return [];
    const step = stepOf(resource);
    const years = resource.years.map((year, at) => {
      const base = resource.limits[at];
      if (base === null) return null;
      const range = { min: -Math.floor(base / step + 1e-9), max: Math.max(10, Math.ceil(base / step)) };
      return slider(`Year ${year}`, range, (state) => {
        const limit = state.limits[which][at];
        const changed = limit !== base;
        const was = changed ? `, was ${amountOf(base, kind)}` : "";
        return { position: Math.round((limit - base) / step), text: amountOf(limit, kind) + was, changed };
      }, (state, position) => { state.limits[which][at] = movedBy(base, position, step); });
    });
    return [make("fieldset", {}, make("legend", {}, isolated(resource.name)), ...years)];
  });
}

function ruleBoxes() {
  return model.policies.map((policy, at) => {
    const name = `play-rule-${at}`;
    const box = make("input", { type: "checkbox", id: name, disabled: !policy.optional });
    shows.push((state) => { box.checked = !policy.optional || state.policies.has(policy.id); });
    box.addEventListener("change", () => update((state) => {
      if (box.checked) state.policies.add(policy.id);
      else state.policies.delete(policy.id);
    }));
    return make("div", { class: "rule" }, box, make("label", { for: name }, isolated(policy.text), ` (${policy.id})`));
  });
}

function projectChoices() {
  const rows = model.projects.map((project, at) => {
    const name = `play-project-${at}`;
    const choices = ["free", "in", "out"].map((choice) => {
      const input = make("input", {
        type: "radio", name, id: `${name}-${choice}`, value: choice, disabled: project.mandatory && choice !== "free",
      });
      input.addEventListener("change", () => update((state) => {
        state.force.delete(at);
        state.forbid.delete(at);
        if (choice === "in") state.force.add(at);
        if (choice === "out") state.forbid.add(at);
      }));
      return { choice, input, label: make("label", { for: `${name}-${choice}` }, choice) };
    });
    shows.push((state) => choices.forEach(({ choice, input }) => {
      input.checked = choice === (state.force.has(at) ? "in" : state.forbid.has(at) ? "out" : "free");
    }));
    const legend = make("legend", {}, make("bdi", { class: "id" }, project.id), " ", isolated(project.name),
      project.mandatory ? " (mandatory)" : "");
    return make("fieldset", { class: "choice" }, legend,
      make("div", {}, ...choices.map(({ input, label }) => make("span", {}, input, label))));
  });
  return rows;
}

function presetButtons() {
  const presets = model.presets.map((preset) => ({
    name: preset.name,
    apply: (state) => {
      Object.entries(preset.available).forEach(([id, byYear]) => {
        const which = model.resources.findIndex((resource) => resource.id === id);
        Object.entries(byYear).forEach(([year, amount]) => {
          state.limits[which][model.resources[which].years.indexOf(Number(year))] = amount;
        });
      });
      if (preset.group) state.shares = model.groups.map((group) => (group.id === preset.group ? 100 : 0));
    },
  }));
  return presets.map((preset) => {
    const button = make("button", { type: "button" }, isolated(preset.name));
    button.addEventListener("click", () => restart((state) => preset.apply(state)));
    return button;
  });
}
