// @ts-check
/**
 * The model as a module of PyTorch. Its tensors have the names that they have here: `layers.0.weight`. An activation has no
 * number of its own, so it stands where the layer is called.
 *
 * @typedef {import("./facts.js").Facts} Facts
 * @typedef {any} Layer   any: as the Spec has it
 * @typedef {{shape: number[], made: string[], calls: string[], classes: Map<string, string>, dropout: string | null}} Net   `classes`: of residual blocks, their
 *   code by their names; `dropout`: the name of the rate that all dropout layers have
 */
import { WIDTH, lines, pyFloat } from "./write.js";

/** Activations as functions of `{}`. @type {Record<string, string>} */
export const ACTIVATIONS = {
  linear: "{}",
  tanh: "torch.tanh({})",
  relu: "torch.relu({})",
  sigmoid: "torch.sigmoid({})",
  "leaky-relu": "F.leaky_relu({})",
  elu: "F.elu({})",
  selu: "F.selu({})",
  gelu: "F.gelu({})",
  silu: "F.silu({})",
  softplus: "F.softplus({})",
  sin: "torch.sin({})",
};

export const activated = (/** @type {string} */ activation, /** @type {string} */ inner) =>
  (ACTIVATIONS[activation] ?? "{}").replace("{}", () => inner);

const product = (/** @type {number[]} */ shape) => shape.reduce((a, b) => a * b, 1);

/** @param {Layer[]} layers @param {number[]} shape @param {Map<string, string>} classes @param {string | null} dropout @returns {Net} */
function netOf(layers, shape, classes, dropout) {
  /** @type {Net} */
  const net = { shape, made: [], calls: [], classes, dropout };
  for (const layer of layers) add(net, layer);
  return net;
}

function add(/** @type {Net} */ net, /** @type {Layer} */ layer) {
  const { shape } = net;
  const own = `self.layers[${net.made.length}]`;
  const put = (/** @type {string} */ made, call = `${own}({x})`, after = shape) => {
    net.made.push(made);
    net.calls.push(call);
    net.shape = after;
  };
  switch (layer.type) {
    case "dense": {
      // A dense layer takes an image as a list of numbers.
      const given = shape.length > 1 ? "{x}.flatten(1)" : "{x}";
      return put(`nn.Linear(${product(shape)}, ${layer.units})`, activated(layer.activation, `${own}(${given})`), [
        layer.units,
      ]);
    }
    case "conv2d":
      return addConvolution(net, layer, own, put);
    case "maxPool2d":
    case "avgPool2d": {
      const { size } = layer;
      const stride = layer.stride ?? size;
      const side = (/** @type {number} */ length) => Math.floor((length - size) / stride) + 1;
      const name = layer.type === "maxPool2d" ? "MaxPool2d" : "AvgPool2d";
      const more = stride === size ? "" : `, stride=${stride}`;
      return put(`nn.${name}(${size}${more})`, undefined, [shape[0], ...shape.slice(1).map(side)]);
    }
    case "flatten":
      return put("nn.Flatten()", undefined, [product(shape)]);
    case "dropout":
      return put(`nn.Dropout(${net.dropout ?? pyFloat(layer.rate)})`);
    case "layerNorm":
      return put(`nn.LayerNorm(${shape.length > 1 ? `[${shape.join(", ")}]` : shape[0]})`);
    case "batchNorm":
      return put(`nn.BatchNorm${shape.length > 1 ? "2d" : "1d"}(${shape[0]})`);
    case "residual": {
      const inner = netOf(layer.layers, shape, net.classes, net.dropout);
      const code = methodsOf(inner, addedTo);
      const known = [...net.classes].find(([, other]) => other === code);
      const name = known?.[0] ?? `Residual${net.classes.size + 1}`;
      net.classes.set(name, code);
      return put(`${name}()`);
    }
  }
}

/** @param {Net} net @param {Layer} layer @param {string} own @param {(made: string, call?: string, after?: number[]) => void} put */
function addConvolution({ shape, calls }, { filters, kernel, stride, padding, activation }, own, put) {
  const [channels, ...sides] = shape;
  const isSame = padding === "same";
  const after = sides.map((side) => (isSame ? Math.ceil(side / stride) : Math.floor((side - kernel) / stride) + 1));
  // Zeros that "same" adds: half before the image, an odd one behind it.
  const missing = sides.map((side, i) => (isSame ? Math.max((after[i] - 1) * stride + kernel - side, 0) : 0));
  const options = [`${channels}`, `${filters}`, `kernel_size=${kernel}`];
  if (stride > 1) options.push(`stride=${stride}`);
  if (isSame && stride === 1) options.push('padding="same"');
  else if (missing.some(Boolean)) {
    const [y, x] = missing;
    const around = [Math.floor(x / 2), Math.ceil(x / 2), Math.floor(y / 2), Math.ceil(y / 2)];
    calls.push(`F.pad({x}, (${around.join(", ")}))`);
  }
  put(`nn.Conv2d(${options.join(", ")})`, activated(activation, `${own}({x})`), [filters, ...after]);
}

