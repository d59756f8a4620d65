// @ts-check
/**
 * Drives one training run in the worker: obeys the page's commands, trains in short slices so that
 * no command waits long, and sends frames no faster than the page draws them.
 *
 * It knows neither the worker nor WebAssembly: it takes a port to talk through, modules that
 * make trainers, and a clock. So Node tests run it inline with a fake of each.
 */
import { once } from "../base/once.js";
import { VERSION, checkCommand } from "../session/protocol.js";
import { EngineSelector } from "./engineSelector.js";
import { Engines } from "./engines.js";
import { transfersOf } from "./frames.js";
import { Run } from "./run.js";
import { commandError } from "./commandError.js";
import { subsample } from "./subsample.js";
import { t } from "../base/text.js";

/**
 * @typedef {import("./engines.js").Trainer} Trainer
 * @typedef {import("./engines.js").FullTrainer} FullTrainer
 * @typedef {import("../features/data/worker/tables.js").TableCommand} TableCommand
 *
 * @typedef {object} Port
 * @property {(message: import("../session/protocol.js").WorkerEvent, transfer?: Transferable[]) => void} post
 * @property {(listener: (message: unknown) => void) => void} listen
 *
 * @typedef {object} Clock
 * @property {() => number} now          milliseconds
 * @property {() => Promise<void>} turn  lets waiting messages in
 */

/** @template {keyof typeof import("../session/protocol.js").COMMANDS} [T=keyof typeof import("../session/protocol.js").COMMANDS] @typedef {import("../session/protocol.js").Command<T>} Command */

/**
 * @param {Port} port
 * @param {import("./engines.js").Modules} modules
 * @param {Clock} clock
 */
export function serve(port, modules, clock) {
  const runner = new Runner(port, modules, clock);
  port.listen((message) => void runner.receive(message));
  return runner;
}

/** Put in by build.mjs; tests have none. */
const BUILD = globalThis.TRAINYARD_BUILD;

/** What is told by the part that goes back in time, and what makes another future of the run. */
const TRAVEL = [
  "past",
  "seek",
  "weights",
  "units",
  "curvature",
  "look",
  "trial",
  "confusion",
  "baseline",
  "scores",
  "residuals",
];
const TOUCHING = ["setParameter", "freeze"];

/** What commands call the test rows. @type {unknown[]} */
const TEST = ["test", 2];

const isOfTable = /** @type {(command: Command) => command is Command<TableCommand>} */ (
  (command) => command.type.startsWith("table")
);

class Runner {
  #port;
  #modules;
  #engines;
  #clock;
  /** The run that was asked for last; an `open` that finishes late compares itself with it. */
  #newest = -1;
  /** @type {Run | null} */
  #run = null;
  /** The newest one on its way: what it is told meanwhile waits for it. @type {Promise<unknown> | null} */
  #opening = null;
  #jobs = once(() => this.#loadJobs());
  /** What is known of this device: from the page, which remembers, and from runs here. @type {Record<string, import("../session/protocol.js").Measurement>} */
  #measured = {};

  constructor(
    /** @type {Port} */ port,
    /** @type {import("./engines.js").Modules} */ modules,
    /** @type {Clock} */ clock,
  ) {
    this.#port = port;
    this.#modules = modules;
    const full = once(async () => {
      const parts = await modules.loadFull();
      return { ...parts, tables: parts.createTables(port, clock) };
    });
    this.#engines = new Engines(modules, full, this.#measured);
    this.#clock = clock;
  }

  async receive(/** @type {any} any: it is checked here */ message) {
    const run = this.#run;
    try {
      const command = checkCommand(message);
      const value = await this.#obey(command);
      if ("id" in command && command.type !== "cancel") {
        this.#port.post({ type: "reply", id: command.id, ok: true, value }, transfersOf(value));
      }
    } catch (error) {
      // What was under way when its run was closed finds a trainer that is gone: no fault, unless the engine itself failed.
      const isOver =
        run?.hasEnded &&
        run.id === message?.run &&
        typeof (/** @type {Thrown} */ (error)?.code) !== "string" &&
        !(error instanceof WebAssembly.RuntimeError);
      const failure = describeFailure(
        isOver
          ? commandError("no-such-run", t("worker.runWasClosedBefore", { id: run.id, type: message.type }))
          : /** @type {Thrown} */ (error),
        run?.isOnGpu,
      );
      if (Number.isSafeInteger(message?.id) && !failure.fatal) {
        const { code, message: sentence, where } = failure;
        this.#port.post({ type: "reply", id: message.id, ok: false, error: { code, message: sentence, where } });
      } else {
        const run = Number.isSafeInteger(message?.run) ? message.run : null;
        this.#port.post({ type: "error", run, ...failure });
      }
    }
  }

