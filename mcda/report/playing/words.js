// Elements. Text from users is set as text, never as markup.

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

const amountOf = (amount, kind) => quantity(amount === null ? Infinity : amount, kind);

function change(amount, kind) {
  if (Math.abs(amount) < NOTHING) return "no change";
  return `${amount > 0 ? "+" : ""}${quantity(amount, kind)}`;
}

function table(caption, headings, rows, figures = 1) {
  const head = headings.map((heading, at) => make("th", { scope: "col", class: at >= figures ? "figure" : null }, heading));
  const body = rows.map((cells) => make("tr", {}, ...cells.map((cell, at) =>
    at === 0 ? make("th", { scope: "row" }, cell) : make("td", { class: at >= figures ? "figure" : null }, cell))));
  const name = `play-${caption.toLowerCase().replace(/[^a-z]+/g, "-")}`;
  return make("div", { class: "scroll", role: "region", "aria-labelledby": name, tabindex: "0" },
    make("table", {}, make("caption", { id: name }, make("span", {}, caption)),
      make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body)));
}
