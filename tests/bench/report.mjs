// From the runs of the cells to tables that people read: medians, ratios, and whether the work was done.
import { engines, isExact, oursIn } from "./engines.mjs";
import { median } from "./median.mjs";
import { works } from "./work.mjs";

/** One table: a work in one place, each engine a row. */
export function tabulate(work, place, runs) {
  const product = works[work].kind === "product";
  const rateOf = (run) => (product ? run.gflops : run.samplesPerSecond);
  const rows = Object.keys(runs)
    .filter((engine) => engine !== "peak")
    .map((engine) => {
      const failed = runs[engine].find((run) => run.error);
      if (failed) return { engine, error: failed.error, check: "" };
      const rates = runs[engine].map(rateOf);
      return {
        engine,
        rate: median(rates),
        lowest: Math.min(...rates),
        highest: Math.max(...rates),
        gflops: median(runs[engine].map((run) => run.gflops)),
        dispatchesPerStep: runs[engine][0].dispatchesPerStep,
        ...check(work, engine, runs[engine]),
      };
    });
  const our = rows.find((row) => row.engine === oursIn(place));
  const fastest = Math.max(...rows.filter((row) => !engines[row.engine].ours && row.rate).map((row) => row.rate));
  for (const row of rows.filter((each) => each.rate)) {
    row.oursAgainstIt = our?.rate ? our.rate / row.rate : null;
    row.againstFastestPeer = Number.isFinite(fastest) ? row.rate / fastest : null;
  }
  const peak = runs.peak?.every((run) => !run.error) ? median(runs.peak.map((run) => run.gflops)) : null;
  const fused = peak && runs.peak[0].fused ? median(runs.peak.map((run) => run.fused.gflops)) : null;
  return { work, place, title: works[work].title, unit: product ? "GFLOP/s" : "samples/s", peak, fused, rows };
}

/** Did the engine do the work? The worst of its runs speaks. */
function check(work, engine, runs) {
  if (works[work].kind === "product") {
    const error = Math.max(...runs.map((run) => run.productError));
    return { check: error < 1e-3 ? "product right" : `WRONG product, by ${error.toExponential(1)}` };
  }
  const [{ lossStart, loss3, lossEnd }] = runs;
  const losses = { losses: [lossStart, loss3, lossEnd] };
  const expected = works[work].lossAfter3;
  if (isExact(engine, work)) {
    const right = runs.every((run) => Math.abs(run.loss3 - expected) < 1e-3);
    return { ...losses, check: right ? "agrees" : `WRONG: ${expected} expected after 3 steps` };
  }
  return {
    ...losses,
    check: runs.every((run) => run.lossEnd < run.lossStart) ? "falls" : "WRONG: the loss did not fall",
  };
}

export function print({ work, place, title, unit, peak, fused, rows }) {
  console.log(
    `\n${work} on the ${place.toUpperCase()}${place === "cpu" ? ", one thread but where said" : ""}: ${title}`,
  );
  const trains = works[work].kind !== "product";
  const head = [
    "engine",
    unit,
    "[min–max]",
    "ours ÷ it",
    "it ÷ fastest peer",
    ...(trains ? ["GFLOP/s", "loss: start", "3 steps", "end"] : []),
    "check",
  ];
  const body = rows.map((row) => {
    if (row.error) return [row.engine, "fails", ...head.slice(3).map(() => ""), row.error.slice(0, 80)];
    return [
      row.engine,
      short(row.rate),
      `[${short(row.lowest)}–${short(row.highest)}]`,
      ratio(row.oursAgainstIt),
      ratio(row.againstFastestPeer),
      ...(trains ? [row.gflops.toFixed(2), ...row.losses.map((loss) => loss.toFixed(5))] : []),
      row.check,
    ];
  });
  const widths = head.map((_, column) => Math.max(...[head, ...body].map((line) => line[column].length)));
  const pad = (cell, column) =>
    column > 0 && column < head.length - 1 ? cell.padStart(widths[column]) : cell.padEnd(widths[column]);
  for (const line of [head, ...body]) console.log(`  ${line.map(pad).join("  ").trimEnd()}`);
  const our = rows.find((row) => engines[row.engine].ours && row.rate);
  const dispatches = our?.dispatchesPerStep;
  if (dispatches)
    console.log(`  ours takes ${dispatches} dispatch${dispatches === 1 ? "" : "es"} a ${trains ? "step" : "product"}`);
  if (peak === null) return;
  const share = our ? `; ours is at ${((100 * our.gflops) / peak).toFixed(1)} % of it` : "";
  console.log(`  peak of one thread (f32x4 multiply + add): ${peak.toFixed(1)} GFLOP/s${share}`);
  if (fused) console.log(`  the same with fused multiply-add: ${fused.toFixed(1)} GFLOP/s`);
}

function short(value) {
  if (value >= 1e6) return `${(value / 1e6).toFixed(2)} M`;
  if (value >= 1e4) return `${(value / 1e3).toFixed(1)} k`;
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}

function ratio(value) {
  return value == null ? "" : `${value.toPrecision(3)} ×`;
}
