// @ts-check
/**
 * The data recipe in Python: rows by part, gaps filled, names as 0 and 1, features derived and scaled, all by training rows
 * alone, in double precision.
 *
 * @typedef {import("./facts.js").Facts} Facts
 */
import { columnsIn, pythonFormula, treeOf } from "./formula.js";
import { assigned, inBrackets, indented, lines, listOf, pyString, widthOf } from "./write.js";

const PARTS = '{"train": [], "validation": [], "test": []}';

/** Names of features that two columns or one allow, as the core has them. @param {string} name @param {string[]} columns @param {(name: string) => string} own */
function derivedOf(name, columns, own) {
  if (columns.length <= 2)
    for (const column of columns) {
      if (name === `${column}2`) return `${own(column)} ** 2`;
      if (name === `sin${column}`) return `torch.sin(${own(column)})`;
      if (name === `cos${column}`) return `torch.cos(${own(column)})`;
    }
  const [x, y] = columns;
  return `${own(x)} * ${own(y)}`;
}

/** A longer name is asked for by its place, so that lines stay short. */
const LONG = 40;

/**
 * The features in their order: an expression each.
 *
 * @typedef {{text: string, inputs: number, isName: boolean, isPlain: boolean}} Feature
 * @param {Facts} facts
 * @returns {{features: Feature[], before: string[], numbers: string[], named: Facts["columns"]}}   `before`: what they are made from;
 *   columns of numbers and of names that any needs
 */
function featuresOf({ columns, features }) {
  const names = columns.map(({ name }) => name);
  const list = features ?? names;
  const used = new Set(list.flatMap((one) => columnsOf(one, names)));
  const numbers = columns.filter(({ name, names: own }) => !own && used.has(name)).map(({ name }) => name);
  const named = columns.filter(({ name, names: own }) => own && used.has(name));
  const keyOf = (/** @type {string} */ name) =>
    widthOf(name) > LONG ? `NUMBERS[${numbers.indexOf(name)}]` : pyString(name);
  const own = (/** @type {string} */ name) => `column[${keyOf(name)}]`;
  const hasGaps = named.some(({ impute }) => impute);
  /** @type {string[]} */
  const before = [];
  const put = (/** @type {string} */ text) => `part${before.push(`part${before.length + 1} = ${text}`)}`;
  const written = list.map((feature) => {
    const none = { inputs: 1, isName: false, isPlain: false };
    if (typeof feature !== "string") return { ...none, text: pythonFormula(feature.formula, keyOf, put) };
    const place = named.findIndex(({ name }) => name === feature);
    if (place >= 0) {
      const key = widthOf(feature) > LONG ? `list(NAMES)[${place}]` : pyString(feature);
      const text = `*one_hot(rows, ${key}${hasGaps ? ", recipe" : ""})`;
      return { ...none, text, inputs: named[place].names?.length ?? 0, isName: true };
    }
    return names.includes(feature)
      ? { ...none, text: own(feature), isPlain: true }
      : { ...none, text: derivedOf(feature, names, own) };
  });
  return { features: written, before, numbers, named };
}

/** The columns that a feature is made from. @param {string | {formula: string}} feature @param {string[]} names @returns {string[]} */
function columnsOf(feature, names) {
  if (typeof feature !== "string") return columnsIn(treeOf(feature.formula));
  return names.includes(feature) ? [feature] : names;
}

/** Imputing, by how the core says it. */
const STAND_INS = /** @type {Record<string, string>} */ ({
  mean: "known.mean().item()",
  median: "known.quantile(0.5).item()",
  mode: "min(multimode(known.tolist()))",
});

/**
 * What reads the rows and makes inputs of them.
 *
 * @param {Facts} facts
 * @returns {string[]}
 */
export function dataBlocks(facts) {
  return facts.image ? imageBlocks(facts) : [constants(facts), readBlock(facts), ...recipeBlocks(facts)];
}

