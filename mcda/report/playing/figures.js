// Figures in words, by the one rule of mcda/wording (docs/decisions/0052): half away from zero of what a person sees,
// in the direction of the meaning, nothing that reads as zero or as all without being it. A test compares the two.

const SIGNIFICANT = 12;
const NOTHING = 1e-9;
const MINUS = "\u2212";
const NONE = "–";

// What a person sees in a number: its sign, twelve digits as a whole number, and the power of ten they are times.
function asSeen(value) {
  if (Math.abs(value) < NOTHING) return { sign: 0, whole: 0n, power: 0 };
  const [mantissa, exponent] = Math.abs(value).toExponential(SIGNIFICANT - 1).split("e");
  return { sign: Math.sign(value), whole: BigInt(mantissa.replace(".", "")), power: Number(exponent) - SIGNIFICANT + 1 };
}

const times = (seen, power) => ({ ...seen, power: seen.power + power });

// The whole number of steps of ten to the minus digits, without its sign.
function steps(seen, digits, rounding = "nearest") {
  const shift = seen.power + digits;
  if (shift >= 0) return seen.whole * 10n ** BigInt(shift);
  const unit = 10n ** BigInt(-shift);
  const floor = seen.whole / unit;
  const rest = seen.whole % unit;
  const away = rounding === "nearest" ? 2n * rest >= unit : rest > 0n && (rounding === "up") === (seen.sign > 0);
  return away ? floor + 1n : floor;
}

function written(count, digits) {
  const text = String(count).padStart(digits + 1, "0");
  const whole = digits ? text.slice(0, -digits) : text;
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return digits ? `${grouped}.${text.slice(-digits)}` : grouped;
}

function worded(seen, digits, { rounding = "nearest", unit = "", plus = "", trim = false } = {}) {
  const count = steps(seen, digits, rounding);
  const sign = seen.sign < 0 ? MINUS : seen.sign > 0 ? plus : "";
  if (seen.sign && !count) return `${seen.sign < 0 ? ">" : "<"}${sign}${unit}${written(1n, digits)}`;
  const text = written(count, digits);
  return `${sign}${unit}${trim && digits ? text.replace(/\.?0+$/, "") : text}`;
}

const notFinite = (value) => (Number.isNaN(value) ? NONE : Number.isFinite(value) ? "" : "no limit");

const number = (value, digits = 0, rounding = "nearest") => notFinite(value) || worded(asSeen(value), digits, { rounding });
const signed = (value, digits = 0) => notFinite(value) || worded(asSeen(value), digits, { plus: "+" });
const plain = (value, digits = 1, rounding = "nearest") => notFinite(value) || worded(asSeen(value), digits, { rounding, trim: true });
const points = (value, rounding = "nearest") => number(value, 2, rounding);
const signedPoints = (value) => signed(value, 2);

// How many decimals a column needs, so that all its figures can have the same number.
function decimals(values, most = 1) {
  const seen = values.filter(Number.isFinite).map(asSeen);
  for (let digits = 0; digits < most; digits += 1) {
    if (seen.every((one) => one.power + digits >= 0 || one.whole % 10n ** BigInt(-one.power - digits) === 0n)) return digits;
  }
  return most;
}
const digitsOf = (kind, values) => (kind === "money" ? decimals(values) : 1);

function money(thousands, rounding = "nearest") {
  if (notFinite(thousands)) return notFinite(thousands);
  const seen = asSeen(thousands);
  if (steps(seen, 1, rounding) < 10000n) return `${worded(seen, 1, { rounding, unit: "£", trim: true })}k`;
  return `${worded(times(seen, -3), 2, { rounding, unit: "£" })}m`;
}
const people = (fte, rounding = "nearest") => notFinite(fte) || `${plain(fte, 1, rounding)} FTE`;
const quantity = (amount, kind, rounding = "nearest") => (kind === "money" ? money(amount, rounding) : people(amount, rounding));

function percent(share, rounding = "nearest", digits = 1) {
  if (!Number.isFinite(share)) return NONE;
  const seen = asSeen(share);
  if (!seen.sign) return "0%";
  if (Math.abs(share - 1) < NOTHING) return "100%";
  const figure = times(seen, 2);
  const count = steps(figure, digits, rounding);
  const all = 100n * 10n ** BigInt(digits);
  if (seen.sign > 0 && share < 1 && count >= all) return `>${written(all - 1n, digits)}%`;
  if (share > 1 && count <= all) return `${written(all + 1n, digits)}%`;
  return `${worded(figure, digits, { rounding })}%`;
}
const guaranteed = (share) => percent(share, "down");
const percentagePoints = (difference) => signed(100 * difference, 1);

// A name in the middle of a sentence: an abbreviation keeps its capitals.
function inSentence(name) {
  const start = name.slice(0, 2);
  const capitals = start.length > 1 && start === start.toUpperCase() && start !== start.toLowerCase();
  return capitals ? name : name.slice(0, 1).toLowerCase() + name.slice(1);
}

const counted = (count, one, many) => `${number(count)} ${count === 1 ? one : many || `${one}s`}`;
