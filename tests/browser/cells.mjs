// A table of cases: every combination of the values of some dimensions, and a small part of it that spreads over all.

/** All combinations, as objects; `isPossible` leaves out what can't be. */
export function combinations(dimensions, isPossible = () => true) {
  const all = Object.entries(dimensions).reduce(
    (cells, [name, values]) => cells.flatMap((cell) => values.map((value) => ({ ...cell, [name]: value }))),
    [{}],
  );
  return all.filter(isPossible);
}

/** The values of a cell two by two: what a spread has to have seen. */
export function pairsOf(cell) {
  const entries = Object.entries(cell).map(([name, value]) => `${name}=${value}`);
  return entries.flatMap((one, i) => entries.slice(i + 1).map((other) => `${one} ${other}`));
}

/** Cells that hold every pair of values that occurs in all of them; always the same ones: each time the one with most that is new. */
export function spread(cells) {
  const open = new Set(cells.flatMap(pairsOf));
  const chosen = new Set();
  const news = (cell) => pairsOf(cell).filter((pair) => open.has(pair)).length;
  while (open.size) {
    const best = cells.reduce((most, cell) => (news(cell) > news(most) ? cell : most));
    chosen.add(best);
    for (const pair of pairsOf(best)) open.delete(pair);
  }
  return cells.filter((cell) => chosen.has(cell));
}