/** Names, and how they are dealt with. @param {Facts} facts */
function constants(facts) {
  const { targets, classes } = facts;
  const { numbers, named } = featuresOf(facts);
  const entries = named.map(({ name, names }) => listOf(`${pyString(name)}: `, names ?? [], 4));
  const imputed = imputedOf(facts);
  return lines(
    "# The columns of data.csv, whose rows are in the data's own units",
    numbers.length > 0 && listOf("NUMBERS = ", numbers),
    entries.length > 0 && "# Names that training rows have, each an input of 0 or 1; any other is 0 in all",
    entries.length > 0 && inBrackets("NAMES = {", entries, "}"),
    imputed.length > 0 && "# How gaps are filled, by training rows",
    imputed.length > 0 &&
      inBrackets(
        "FILLS = {",
        imputed.map(({ name, impute, names }) => `${pyString(name)}: ${pyString(names ? "mode" : (impute ?? ""))}`),
        "}",
      ),
    targets.length === 1 ? assigned("TARGET", pyString(targets[0])) : listOf("TARGETS = ", targets),
    classes && listOf("CLASSES = ", classes),
  );
}

/** Columns that gaps are filled in. @param {Facts} facts */
function imputedOf(facts) {
  const { numbers, named } = featuresOf(facts);
  return facts.columns.filter((column) => column.impute && (numbers.includes(column.name) || named.includes(column)));
}

/** @param {Facts} facts */
function readBlock({ part }) {
  return lines(
    "def read_rows():",
    '    """The rows of each part."""',
    `    parts = ${PARTS}`,
    '    with open(FOLDER / "data.csv", encoding="utf-8", newline="") as file:',
    "        for row in csv.DictReader(file):",
    `            parts[row[${pyString(part)}]].append(row)`,
    "    return parts",
  );
}

