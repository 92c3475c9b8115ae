// Elements and figures. Text from users is only ever set as text, never as markup.

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null) element.setAttribute(name, value);
  });
  element.append(...children.filter((child) => child !== null));
  return element;
}

function fill(element, ...children) {
  element.replaceChildren(...children.filter((child) => child !== null));
}

const isolated = (text) => make("bdi", {}, text);

function number(value, digits = 0) {
  const text = Math.abs(value).toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return value < 0 && /[1-9]/.test(text) ? `\u2212${text}` : text;
}

function signed(value, digits = 0) {
  const text = number(value, digits);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

const plain = (value) => number(value, Number.isInteger(value) ? 0 : 1);

function money(thousands) {
  const sign = thousands < 0 ? "\u2212" : "";
  const amount = Math.abs(thousands);
  return Math.round(amount) < 1000 ? `${sign}£${plain(amount)}k` : `${sign}£${number(amount / 1000, 2)}m`;
}

const quantity = (amount, kind) => (amount === null ? "no limit" : kind === "money" ? money(amount) : `${plain(amount)} FTE`);

function change(amount, kind) {
  if (Math.abs(amount) < 1e-9) return "no change";
  return `${amount > 0 ? "+" : ""}${quantity(amount, kind)}`;
}

const percent = (share, digits = 0) => `${number(100 * share, digits)}%`;

const counted = (count, one, many) => `${number(count)} ${count === 1 ? one : many || `${one}s`}`;

function table(caption, headings, rows, figures = 1) {
  const head = headings.map((heading, at) => make("th", { scope: "col", class: at >= figures ? "figure" : null }, heading));
  const body = rows.map((cells) => make("tr", {}, ...cells.map((cell, at) =>
    at === 0 ? make("th", { scope: "row" }, cell) : make("td", { class: at >= figures ? "figure" : null }, cell))));
  const name = `play-${caption.toLowerCase().replace(/[^a-z]+/g, "-")}`;
  return make("div", { class: "scroll", role: "region", "aria-labelledby": name, tabindex: "0" },
    make("table", {}, make("caption", { id: name }, make("span", {}, caption)),
      make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body)));
}
