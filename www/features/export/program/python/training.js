// @ts-check
/**
 * How the experiment trains, in Python: loss, update rule, learning rate, stop contract and the loop.
 *
 * @typedef {import("./facts.js").Facts} Facts
 */
import { has, weighted } from "./model.js";
import { inBrackets, lines, pyFloat, pyString } from "./write.js";

/** Whether each class counts by its share of the training rows, which only the data say. */
const isBalanced = (/** @type {Facts} */ { spec }) => spec.training.classWeights === "balanced";

/** What follows outputs and targets where the loss is called. */
const more = (/** @type {Facts} */ facts) => (isBalanced(facts) ? ", recipe" : "");

const isWeighted = (/** @type {Facts} */ { spec }) =>
  spec.training.classWeights != null || spec.training.labelSmoothing > 0;

/** The loss of a batch. @param {Facts} facts */
export function lossBlock(facts) {
  const { loss, classes, outputs, spec } = facts;
  const { classWeights, labelSmoothing } = spec.training;
  const head = `def loss_of(outputs, targets${more(facts)}):`;
  const signs = !classes
    ? null
    : outputs === 1
      ? "    targets = 2.0 * targets[:, None] - 1.0  # the classes as -1 and 1"
      : "    targets = 2.0 * F.one_hot(targets, len(CLASSES)) - 1.0  # -1, and 1 for the class";
  const given = Array.isArray(classWeights);
  const weights = isBalanced(facts) ? 'recipe["class_weights"]' : given ? "CLASS_WEIGHTS" : null;
  const options = [
    ...(weights ? [`weight=${weights}.to(outputs)`] : []),
    ...(labelSmoothing > 0 ? ["label_smoothing=LABEL_SMOOTHING"] : []),
  ];
  const crossEntropy = (/** @type {string} */ logits) =>
    `    ${inBrackets("return F.cross_entropy(", [logits, "targets", ...options], ")", 4)}`;
  const bodies = {
    mse: [signs, "    return F.mse_loss(outputs, targets)"],
    "half-mse": [signs, "    return 0.5 * F.mse_loss(outputs, targets)"],
    mae: [signs, "    return F.l1_loss(outputs, targets)"],
    huber: [signs, "    return F.huber_loss(outputs, targets)"],
    hinge: [signs, "    return F.relu(1.0 - targets * outputs).mean()"],
    binary: isWeighted(facts)
      ? [
          "    # One logit against 0 is softmax of two",
          "    logits = torch.cat([torch.zeros_like(outputs), outputs], dim=1)",
          crossEntropy("logits"),
        ]
      : ["    return F.binary_cross_entropy_with_logits(outputs[:, 0], targets.float())"],
    categorical: [crossEntropy("outputs")],
  };
  const names = {
    mse: "Mean squared error",
    "half-mse": "Half the mean squared error",
    mae: "Mean absolute error",
    huber: "Huber loss: squared up to an error of 1, absolute beyond",
    hinge: "Hinge loss",
    binary: "Cross-entropy of two classes, from one logit",
    categorical: "Cross-entropy, from a logit for each class",
  };
  return [
    given ? inBrackets("CLASS_WEIGHTS = torch.tensor([", classWeights.map(pyFloat), "])") : null,
    lines(head, `    """${names[loss]}."""`, ...bodies[loss]),
  ].filter((block) => block !== null);
}

/** What the net says of rows, as people read it. @param {Facts} facts */
export function predictBlock(facts) {
  const { loss, isScaled } = facts;
  const last =
    loss === "binary"
      ? "    return torch.sigmoid(outputs)"
      : loss === "categorical"
        ? "    return torch.softmax(outputs, dim=1)"
        : isScaled
          ? '    return outputs.double() * recipe["target_spread"] + recipe["target_offset"]'
          : "    return outputs";
  const what =
    loss === "binary"
      ? "The probability of the second class"
      : loss === "categorical"
        ? "The probability of each class"
        : isScaled
          ? "Predictions in the target's own unit"
          : "Predictions";
  return lines(
    "def outputs_of(net, inputs):",
    '    """Raw outputs, of some rows at a time."""',
    "    net.eval()",
    "    with torch.no_grad():",
    "        return torch.cat([net(some) for some in inputs.split(1024)])",
    "",
    "",
    "def predict(net, rows, recipe):",
    `    """${what}, for rows in the data's own units."""`,
    "    outputs = outputs_of(net, encode(rows, recipe).to(device_of(net)))",
    last,
    "",
    "",
    "def device_of(net):",
    '    """Where the net computes."""',
    "    return next(net.parameters()).device",
  );
}