/** From rows to what the net sees. @param {Facts} facts */
function recipeBlocks(facts) {
  const { spec, isScaled } = facts;
  const { features, before, numbers } = featuresOf(facts);
  const hasNames = features.some(({ isName }) => isName);
  const imputed = imputedOf(facts);
  const hasFills = imputed.length > 0;
  const hasNumbers = numbers.length > 0;
  const needsFirst = features.some(({ text }) => text.includes("full_like(first"));
  const { scale } = spec.data;
  const fillsNumbers = imputed.some(({ names }) => !names);
  const fillsNames = imputed.some(({ names }) => names);
  const blocks = [];
  if (fillsNumbers || fillsNames)
    blocks.push(
      lines(
        "def fit_fills(rows):",
        '    """What stands in for gaps: decided by the training rows."""',
        "    fills = {}",
        waysOf(imputed).length > 1 ? "    for name, how in FILLS.items():" : "    for name in FILLS:",
        "        values = [row[name] for row in rows if row[name]]",
        fillsNames && fillsNumbers && "        if name in NAMES:",
        fillsNames && `${fillsNumbers ? "            " : "        "}fills[name] = max(NAMES[name], key=values.count)`,
        fillsNames && fillsNumbers && "            continue",
        ...(fillsNumbers ? fillOfNumbers(imputed) : []),
        "    return fills",
      ),
    );
  if (hasNames)
    blocks.push(
      lines(
        `def one_hot(rows, name${fillsNames ? ", recipe" : ""}):`,
        '    """A column of names as a column of 0 and 1 for each name."""',
        fillsNames ? '    fill = recipe["fills"].get(name)' : null,
        fillsNames ? "    values = [row[name] or fill for row in rows]" : "    values = [row[name] for row in rows]",
        "    columns = [[value == known for value in values] for known in NAMES[name]]",
        "    return torch.tensor(columns, dtype=torch.float64)",
      ),
    );
  if (hasNumbers)
    blocks.push(
      lines(
        `def numbers_of(rows${fillsNumbers ? ", recipe" : ""}):`,
        '    """Each column of numbers, in double precision."""',
        "    columns = {}",
        "    for name in NUMBERS:",
        fillsNumbers ? '        fill = recipe["fills"].get(name, math.nan)' : null,
        fillsNumbers
          ? "        values = [float(row[name] or fill) for row in rows]"
          : '        values = [float(row[name] or "nan") for row in rows]',
        "        columns[name] = torch.tensor(values, dtype=torch.float64)",
        "    return columns",
      ),
    );
  const arePlain = features.length > 1 && features.every(({ isPlain }) => isPlain) && !facts.features;
  const usesRecipe = hasFills;
  blocks.push(
    lines(
      `def features_of(rows${usesRecipe ? ", recipe" : ""}):`,
      '    """The inputs of the net before they are scaled."""',
      hasNumbers && `    column = numbers_of(rows${fillsNumbers ? ", recipe" : ""})`,
      needsFirst && "    first = column[NUMBERS[0]]",
      ...before.map((line) => `    ${line}`),
      arePlain
        ? "    return torch.stack([column[name] for name in NUMBERS], dim=1)"
        : indented(
            inBrackets(
              "features = [",
              features.map(({ text }) => text),
              "]",
              4,
            ).replace(/^ {4}/gm, ""),
            4,
          ),
      !arePlain && "    return torch.stack(features, dim=1)",
    ),
  );
  const ofFeatures = `features_of(rows${usesRecipe ? ", recipe" : ""})`;
  /** Places of inputs that are names. @type {number[]} */
  const places = [];
  let place = 0;
  for (const { isName, inputs } of features) {
    if (isName) for (let i = 0; i < inputs; i++) places.push(place + i);
    place += inputs;
  }
  const scales = scale !== "none" && places.length < place;
  const keepsNames = scales && places.length > 0;
  const extra = spec.training.classWeights === "balanced";
  if (scales || hasFills || isScaled || extra)
    blocks.push(
      lines(
        keepsNames && "# Inputs that are names stay 0 and 1",
        keepsNames && inBrackets("NAME_INPUTS = [", places.map(String), "]") + "\n\n",
        "def fit_recipe(rows):",
        `    """What the recipe learns from rows: from the training rows alone."""`,
        `    recipe = {${hasFills ? '"fills": fit_fills(rows)' : ""}}`,
        scales && `    values = ${ofFeatures}`,
        scales && "    low, high = values.amin(dim=0), values.amax(dim=0)",
        scales && scale === "standard" && "    offset, spread = values.mean(dim=0), values.std(dim=0, correction=0)",
        scales && scale === "min-max" && "    offset, spread = low, high - low",
        scales && "    spread[low == high] = math.inf  # a constant says nothing: it becomes 0",
        keepsNames && "    offset[NAME_INPUTS], spread[NAME_INPUTS] = 0.0, 1.0",
        scales && '    recipe["offset"], recipe["spread"] = offset, spread',
        isScaled && "    targets = [float(row[TARGET]) for row in rows]",
        isScaled && "    targets = torch.tensor(targets, dtype=torch.float64)",
        isScaled && '    recipe["target_offset"] = targets.mean().item()',
        isScaled && '    recipe["target_spread"] = targets.std(correction=0).item() or 1.0',
        ...(extra ? balanced(facts) : []),
        "    return recipe",
      ),
    );
  const hasRecipe = scales || hasFills || isScaled || extra;
  blocks.push(
    lines(
      "def encode(rows, recipe):",
      '    """Rows as the net sees them."""',
      `    values = ${ofFeatures}`,
      scales && '    return ((values - recipe["offset"]) / recipe["spread"]).float()',
      !scales && "    return values.float()",
    ),
    targetBlock(facts),
    lines(
      "def load_data(with_test=False):",
      '    """Inputs and targets by part. The test rows stay sealed unless they are asked for."""',
      "    parts = read_rows()",
      `    recipe = ${hasRecipe ? 'fit_recipe(parts["train"])' : "{}"}`,
      "    if not with_test:",
      '        parts["test"] = []',
      "    data = {",
      "        part: (encode(rows, recipe), encode_targets(rows, recipe))",
      "        for part, rows in parts.items()",
      "        if rows",
      "    }",
      "    return data, recipe",
    ),
  );
  return blocks;
}

/** How gaps of numbers are filled. @param {{impute: string | null, names: string[] | null}[]} imputed */
const waysOf = (imputed) => [...new Set(imputed.filter(({ names }) => !names).map(({ impute }) => impute ?? "median"))];

/** @param {{impute: string | null, names: string[] | null}[]} imputed */
function fillOfNumbers(imputed) {
  const ways = waysOf(imputed);
  const known = "        known = torch.tensor([float(value) for value in values], dtype=torch.float64)";
  if (ways.length === 1) return [known, `        fills[name] = ${STAND_INS[ways[0]]}`];
  return [
    known,
    ...ways.flatMap((way, i) => [
      `        ${i ? "elif" : "if"} how == ${pyString(way)}:`,
      `            fills[name] = ${STAND_INS[way]}`,
    ]),
  ];
}

