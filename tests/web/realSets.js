// Real sets as the core takes them now, encoded by hand: what the page will have the core's own encoder do.

/** Rows of cells of a CSV whose only quoted cells are names; the first row is the header. */
export function readCsv(/** @type {string} */ text) {
  const cells = (/** @type {string} */ line) =>
    [...line.matchAll(/("[^"]*"|[^,]*)(?:,|$)/g)].slice(0, -1).map(([, cell]) => cell.replaceAll('"', ""));
  const lines = text.trimEnd().split("\n");
  return lines.map((line) => (line.endsWith(",") ? [...cells(line), ""] : cells(line)));
}

/**
 * Cleans as the entry says, then numbers: a category becomes a column for each value, and a target in numbers is
 * standardized; `spread` brings its errors back to its own units.
 *
 * @param {string} text
 * @param {import("../../www/data/sets.js").RealSet} set
 */
export function encoded(text, { target, task, clean, kinds }) {
  const [header, ...all] = readCsv(text);
  let rows = all;
  for (const { fix, column, by } of clean) {
    const at = header.indexOf(column ?? "");
    if (fix === "drop-missing") rows = rows.filter((row) => (column ? row[at] : row.every((cell) => cell)));
    else if (fix === "impute" && by === "median") {
      const known = rows
        .map((row) => row[at])
        .filter(Boolean)
        .map(Number)
        .sort((a, b) => a - b);
      const middle = String((known[(known.length - 1) >> 1] + known[known.length >> 1]) / 2);
      rows = rows.map((row) => row.with(at, row[at] || middle));
    } else throw new Error(`no ${fix} here`);
  }
  const goal = header.indexOf(target);
  const columns = header.flatMap((name, at) => {
    if (at === goal || kinds[name] === "ignore") return [];
    const values = rows.map((row) => row[at]);
    const isCategory = kinds[name] === "category" || values.some((value) => !Number.isFinite(Number(value)));
    if (!isCategory) return [values.map(Number)];
    return [...new Set(values)].sort().map((one) => values.map((value) => Number(value === one)));
  });
  const inputs = new Float32Array(rows.length * columns.length);
  columns.forEach((values, c) => values.forEach((value, r) => (inputs[r * columns.length + c] = value)));
  const goals = rows.map((row) => row[goal]);
  const data = { inputs, shape: [columns.length] };
  if (task === "classification") {
    const classes = [...new Set(goals)].sort();
    return {
      data: { ...data, targets: Float32Array.from(goals, (name) => classes.indexOf(name)), classes: classes.length },
      spread: 1,
    };
  }
  const numbers = goals.map(Number);
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const spread = Math.sqrt(numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length);
  return { data: { ...data, targets: Float32Array.from(numbers, (value) => (value - mean) / spread) }, spread };
}