  async #obey(/** @type {Command} */ command) {
    if (isOfTable(command)) return (await this.#engines.tables()).obey(command);
    switch (command.type) {
      case "ping":
        return this.#port.post({ type: "pong" });
      case "hello":
        if (command.version !== VERSION || (command.build ?? BUILD) !== BUILD) {
          throw commandError("version", t("worker.pageTrainingWorkerCome"), true);
        }
        await this.#modules.load(command.core);
        return this.#port.post({ type: "ready", version: VERSION });
      case "preview": {
        await this.#modules.ready;
        const { source, samples, noise, seed } = command;
        return this.#modules.preview({ source, samples, noise }, seed);
      }
      case "rates":
        return this.#rates(command);
      case "open":
        this.#newest = command.run;
        this.#opening = this.#open(command);
        return this.#opening;
      case "job":
      case "cancel":
        return (await this.#jobs()).obey(command);
    }
    const isEarly = command.run !== this.#run?.id && command.run === this.#newest;
    if (isEarly) await this.#opening?.catch(() => {}); // who asked for it is told
    const run = this.#run;
    if (!run || run.id !== command.run) {
      throw commandError("no-such-run", t("worker.runWhichNotOpen", { type: command.type, run: command.run }));
    }
    checkRows(run, command);
    if (run.isLocked && TEST.includes(/** @type {{part?: unknown}} */ (command).part))
      throw commandError("locked", t("worker.testRowsRunLocked"));
    if (TRAVEL.includes(command.type)) {
      const travel = await this.#travelOf(run);
      if (this.#run !== run)
        throw commandError("no-such-run", t("worker.runWasClosedBefore2", { id: run.id, type: command.type }));
      return travel.obey(/** @type {import("./travel.js").TravelCommand} */ (command));
    }
    if (TOUCHING.includes(command.type)) run.travel?.touch();
    switch (command.type) {
      case "play":
        run.enter(command);
        run.goal = Infinity;
        if (isEarly) run.awaitWatch();
        return run.loop();
      case "step":
        run.enter(command);
        run.goal = run.stepAfter(command.count, command.unit);
        return run.loop();
      case "pause":
        return run.enter(command) || run.status();
      case "pace":
        run.pace = { steps: command.stepsPerFrame, unit: command.unit };
        return run.wake();
      case "learningRate":
        return run.setLearningRate(command.value);
      case "maxEpochs":
        return run.setMaxEpochs(command.value);
      case "watch":
        return run.watch(command.inputs, command.encoded);
      case "watchUnits":
        run.units.inputs = command.inputs;
        return run.changed();
      case "setParameter":
        return run.setParameter(command.index, command.value);
      case "freeze":
        return run.freeze(command.indices);
      case "activations":
        return run.activations(command.inputs);
      case "gradient":
        return run.trainer.gradient(command.part);
      case "lock":
        if (command.isLocked && !run.isLocked && !run.trainer.checkpointWithoutTest)
          throw commandError("protocol", t("worker.onlyTestRowsTable"));
        return run.lock(command.isLocked);
      case "ack":
        return run.acknowledge(command.frame);
      case "components": {
        const found = run.trainer.components?.();
        if (!found) throw commandError("no-table", t("worker.onlyRunTableHas"));
        return { ...found, points: subsample(found.points, run.isLocked) };
      }
      case "classify":
        return run.trainer.classify(command.inputs);
      case "save":
        return run.isLocked && !command.isWhole
          ? /** @type {FullTrainer} */ (run.trainer).checkpointWithoutTest()
          : run.trainer.checkpoint();
      case "load":
      case "branch":
        return run.load(command);
      case "loseDevice":
        return run.loseDevice();
      case "close":
        return this.#close();
    }
  }

  /**
   * With a core, before the page is there to ask for anything. Browsers compile a function when it is first called, and a
   * run's are those of any run; what goes wrong here is told where it is wanted.
   */
  async begin(/** @type {WebAssembly.Module} */ core) {
    await this.#modules.load(core);
    this.#modules.loadTravel().catch(() => {});
    const trainer = await this.#modules.createTrainer({});
    trainer.describe();
    trainer.points();
    trainer.moment();
    await trainer.evaluate("train");
    await trainer.advance(1, 0);
    trainer.free();
  }

  /** What a schedule does is asked of a trainer of its own, as small as can be: the run's may be far along. */
  async #rates(/** @type {import("../session/protocol.js").Command<"rates">} */ { training, epochs }) {
    await this.#modules.ready;
    const trainer = await this.#modules.createTrainer({ data: { samples: 4 }, model: { layers: [] }, training });
    const rates = trainer.learningRates(epochs);
    trainer.free();
    return rates;
  }

  async #open(
    /** @type {import("../session/protocol.js").Command<"open">} */ { run: id, spec, measured = {}, keep, from },
  ) {
    Object.assign(this.#measured, measured);
    await this.#modules.ready;
    const { trainer, facts } = await this.#engines.open(spec);
    if (keep) await this.#handOver(trainer);
    if (id !== this.#newest) return trainer.free(); // a newer one was asked for meanwhile
    this.#close();
    const isOpen = (spec.engine ?? "auto") === "auto";
    const { loadProbe } = this.#modules;
    const description = trainer.describe();
    const parts = {
      spec,
      description,
      isFast: trainer.isFast,
      measured: this.#measured,
      engines: this.#engines,
      clock: this.#clock,
      loadProbe,
    };
    const run = new Run(
      id,
      { spec, trainer, facts, description, auto: isOpen ? new EngineSelector(parts) : null },
      this.#port,
      this.#clock,
    );
    if (from) await run.startFrom(from);
    this.#run = run;
    if (!this.#modules.isPastless) this.#travelOf(run).catch(() => {}); // whoever asks about the past is told
    const opened = {
      type: /** @type {const} */ ("opened"),
      run: id,
      description: run.description,
      points: subsample(trainer.points(), run.isLocked),
    };
    this.#port.post(opened, transfersOf(opened));
    // The first frame comes with the first `watch`: one without a picture would only flicker.
    run.status();
  }

  /** Keeps moments of a run. What could not be loaded is tried again with each question. */
  #travelOf(/** @type {Run} */ run) {
    return (run.traveling ??= this.#modules.loadTravel().then(
      ({ Travel }) => (run.travel = new Travel(run, this.#clock, this.#engines)),
      (error) => {
        run.traveling = null;
        throw commandError("offline", t("worker.partGoesBackTime", { message: error?.message ?? error }));
      },
    ));
  }

  /** The weights that the run before has now, if the new one has as many. A run that ends meanwhile hands nothing over. */
  async #handOver(/** @type {Trainer} */ trainer) {
    const weights = await this.#run?.trainer.parameters().catch(() => null);
    if (weights?.length === trainer.describe().parameterCount) await trainer.setParameters(weights);
  }

  /** What runs long beside the run. */
  async #loadJobs() {
    const { Jobs } = await this.#modules.loadJobs().catch((error) => {
      throw commandError("offline", t("worker.partCouldNotLoaded", { message: error?.message ?? error }));
    });
    await this.#modules.ready;
    return new Jobs({ engines: this.#engines, clock: this.#clock, port: this.#port, run: () => this.#run });
  }

  #close() {
    this.#run?.end();
    this.#run = null;
  }
}

/** Refuses rows that are not of the run's columns, before anything is made of them. @param {Run} run @param {{type: string, inputs?: Float64Array, encoded?: Float32Array}} command */
function checkRows({ description: { columns, layers }, trainer }, { type, inputs, encoded }) {
  if (encoded && !trainer.classifyEncoded) throw commandError("protocol", t("worker.hasEncodedRowsWhich", { type }));
  for (const [rows, width] of /** @type {const} */ ([
    [inputs, columns.length],
    [encoded, layers[0]?.inputs],
  ])) {
    if (rows && width && rows.length % width)
      throw commandError("protocol", t("worker.hasNumbersWhichNo", { type, rows: rows.length, width }));
  }
}

/**
 * Errors with a code are answers. One without is a fault of ours or of the engine, after which its
 * memory can't be trusted: it is fatal. A run on the GPU then goes on on the CPU.
 */
function describeFailure(/** @type {Thrown} */ error, isOnGpu = false) {
  const code = typeof error?.code === "string" && error.code;
  return {
    code: code || (isOnGpu ? "gpu-failed" : "internal"),
    message: String(error?.message ?? error),
    where: typeof error?.where === "string" ? error.where : null,
    fatal: !code || error.fatal === true,
  };
}
