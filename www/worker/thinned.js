// @ts-check
/** Rows for the page to draw: all of them, unless they are so many that no picture could show them. */

/** Drawing more would take longer than a frame may, and hide one behind the other. */
const MOST = 2000;

/** Every so-manieth row. @param {import("../core/protocol.js").Points} points */
export function thinned(points) {
  const rows = points.targets.length;
  if (rows <= MOST) return points;
  const width = points.inputs.length / rows;
  const stride = rows / MOST;
  const kept = { inputs: new Float32Array(MOST * width), targets: new Float32Array(MOST), part: new Uint8Array(MOST) };
  for (let i = 0; i < MOST; i++) {
    const row = Math.floor(i * stride);
    kept.inputs.set(points.inputs.subarray(row * width, (row + 1) * width), i * width);
    kept.targets[i] = points.targets[row];
    kept.part[i] = points.part[row];
  }
  return kept;
}
