// A canvas that notes what is drawn on it, and with which pen.

/**
 * @param {{ width?: number, height?: number }} [size]
 * @returns {any} with `calls`, each `{ name, args, style }`, and `of(name)`: those of one name
 */
export function fakeCanvas({ width = 200, height = 100 } = {}) {
  /** @type {{ name: string, args: any[], style: Record<string, any> }[]} */
  const calls = [];
  /** @type {Record<string, any>} */
  const style = { globalAlpha: 1 };
  const context = new Proxy(style, {
    get(_, name) {
      if (typeof name !== "string" || name in style) return style[/** @type {string} */ (name)];
      if (name === "measureText") return (/** @type {string} */ text) => ({ width: 6 * text.length });
      if (name === "createImageData")
        return (/** @type {number} */ wide, /** @type {number} */ high) => ({
          width: wide,
          height: high,
          data: new Uint8ClampedArray(4 * wide * high),
        });
      return (/** @type {any[]} */ ...args) => void calls.push({ name, args, style: { ...style } });
    },
  });
  return {
    clientWidth: width,
    clientHeight: height,
    width: 0,
    height: 0,
    calls,
    of: (/** @type {string} */ name) => calls.filter((call) => call.name === name),
    getContext: () => context,
  };
}

/** What lies between the last `beginPath` and each `stroke` or `fill`. @param {ReturnType<typeof fakeCanvas>} canvas */
export function pathsOf({ calls }) {
  const paths = [];
  let points = /** @type {any[]} */ ([]);
  for (const { name, args, style } of calls) {
    if (name === "beginPath") points = [];
    else if (name === "stroke" || name === "fill") paths.push({ by: name, points: [...points], style });
    else if (/^(moveTo|lineTo|arc|closePath|bezierCurveTo)$/.test(name)) points.push([name, ...args]);
  }
  return paths;
}