/** Class weights in inverse proportion to shares. @param {Facts} facts */
export const balanced = ({ classes }) => [
  "    # Each class counts in inverse proportion to its share of the training rows",
  "    counts = torch.bincount(encode_targets(rows, recipe), minlength=len(CLASSES))",
  `    recipe["class_weights"] = len(rows) / ${classes?.length ?? 2} / counts.clamp(min=1)`,
];

/** Targets as the loss takes them. @param {Facts} facts */
function targetBlock({ classes, targets, isScaled }) {
  if (classes)
    return lines(
      "def encode_targets(rows, recipe):",
      '    """The class of each row, by its number."""',
      "    return torch.tensor([CLASSES.index(row[TARGET]) for row in rows])",
    );
  return lines(
    "def encode_targets(rows, recipe):",
    `    """The values to predict${isScaled ? ", on the scale that the net learns" : ""}."""`,
    targets.length === 1
      ? "    values = [[float(row[TARGET])] for row in rows]"
      : "    values = [[float(row[name]) for name in TARGETS] for row in rows]",
    "    values = torch.tensor(values, dtype=torch.float64)",
    isScaled
      ? '    return ((values - recipe["target_offset"]) / recipe["target_spread"]).float()'
      : "    return values.float()",
  );
}

/** Images lie in a file of tensors: rows, channels, height and width. @param {Facts} facts */
function imageBlocks(facts) {
  const { classes, spec, isScaled } = facts;
  const { scale } = spec.data;
  const scales = scale !== "none";
  const extra = spec.training.classWeights === "balanced";
  return [
    lines(
      "# Parts by their numbers in data.safetensors",
      'PARTS = ["train", "validation", "test"]',
      classes && listOf("CLASSES = ", classes),
    ),
    lines(
      "def read_rows():",
      '    """Images and targets of each part, in the data\'s own units."""',
      '    saved = load_file(FOLDER / "data.safetensors")',
      "    parts = {}",
      "    for number, part in enumerate(PARTS):",
      '        chosen = saved["part"] == number',
      '        parts[part] = (saved["inputs"][chosen], saved["targets"][chosen])',
      "    return parts",
    ),
    ...(scales || isScaled || extra
      ? [
          lines(
            "def fit_recipe(images, targets):",
            '    """What the recipe learns: from the training rows alone, one number a channel."""',
            "    recipe = {}",
            scales && "    values = images.double().transpose(0, 1).flatten(1)",
            scales && "    low, high = values.amin(dim=1), values.amax(dim=1)",
            scales &&
              scale === "standard" &&
              "    offset, spread = values.mean(dim=1), values.std(dim=1, correction=0)",
            scales && scale === "min-max" && "    offset, spread = low, high - low",
            scales && "    spread[low == high] = math.inf  # a constant says nothing: it becomes 0",
            scales && '    recipe["offset"] = offset[:, None, None]',
            scales && '    recipe["spread"] = spread[:, None, None]',
            isScaled && '    recipe["target_offset"] = targets.double().mean().item()',
            isScaled && '    recipe["target_spread"] = targets.double().std(correction=0).item() or 1.0',
            ...(extra
              ? balanced(facts).map((line) =>
                  line.replace("encode_targets(rows, recipe)", "targets").replace("len(rows)", "len(targets)"),
                )
              : []),
            "    return recipe",
          ),
        ]
      : []),
    lines(
      "def encode(images, recipe):",
      '    """Images as the net sees them."""',
      scales
        ? '    return ((images.double() - recipe["offset"]) / recipe["spread"]).float()'
        : "    return images.float()",
    ),
    lines(
      "def encode_targets(targets, recipe):",
      classes ? '    """The class of each row, by its number."""' : '    """The values to predict."""',
      classes
        ? "    return targets.long()"
        : isScaled
          ? '    return ((targets - recipe["target_offset"]) / recipe["target_spread"]).float()'
          : "    return targets.float()",
    ),
    lines(
      "def load_data(with_test=False):",
      '    """Inputs and targets by part. The test rows stay sealed unless they are asked for."""',
      "    parts = read_rows()",
      `    recipe = ${scales || isScaled || extra ? 'fit_recipe(*parts["train"])' : "{}"}`,
      "    if not with_test:",
      '        parts.pop("test")',
      "    data = {",
      "        part: (encode(images, recipe), encode_targets(targets, recipe))",
      "        for part, (images, targets) in parts.items()",
      "        if len(images)",
      "    }",
      "    return data, recipe",
    ),
  ];
}