/** How good it is on some rows. @param {Facts} facts */
export function scoreBlock(facts) {
  const { classes, outputs, isScaled } = facts;
  const decided = outputs === 1 ? "(outputs[:, 0] > 0).long()" : "outputs.argmax(dim=1)";
  return lines(
    `def scores_of(net, inputs, targets${isScaled || isBalanced(facts) ? ", recipe" : ""}):`,
    `    """Loss and ${classes ? "accuracy" : "mean absolute error"} on rows."""`,
    "    outputs = outputs_of(net, inputs)",
    `    scores = {"loss": loss_of(outputs, targets${more(facts)}).item()}`,
    classes && `    decided = ${decided}`,
    classes && '    scores["accuracy"] = (decided == targets).double().mean().item()',
    !classes && "    error = (outputs - targets).abs().double().mean().item()",
    !classes && `    scores["mean absolute error"] = error${isScaled ? ' * recipe["target_spread"]' : ""}`,
    "    return scores",
  );
}

/** What the recipe is called where it is unpacked: nothing, where nobody asks for it. @param {Facts} facts */
export const recipeOf = (facts, isUsed = scoresMore(facts) !== "") => (isUsed ? "recipe" : "_");

export const scoresMore = (/** @type {Facts} */ facts) => (facts.isScaled || isBalanced(facts) ? ", recipe" : "");
export const scoresCall = (/** @type {Facts} */ facts, /** @type {string} */ of) =>
  `scores_of(net, *${of}${scoresMore(facts)})`;

/** The optimizer, and what PyTorch calls its state. @param {any} optimizer any: as the Spec has it */
export function optimizerOf({ type, momentum, nesterov, beta1, beta2, epsilon, alpha, weightDecay }) {
  const eps = { EPSILON: epsilon };
  const betas = { BETA1: beta1, BETA2: beta2 };
  const adam = ["betas=(BETA1, BETA2)", "eps=EPSILON"];
  const moments = ["exp_avg", "exp_avg_sq"];
  switch (type) {
    case "adam":
      return { name: "Adam", constants: { ...betas, ...eps }, options: adam, slots: moments, counts: true };
    case "adamw":
      return {
        name: "AdamW",
        constants: { ...betas, ...eps, WEIGHT_DECAY: weightDecay },
        options: [...adam, "weight_decay=WEIGHT_DECAY"],
        slots: moments,
        counts: true,
      };
    case "rmsprop":
      return {
        name: "RMSprop",
        constants: { ALPHA: alpha, ...eps },
        options: ["alpha=ALPHA", "eps=EPSILON"],
        slots: ["square_avg"],
        counts: true,
      };
    case "adagrad":
      return { name: "Adagrad", constants: eps, options: ["eps=EPSILON"], slots: ["sum"], counts: true };
    default:
      return {
        name: "SGD",
        constants: momentum ? { MOMENTUM: momentum } : {},
        options: momentum ? ["momentum=MOMENTUM", ...(nesterov ? ["nesterov=True"] : [])] : [],
        slots: momentum ? ["momentum_buffer"] : [],
        counts: false,
      };
  }
}

