// The page: one worker that solves, the latest setting asked of it, and the answer shown.

const WAIT = 150;
const at = (name) => document.getElementById(name);
let current = startState();
let worker = null;
let solverVersion = "";
let ticket = 0;
let timer = null;
let latest = null;
const waiting = new Map();

async function unpack(base64) {
  const packed = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

async function startWorker() {
  const highs = await unpack(at("highs-script").textContent.trim());
  const address = URL.createObjectURL(new Blob([highs, "\n", at("solver-script").textContent], { type: "text/javascript" }));
  worker = new Worker(address);
  URL.revokeObjectURL(address);
  await new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message || "the worker could not start"));
    worker.onmessage = (event) => {
      if (event.data.failed) reject(new Error(event.data.failed));
      else resolve((solverVersion = event.data.ready));
    };
    worker.postMessage({ start: { model, binary: at("highs-binary").textContent.trim() } });
  });
  worker.onerror = (event) => fail(event.message);
  worker.onmessage = (event) => {
    const { resolve, reject } = waiting.get(event.data.ticket) || {};
    waiting.delete(event.data.ticket);
    if (event.data.failed) reject(new Error(event.data.failed));
    else resolve(event.data.answer);
  };
}

let started = null;

function ask(setting) {
  started ||= startWorker();
  return started.then(() => new Promise((resolve, reject) => {
    ticket += 1;
    waiting.set(ticket, { resolve, reject });
    worker.postMessage({ setting, ticket });
  }));
}

// One question at a time: while the solver works, only the latest setting waits.
let busy = false;
let again = false;

async function refresh() {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  do {
    again = false;
    const state = current;
    try {
      if (weightsOf(state) === null) sayNothingCounts();
      else {
        at("play").classList.add("working");
        show(await ask(settingOf(state)), state);
      }
    } catch (error) {
      fail(error.message);
    }
  } while (again);
  busy = false;
  at("play").classList.remove("working");
}

function show(answer, state) {
  if (again) return;
  latest = answer;
  at("play-badge").textContent = verdict(answer);
  at("play-badge").className = `badge ${answer.termination === "optimal" ? "" : "unsure-badge"}`;
  at("play-status-text").textContent = statusText(answer);
  fill(at("play-answer"), ...answerBody(answer));
  const code = encode({ ...whatIfOf(state, answer), decision: undefined });
  at("play-link").value = location.href.split("#")[0] + LINK + code;
}

function sayNothingCounts() {
  latest = null;
  at("play-badge").textContent = "Nothing counts";
  at("play-badge").className = "badge unsure-badge";
  at("play-status-text").textContent = "All weights are zero. Give at least one group and one criterion some weight.";
  fill(at("play-answer"));
}

function fail(message) {
  at("play-badge").textContent = "Not solved";
  at("play-badge").className = "badge unsure-badge";
  at("play-status-text").textContent = `The solver cannot run in this browser (${message}). The other parts of the pack do not need it.`;
}

function showControls() {
  shows.forEach((one) => one(current));
}

function changed() {
  showControls();
  clearTimeout(timer);
  timer = setTimeout(refresh, WAIT);
}

function update(change) {
  change(current);
  changed();
}

function restart(change = () => {}) {
  current = startState();
  update(change);
}

function carry(whatIf) {
  current = stateFrom(whatIf);
  changed();
}

function tell(words) {
  at("play-carry-status").textContent = words;
}

function save() {
  const text = `${JSON.stringify(whatIfOf(current, latest), null, 2)}\n`;
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = make("a", { href: address, download: "what-if.json" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
  tell("Saved as what-if.json.");
}

async function copy() {
  at("play-link").select();
  try {
    await navigator.clipboard.writeText(at("play-link").value);
    tell("The link is copied.");
  } catch {
    tell(document.execCommand("copy") ? "The link is copied." : "The link is selected: copy it with the keyboard.");
  }
}

function open(file) {
  file.text().then((text) => carry(JSON.parse(text))).then(() => tell(`${file.name} is loaded.`),
    (error) => tell(`This file cannot be used: ${error.message}`));
}

function fromLink() {
  if (!location.hash.startsWith(LINK)) return;
  try {
    carry(decode(location.hash.slice(LINK.length)));
    at("play").scrollIntoView();
  } catch (error) {
    tell(`The link cannot be used: ${error.message}`);
  }
}

function build() {
  const groups = groupSliders();
  const presets = presetButtons();
  fill(at("play-controls"),
    presets.length ? make("div", { class: "presets" }, make("p", {}, "Start from a scenario:"), ...presets) : null,
    groups.length ? folded("Whose view counts", true, ...groups) : null,
    folded("What matters", true, ...emphasisSliders()),
    folded("Money, year by year", false, ...limitSliders("money")),
    folded("Teams, year by year", false, ...limitSliders("team")),
    model.policies.length ? folded("Board rules", false, ...ruleBoxes()) : null,
    folded("Projects in or out", false, ...projectChoices()));
  at("play-reset").addEventListener("click", () => restart());
  at("play-save").addEventListener("click", save);
  at("play-copy").addEventListener("click", copy);
  at("play-open").addEventListener("change", (event) => event.target.files[0] && open(event.target.files[0]));
  addEventListener("hashchange", fromLink);
  at("play-body").hidden = false;
  showControls();
  fromLink();
  if (timer === null) timer = setTimeout(refresh, WAIT);
}

// For tests, and for anyone who would rather type: a what-if in, the same what-if with its answer out.
window.boardPack = {
  model,
  answer: (whatIf) => {
    const state = stateFrom(whatIf);
    return ask(settingOf(state)).then((answer) => ({ ...whatIfOf(state, answer), details: answer }));
  },
};

if (document.readyState === "loading") addEventListener("DOMContentLoaded", build);
else build();