/** The two methods of a module. @param {Net} net @param {(calls: string[]) => string[]} forward   its lines */
function methodsOf({ made, calls }, forward) {
  const line = `        self.layers = nn.ModuleList([${made.join(", ")}])`;
  const each = made.map((one) => `                ${one},`);
  const list = ["        self.layers = nn.ModuleList(", "            [", ...each, "            ]", "        )"];
  return lines(
    "    def __init__(self):",
    "        super().__init__()",
    ...(line.length <= WIDTH ? [line] : list),
    "",
    "    def forward(self, x):",
    ...forward(calls).map((own) => `        ${own}`),
  );
}

const on = (/** @type {string} */ call, /** @type {string} */ what) => call.replace("{x}", what);

/** A residual block: what its layers make of x is added to it. @type {(calls: string[]) => string[]} */
const addedTo = (calls) => [...calls.map((call, i) => `y = ${on(call, i ? "y" : "x")}`), "return x + y"];

/** One layer after the other. @type {(calls: string[]) => string[]} */
const inTurn = (calls) => calls.map((call, i) => `${i < calls.length - 1 ? "x =" : "return"} ${on(call, "x")}`);

/**
 * The classes of the model, the net itself last.
 *
 * @param {Facts} facts
 * @returns {string[]}
 */
export function modelBlocks(facts) {
  const { spec, image, inputs, outputs } = facts;
  const { layers, outputActivation } = spec.model;
  const output = { type: "dense", units: outputs, activation: outputActivation };
  const net = netOf([...layers, output], image ?? [inputs], new Map(), dropoutOf(facts) === null ? null : "DROPOUT");
  const blocks = [...net.classes].map(([name, code]) =>
    lines(
      `class ${name}(nn.Module):`,
      '    """Adds what its layers make of the input to the input itself."""',
      "",
      code,
    ),
  );
  const about = layers.length ? "What learns: from inputs to raw outputs." : "What learns: a linear model.";
  return [...blocks, lines("class Net(nn.Module):", `    """${about}"""`, "", methodsOf(net, inTurn))];
}

/** Initializers, each for a weight `w`. @type {Record<string, string>} */
const INITS = {
  "glorot-uniform": "nn.init.xavier_uniform_({})",
  "glorot-normal": "nn.init.xavier_normal_({})",
  "he-uniform": 'nn.init.kaiming_uniform_({}, nonlinearity="relu")',
  "he-normal": 'nn.init.kaiming_normal_({}, nonlinearity="relu")',
  "lecun-uniform": 'nn.init.kaiming_uniform_({}, nonlinearity="linear")',
  "lecun-normal": 'nn.init.kaiming_normal_({}, nonlinearity="linear")',
  orthogonal: "nn.init.orthogonal_({})",
  zeros: "nn.init.zeros_({})",
};

/** @param {Layer[]} layers @param {string} type @returns {boolean} */
const hasType = (layers, type) => layers.some((one) => one.type === type || (one.layers && hasType(one.layers, type)));

/** @param {Layer[]} layers @returns {number[]} */
const rates = (layers) =>
  layers.flatMap((/** @type {Layer} */ one) => (one.type === "dropout" ? [one.rate] : rates(one.layers ?? [])));

/** The rate that all dropout layers have; null where there are none, or several rates. @returns {number | null} */
export function dropoutOf(/** @type {Facts} */ { spec }) {
  const found = new Set(rates(spec.model.layers));
  return found.size === 1 ? [...found][0] : null;
}

/** Layers that have weights, as `isinstance` takes them. */
export function weighted(/** @type {Facts} */ { spec }) {
  return hasType(spec.model.layers, "conv2d") ? "(nn.Linear, nn.Conv2d)" : "nn.Linear";
}

export const has = (/** @type {Facts} */ { spec }, /** @type {string} */ type) => hasType(spec.model.layers, type);

/** Gives a module's weights their start. */
export const initCall = (/** @type {string} */ name, /** @type {number} */ range) =>
  name === "uniform"
    ? `nn.init.uniform_(module.weight, -${pyFloat(range)}, ${pyFloat(range)})`
    : INITS[name].replace("{}", "module.weight");

/** How weights start. @param {Facts} facts */
export function initBlock(facts) {
  const { init, biasInit } = facts.spec.model;
  const name = typeof init === "string" ? init : init.type;
  const call = initCall(name, init.range ?? 0.5);
  return lines(
    "def fresh_net():",
    '    """A net with new random weights."""',
    "    net = Net()",
    "    for module in net.modules():",
    `        if isinstance(module, ${weighted(facts)}):`,
    `            ${call}`,
    `            nn.init.constant_(module.bias, ${pyFloat(biasInit)})`,
    "    return net",
  );
}
