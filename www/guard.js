// @ts-nocheck: it shares its scope with what wasm-bindgen writes.
// What stands between a caller and a package: put at the end of what wasm-bindgen wrote (finish.mjs), whose code takes any
// value for what it should be: −1 for 4,294,967,295, an object that refers to itself for one without end. A call with the
// wrong values gets an Error with a code, and the instance goes on.
const codedError = (code, message, where) => Object.assign(new Error(message), { code, ...(where && { where }) });
const check = guards(HANDLES);

function guards(handles) {
  const whatIs = (value) =>
    typeof value === "number" || value === null || value === undefined
      ? String(value)
      : `a value of type ${(typeof value === "object" && value.constructor?.name) || typeof value}`;

  const [MOST_LEVELS, MOST_ENTRIES, MOST_FIELDS, MOST_VALUES, MOST_PARTS] = [64, 1_000_000, 2 ** 14, 2 ** 21, 2 ** 18];
  const PLAIN_TYPES = ["number", "string", "boolean", "undefined"];
  /** `{…}`, of this window or another one. */
  function isPlain(value) {
    const parent = Object.getPrototypeOf(value);
    return parent === null || Object.getPrototypeOf(parent) === null;
  }

  /** Lists and objects of a document: plain, finite, of bounded size. */
  function document(root, name) {
    let [values, parts] = [0, 0];
    const outer = [];
    const keys = name === "spec" ? [] : [name];
    const refuse = (what, where = pathOf(keys) || name) => {
      throw codedError("spec", `${where.length > 200 ? `${where.slice(0, 200)}…` : where}: ${what}`, where);
    };
    // Before any of them is looked at.
    const take = (moreValues, moreParts) => {
      if ((values += moreValues) > MOST_VALUES) refuse(`holds more than ${MOST_VALUES} values`, name);
      if ((parts += moreParts) > MOST_PARTS) refuse(`holds more than ${MOST_PARTS} lists, objects and fields`, name);
    };
    const visit = (value) => {
      if (typeof value !== "object" || value === null) {
        if (value === null || PLAIN_TYPES.includes(typeof value)) return;
        refuse(`${whatIs(value)} is not a plain object, list, number or text`);
      }
      if (outer.includes(value)) refuse("refers back to an object that it stands in; write out what it is to hold");
      if (outer.length === MOST_LEVELS) refuse(`nests lists and objects deeper than ${MOST_LEVELS} levels`, name);
      const isList = Array.isArray(value);
      if (isList && value.length > MOST_ENTRIES)
        refuse(`a list of ${value.length} entries is longer than ${MOST_ENTRIES}`);
      if (!isList && !isPlain(value)) refuse(`${whatIs(value)} is not a plain object, list, number or text`);
      const own = isList ? null : Object.keys(value);
      const count = own ? own.length : value.length;
      if (own && count > MOST_FIELDS) refuse(`an object of ${count} fields is larger than ${MOST_FIELDS}`);
      take(count, own ? count + 1 : 1);
      outer.push(value);
      for (let i = 0; i < count; i++) {
        const key = own ? own[i] : i;
        keys.push(key);
        visit(value[key]);
        keys.pop();
      }
      outer.pop();
    };
    try {
      take(1, 0);
      visit(root);
    } catch (error) {
      throw error.code === "spec" ? error : codedError("spec", `${name}: can't be read: ${error.message}`, name);
    }
    return true;
  }

  /** `a.b[3]` */
  const pathOf = (keys) =>
    keys.reduce((path, key) => (typeof key === "number" ? `${path}[${key}]` : path ? `${path}.${key}` : key), "");

  const number = (value) => typeof value === "number" || "a number";
  const limit = (value) => (typeof value === "number" && !Number.isNaN(value)) || "a number";
  const count = (most) => (value) =>
    (Number.isInteger(value) && value >= 0 && value <= most) || `a whole number in 0…${most}`;
  const any = count(4_294_967_295);
  const index = any;
  const text = (value) => typeof value === "string" || "a text";
  const bytes = (value) => value instanceof Uint8Array || "a Uint8Array";
  const isTyped = (value) =>
    ArrayBuffer.isView(value) && !(value instanceof DataView) && !/^Big/.test(value.constructor.name);
  const numbers = (value) =>
    isTyped(value) ||
    (Array.isArray(value) && value.every((entry) => typeof entry === "number")) ||
    "a typed array or a list of numbers";
  const indices = (value) =>
    (numbers(value) === true && value.every((entry) => any(entry) === true)) || "a list of whole numbers from 0 on";
  const orNone = (wanted) => (value) => value === undefined || value === null || wanted(value);

  /** Each method's values by name. Of what isn't named any value is as good as another, or Rust looks at it itself. */
  const VALUES = {
    create: { spec: document },
    preview: { data: document, seed: any },
    constructor: { read: document },
    advance: { maxSteps: limit, budgetMs: limit },
    setLearningRate: { rate: number },
    setMaxEpochs: { most: orNone(count(1_000_000_000)) },
    learningRates: { epochs: count(1_000_000) },
    record: { points: count(1_000_000) },
    freeze: { indices },
    setParameter: { index, value: number },
    setParameters: { parameters: numbers },
    evaluate: { part: text },
    encoded: { part: text },
    gradient: { part: text },
    restore: { checkpoint: bytes },
    branch: { checkpoint: bytes },
    seek: { moment: bytes },
    classifyEncoded: { encoded: numbers },
    push: { piece: bytes },
    describe: { data: document },
    doctor: { data: document },
    report: { data: document },
    correlations: { data: document },
    cells: { from: any, count: any, first: orNone(any), columns: orNone(any) },
    setCell: { row: any, column: any, text },
    histogram: { data: document, column: text, bins: any },
    scatter: { data: document, x: text, y: text, most: any },
    tryFormula: { data: document, text },
    components: { data: document, seed: any },
    saliency: { image: numbers, class: any },
    occlusion: { image: numbers, class: any },
    favorites: { layer: any, count: any },
    dream: { layer: any, unit: any, seed: any },
    proceed: { count: any },
  };
  const PROMISED = [
    "create",
    "setParameters",
    "evaluate",
    "gradient",
    "restore",
    "branch",
    "classifyEncoded",
    "saliency",
    "occlusion",
    "favorites",
    "dream",
  ];

  function check(method, given) {
    Object.entries(VALUES[method]).forEach(([name, wanted], i) => {
      const said = wanted(given[i], name);
      if (said !== true) throw codedError("data", `${name}: ${whatIs(given[i])} is not ${said}`);
    });
  }

  function guarded(holder, method) {
    const plain = holder[method];
    holder[method] = function (...given) {
      try {
        // Of a Trainer neither describe nor components take any.
        if (plain.length) check(method, given);
      } catch (error) {
        if (PROMISED.includes(method)) return Promise.reject(error);
        throw error;
      }
      return plain.apply(this, given);
    };
  }
  for (const method of Object.keys(VALUES)) {
    for (const holder of handles.flatMap((handle) => [handle, handle.prototype])) {
      if (method !== "constructor" && Object.hasOwn(holder, method)) guarded(holder, method);
    }
  }
  return check;
}