/** @param {Facts} facts */
export function optimizerBlock({ spec }) {
  const { name, options } = optimizerOf(spec.training.optimizer);
  return lines(
    "def make_optimizer(net):",
    '    """The rule that turns a gradient into a step."""',
    `    ${inBrackets(`return torch.optim.${name}(`, ["net.parameters()", "lr=LEARNING_RATE", ...options], ")", 4)}`,
  );
}

/** The learning rate of each epoch, where it changes. @param {Facts} facts */
export function scheduleBlock({ spec }) {
  const { schedule } = spec.training;
  const warmUp = schedule.type === "linear-warm-up" ? schedule : schedule.warmUp;
  if (schedule.type === "constant" && !warmUp) return null;
  const after = warmUp ? "epoch - WARM_UP_EPOCHS" : "epoch";
  const own = {
    constant: [[], ["    return LEARNING_RATE"], "the same all along"],
    "linear-warm-up": [[], ["    return LEARNING_RATE"], "the same all along"],
    step: [
      [`STEP_SIZE = ${schedule.stepSize}`, `GAMMA = ${pyFloat(schedule.gamma)}`],
      [`    return LEARNING_RATE * GAMMA ** (${warmUp ? `(${after})` : after} // STEP_SIZE)`],
      "times GAMMA after every STEP_SIZE epochs",
    ],
    exponential: [
      [`GAMMA = ${pyFloat(schedule.gamma)}`],
      [warmUp ? `    return LEARNING_RATE * GAMMA ** (${after})` : "    return LEARNING_RATE * GAMMA**epoch"],
      "times GAMMA after every epoch",
    ],
    cosine: [
      [`T_MAX = ${schedule.tMax}`, `ETA_MIN = ${pyFloat(schedule.etaMin)}`],
      [
        `    wave = (1 + math.cos(math.pi * ${warmUp ? `(${after})` : after} / T_MAX)) / 2`,
        "    return ETA_MIN + (LEARNING_RATE - ETA_MIN) * wave",
      ],
      "half a cosine wave down, and up again",
    ],
    "reduce-on-plateau": [
      [
        `FACTOR = ${pyFloat(schedule.factor)}`,
        `PLATEAU_PATIENCE = ${schedule.patience}`,
        `THRESHOLD = ${pyFloat(schedule.threshold)}`,
      ],
      ['    return LEARNING_RATE * progress["factor"]'],
      "times FACTOR where the loss no longer falls",
    ],
  };
  const [constants, body, words] = own[/** @type {keyof typeof own} */ (schedule.type)];
  const isPlateau = schedule.type === "reduce-on-plateau";
  return lines(
    "# The learning rate changes from epoch to epoch",
    warmUp && `WARM_UP_EPOCHS = ${warmUp.totalEpochs}`,
    warmUp && `START_FACTOR = ${pyFloat(warmUp.startFactor)}`,
    .../** @type {string[]} */ (constants),
    "",
    "",
    "def rate_of(progress):",
    `    """${warmUp ? "A straight line up, then" : "The rate of the next epoch:"} ${words}."""`,
    (!isPlateau || warmUp) && '    epoch = progress["epoch"]',
    warmUp && "    if epoch < WARM_UP_EPOCHS:",
    warmUp && "        share = epoch / WARM_UP_EPOCHS",
    warmUp && "        return LEARNING_RATE * (START_FACTOR + (1 - START_FACTOR) * share)",
    .../** @type {string[]} */ (body),
    ...(isPlateau
      ? [
          "",
          "",
          "def watch_plateau(progress, loss):",
          '    """Lowers the rate when the loss was no better for more than some epochs."""',
          warmUp ? '    if progress["epoch"] <= WARM_UP_EPOCHS:' : null,
          warmUp ? "        return" : null,
          '    if loss < progress["plateau_best"] * (1 - THRESHOLD):',
          '        progress["plateau_best"], progress["bad_epochs"] = loss, 0',
          "    else:",
          '        progress["bad_epochs"] += 1',
          '    if progress["bad_epochs"] > PLATEAU_PATIENCE:',
          '        progress["factor"] *= FACTOR',
          '        progress["bad_epochs"] = 0',
        ].filter((line) => line !== null)
      : []),
  );
}

/** Penalties and pruning, where there are any. @param {Facts} facts @returns {string[]} */
export function penaltyBlocks(facts) {
  const { l1, l2, l1Rule } = facts.spec.training;
  const prunes = l1 > 0 && l1Rule === "prune";
  const costs = [
    ...(l1 > 0 && !prunes ? ["L1 * sum(weight.abs().sum() for weight in weights)"] : []),
    ...(l2 > 0 ? ["L2 / 2 * sum(weight.square().sum() for weight in weights)"] : []),
  ];
  if (!prunes && !costs.length) return [];
  const weights = lines(
    "def weights_of(net):",
    '    """The weights that large values cost; biases are free."""',
    "    modules = net.modules()",
    `    return [one.weight for one in modules if isinstance(one, ${weighted(facts)})]`,
  );
  const penalty = lines(
    "def penalty_of(net):",
    '    """What large weights cost, beside the loss."""',
    "    weights = weights_of(net)",
    costs.length > 1 && `    absolute = ${costs[0]}`,
    costs.length > 1 ? `    return absolute + ${costs[1]}` : `    return ${costs[0]}`,
  );
  const pruning = lines(
    "def is_pruned(weight):",
    '    """Pruned weights are minus zero, where no update arrives by itself."""',
    "    return (weight == 0) & weight.signbit()",
    "",
    "",
    "def prune(weight, before, amount):",
    '    """Moves an updated weight towards 0; one that would cross it stays 0."""',
    "    shrunk = weight - amount * before.sign()",
    "    gone = (weight * shrunk < 0) | is_pruned(before)",
    "    weight.copy_(torch.where(gone, -0.0, shrunk))",
  );
  return [weights, ...(costs.length ? [penalty] : []), ...(prunes ? [pruning] : [])];
}

/** One update. @param {Facts} facts */
export function updateBlock(facts) {
  const { l1, l2, l1Rule, clip } = facts.spec.training;
  const prunes = l1 > 0 && l1Rule === "prune";
  const hasPenalty = l2 > 0 || (l1 > 0 && !prunes);
  const rate = 'optimizer.param_groups[0]["lr"]';
  return lines(
    `def update(net, optimizer, inputs, targets${more(facts)}):`,
    '    """One step on a batch; returns its loss before that."""',
    "    optimizer.zero_grad()",
    `    loss = loss_of(net(inputs), targets${more(facts)})`,
    hasPenalty ? "    (loss + penalty_of(net)).backward()" : "    loss.backward()",
    prunes && "    for weight in weights_of(net):",
    prunes && "        weight.grad[is_pruned(weight)] = 0.0",
    prunes && "    before = [weight.detach().clone() for weight in weights_of(net)]",
    clip?.norm && "    nn.utils.clip_grad_norm_(net.parameters(), CLIP_NORM)",
    clip?.value && "    nn.utils.clip_grad_value_(net.parameters(), CLIP_VALUE)",
    "    optimizer.step()",
    prunes && "    with torch.no_grad():",
    prunes && "        for weight, old in zip(weights_of(net), before):",
    prunes && `            prune(weight, old, ${rate} * L1)`,
    "    return loss.item()",
  );
}

/** Which rows the stop contract watches, if any. @param {Facts} facts @returns {"validation" | "test" | "train"} */
export const watchedOf = ({ rows }) => (rows.validation ? "validation" : rows.test ? "test" : "train");

/** The parts whose scores the stop contract needs. @param {Facts} facts */
export function partsMeasured(facts) {
  const { goal, patience, restoreBest } = facts.spec.training.stop;
  const parts = new Set();
  if (patience || restoreBest) parts.add(watchedOf(facts));
  if (goal) parts.add(goal.metric === "trainingLoss" ? "train" : "test");
  return /** @type {Set<string>} */ (parts);
}

/** When it is over, beside the number of epochs. @param {Facts} facts */
export function stopBlock(facts) {
  const { goal, patience, restoreBest } = facts.spec.training.stop;
  const parts = [...partsMeasured(facts)].filter((part) => part !== "test" || facts.rows.test);
  if (!parts.length) return null;
  const watched = watchedOf(facts);
  const keeps = patience || restoreBest;
  const of = (/** @type {string} */ part) => `scores[${pyString(part)}]`;
  const isMet = !goal
    ? null
    : goal.metric === "testAccuracy"
      ? `${of("test")}["accuracy"] > ${pyFloat(goal.value)}`
      : `${of(goal.metric === "trainingLoss" ? "train" : "test")}["loss"] < ${pyFloat(goal.value)}`;
  return lines(
    `def is_over(net, data, progress${restoreBest ? ", best_state" : ""}${scoresMore(facts)}):`,
    '    """Whether the stop contract ends training after this epoch, and why."""',
    parts.includes("test") && "    # The contract watches test rows, as in the experiment: nothing is shown of them",
    parts.length === 1
      ? `    scores = {${pyString(parts[0])}: ${scoresCall(facts, `data[${pyString(parts[0])}]`)}}`
      : `    scores = {part: ${scoresCall(facts, "data[part]")} for part in (${parts.map(pyString).join(", ")})}`,
    keeps && `    if ${of(watched)}["loss"] < progress["best_loss"]:`,
    keeps && `        progress["best_loss"] = ${of(watched)}["loss"]`,
    keeps && '        progress["best_epoch"] = progress["epoch"]',
    restoreBest && "        best_state.update(copy.deepcopy(net.state_dict()))",
    isMet && `    if ${isMet}:`,
    isMet && '        return "the goal is reached"',
    patience && `    if progress["epoch"] - progress["best_epoch"] >= PATIENCE:`,
    patience && '        return "no progress"',
    "    return None",
  );
}

/** What is remembered of training besides the weights. @param {Facts} facts */
export function startOf(facts) {
  const { patience, restoreBest } = facts.spec.training.stop;
  const parts = ['"epoch": 0', '"step": 0'];
  if (patience || restoreBest) parts.push('"best_epoch": 0', '"best_loss": math.inf');
  if (facts.spec.training.schedule.type === "reduce-on-plateau")
    parts.push('"factor": 1.0', '"plateau_best": math.inf', '"bad_epochs": 0');
  return inBrackets("START = {", parts, "}");
}

/** The loop. @param {Facts} facts */
export function trainBlock(facts) {
  const { spec, image } = facts;
  const { schedule, stop, shuffle, batchSize } = spec.training;
  const hasStop = stopBlock(facts) !== null;
  const changes = scheduleBlock(facts) !== null;
  const varies = image && spec.data.augment;
  const isFull = batchSize >= facts.rows.train;
  const skipsOne = has(facts, "batchNorm") && !isFull && facts.rows.train % batchSize === 1;
  return lines(
    "def deal(count):",
    `    """The rows of an epoch in batches${shuffle ? ", in a new order each time" : ", in their order"}."""`,
    `    ${skipsOne ? "batches =" : "return"} torch.${shuffle ? "randperm" : "arange"}(count).split(BATCH_SIZE)`,
    skipsOne && "    # Batch normalization learns nothing from a batch of one row",
    skipsOne && "    return [batch for batch in batches if len(batch) > 1]",
    "",
    "",
    `def train(net, optimizer, data${scoresMore(facts)}, progress, steps=math.inf, deal=deal):`,
    '    """Trains until the stop contract ends it, or for so many more updates."""',
    '    inputs, targets = data["train"]',
    `    most = ${stop.maxEpochs === null ? "math.inf" : "MAX_EPOCHS if steps == math.inf else math.inf"}`,
    '    last = progress["step"] + steps',
    stop.restoreBest && "    best_state = {}",
    '    while progress["epoch"] < most and progress["step"] < last:',
    changes && "        for group in optimizer.param_groups:",
    changes && '            group["lr"] = rate_of(progress)',
    "        net.train()",
    "        total, seen = 0.0, 0",
    "        for batch in deal(len(inputs)):",
    '            if progress["step"] == last:',
    "                return",
    varies
      ? `            loss = update(net, optimizer, vary(inputs[batch]${spec.data.augment?.noise ? ", inputs" : ""}), targets[batch]${more(facts)})`
      : `            loss = update(net, optimizer, inputs[batch], targets[batch]${more(facts)})`,
    "            total, seen = total + loss * len(batch), seen + len(batch)",
    '            progress["step"] += 1',
    '        progress["epoch"] += 1',
    schedule.type === "reduce-on-plateau" && "        watch_plateau(progress, total / seen)",
    `        tell(net, data, progress, total / seen${scoresMore(facts)})`,
    hasStop &&
      `        why = is_over(net, data, progress${stop.restoreBest ? ", best_state" : ""}${scoresMore(facts)})`,
    hasStop && "        if why:",
    hasStop && '            print(f"stopped: {why}")',
    hasStop && "            break",
    stop.restoreBest && "    if best_state:",
    stop.restoreBest && "        net.load_state_dict(best_state)",
    "",
    "",
    `def tell(net, data, progress, loss${scoresMore(facts)}):`,
    '    """How far training is: the mean loss of the epoch, and that of validation rows."""',
    "    text = f\"epoch {progress['epoch']}  training loss {loss:.6g}\"",
    facts.rows.validation > 0 && `    scores = ${scoresCall(facts, 'data["validation"]')}`,
    facts.rows.validation > 0 && `    text += f"  validation loss {scores['loss']:.6g}"`,
    "    print(text)",
  );
}
