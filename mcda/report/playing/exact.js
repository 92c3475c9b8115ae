// Exact arithmetic on the figures as written, as solvers/certificate/_check.py does it: a number stands for its shortest text.

function decimal(number) {
  const [mantissa, exponent = "0"] = String(number).split("e");
  const [whole, part = ""] = mantissa.split(".");
  return { digits: BigInt(whole + part), places: part.length - Number(exponent) };
}

function scaledTo(value, places) {
  return value.digits * 10n ** BigInt(places - value.places);
}

function exactSum(numbers) {
  const values = numbers.map(decimal);
  const places = values.reduce((most, value) => Math.max(most, value.places), 0);
  return { digits: values.reduce((sum, value) => sum + scaledTo(value, places), 0n), places };
}

function compare(one, other) {
  const places = Math.max(one.places, other.places);
  const difference = scaledTo(one, places) - scaledTo(other, places);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function useOf(row, chosen) {
  let use = 0n;
  row.columns.forEach((column, at) => {
    if (chosen.has(column)) use += BigInt(row.figures[at]);
  });
  return use;
}

// A portfolio checked with no help from the solver: every row in whole numbers, mandatory and forbidden projects, value.
function certify(task, inside) {
  const columns = columnsOf(task.model, inside);
  const chosen = new Set(columns);
  const broken = [];
  task.rows.forEach((row) => {
    const use = useOf(row, chosen);
    const upper = row.limit === undefined ? row.upper : null;
    if (row.lower !== null && use < BigInt(row.lower)) broken.push(row.name);
    else if (upper !== null && use > BigInt(upper)) broken.push(row.name);
    else if (row.limit !== undefined && row.limit !== null) {
      const limit = decimal(row.limit);
      const unit = { digits: limit.digits * BigInt(row.factor), places: limit.places };
      if (compare({ digits: use, places: 0 }, unit) > 0) broken.push(row.name);
    }
  });
  inside.forEach((yes, at) => {
    if ((task.lower[at] === 1 && !yes) || (task.upper[at] === 0 && yes)) broken.push(task.model.projects[at].id);
  });
  return {
    inside,
    holds: broken.length === 0,
    broken,
    value: exactSum(columns.map((column) => task.objective[column])),
    first: task.rows.length ? useOf(task.rows[0], chosen) : 0n,
    columns,
  };
}

function asNumber(exact) {
  return exact.places > 0
    ? Number(`${exact.digits}e-${exact.places}`)
    : Number(exact.digits * 10n ** BigInt(-exact.places));
}
