// @ts-check
/**
 * The table that a run may train on: read in pieces as the page streams them, held here, and asked. It
 * lives in the package that is loaded on demand, and so do trainers on it.
 *
 * @typedef {import("../../../session/protocol.js").Spec} Spec
 * @typedef {import("../../../pkg-full/trainyard.js").TableHandle} TableHandle
 *
 * @typedef {Extract<keyof typeof import("../../../session/protocol.js").COMMANDS, `table${string}`>} TableCommand
 *
 * @typedef {object} Package   what it is made with
 * @property {(spec: Spec, table?: TableHandle | import("../../../pkg-full/trainyard.js").Rows) => Promise<import("../../../worker/engines.js").FullTrainer>} createTrainer
 * @property {(file: {name: string, read: object}) => import("./formats/intake.js").Intake} createIntake   what a file's bytes go to
 * @property {() => Promise<import("../../audio/worker/sounds.js").SoundClass>} loadSounds
 *
 * @typedef {object} Reading
 * @property {string} name
 * @property {string} title
 * @property {import("./formats/intake.js").Intake | PictureIntake | SoundIntake} intake
 * @property {number} bytes
 * @property {{at: number, bytes: number}} told   when the page was last told how far it is
 * @property {boolean} isBroken
 * @property {Promise<void>} taken   when all bytes so far are
 *
 * @typedef {object} Examination   the doctor at work, look by look
 * @property {() => boolean} step   takes the next look; says whether there is another one
 * @property {number} share         of the looks that are done
 * @property {() => import("../../../pkg-full/trainyard.js").Finding[]} findings
 * @property {() => void} free
 *
 * @typedef {{name: string, table: import("../../../pkg-full/trainyard.js").Table & {examination: (data: object) => Examination}, tell: import("./formats/intake.js").Teller}} HeldTable   `tell` adds how the file was read
 * @typedef {{name: string, table: Pictures, tell: import("./formats/intake.js").Teller}} HeldPictures
 */
import { isPictureFile } from "../../../base/pictureFile.js";
import { imageSetOf } from "../../../data/imageSets.js";
import { isOfSounds } from "../../../settings/pictureNames.js";
import { SoundIntake, Sounds } from "../../audio/worker/sounds.js";
import { PictureIntake, Pictures } from "../../images/worker/pictures.js";
import { commandError } from "../../../worker/commandError.js";
import { subsample } from "../../../worker/subsample.js";
import { t } from "../../../base/text.js";
import { describedInWords, findingsInWords, reportInWords } from "./said.js";

/** How often the page is told how far it is: so many milliseconds, or so many bytes. */
const TELL_MS = 100;
const TELL_BYTES = 2 ** 20;

/** What may be asked of a table, and how. @type {Record<string, (held: HeldTable, command: any) => unknown>} any: each takes what it is about */
const ASKS = {
  describe: ({ table, tell }, { data }) => tell(describedInWords(table.describe(data))),
  cells: ({ table }, { from, count, first, columns }) => table.cells(from, count, first, columns),
  report: ({ table }, { data }) => reportInWords(table.report(data)),
  histogram: ({ table }, { data, column, bins }) => table.histogram(data, column, bins),
  scatter: ({ table }, { data, column, y, count }) => table.scatter(data, column, y, count),
  components: ({ table }, { data, seed }) => {
    const found = table.components(data, seed);
    return { ...found, points: subsample(found.points, false) };
  },
  tryFormula: ({ table }, { data, text }) => table.tryFormula(data, text),
  correlations: ({ table }, { data }) => table.correlations(data),
  csv: ({ table }) => table.csv(true), // to be opened here again
};

/** What may be asked of a set of pictures; it has no cells. @type {Record<string, (set: Pictures, command: any) => unknown>} any: as above */
const PICTURE_ASKS = {
  describe: (set, { data }) => set.describe(data),
  doctor: () => [],
  report: (set, { data }) => set.report(data),
  pictures: (set, { data }) => set.pictures(data.rows),
  drawn: (set, { data }) => set.draw(data.pixels),
  csv: (set) => set.text(), // to be opened here again
};

/** And of one of sounds. @type {Record<string, (set: Sounds, command: any) => unknown>} any: as above */
const SOUND_ASKS = {
  sound: (set, { data }) => set.sound(data.row),
  hear: (set, { data }) => set.hear(data),
  unseen: (set) => set.unseen(),
};

export class Tables {
  #port;
  #clock;
  #package;
  /** What is being read. @type {Reading | null} */
  #reading = null;
  /** @type {HeldTable | HeldPictures | null} */
  #held = null;
  /** What the doctor is at; a newer examination takes its place. @type {Examination | null} */
  #examination = null;

  /**
   * @param {import("../../../worker/runner.js").Port} port
   * @param {Package} parts
   * @param {import("../../../worker/runner.js").Clock} clock
   */
  constructor(port, parts, clock) {
    this.#port = port;
    this.#package = parts;
    this.#clock = clock;
  }

  /** A trainer on the table that the Spec names. */
  async trainer(/** @type {Spec} */ spec) {
    const table = this.#tableOf(spec);
    return table instanceof Pictures
      ? table.trainer(spec, (rowsSpec, rows) => this.#package.createTrainer(rowsSpec, rows))
      : this.#package.createTrainer(spec, table);
  }

  /** A Spec and its rows, as the core takes both. @returns {Promise<{spec: Spec, rows: TableHandle | import("../../../pkg-full/trainyard.js").Rows, groups?: Uint32Array, called?: {target: string, classes: string[]}}>} */
  async given(/** @type {Spec} */ spec) {
    const table = this.#tableOf(spec);
    return table instanceof Pictures
      ? table.given(spec, (rowsSpec, rows) => this.#package.createTrainer(rowsSpec, rows))
      : { spec, rows: table };
  }

  #tableOf(/** @type {Spec} */ spec) {
    const held = this.#held;
    if (!held || held.name !== spec.data?.source) throw commandError("no-table", t("data.rowsDataSetNot"));
    return held.table;
  }

  obey(/** @type {import("../../../session/protocol.js").Command<TableCommand>} */ command) {
    switch (command.type) {
      case "tableStart":
        return this.#start(command);
      case "tableBytes":
        return this.#take(command.bytes);
      case "tableEnd":
        return this.#end(command.data);
      case "tableCancel":
        return this.#drop();
      default:
        return this.#ask(command);
    }
  }

  #start(/** @type {{name: string, title?: string, read?: object}} */ { name, title = name, read = {} }) {
    this.#drop();
    const intake = isOfSounds(name)
      ? new SoundIntake(name, title, this.#package.loadSounds)
      : imageSetOf(name) !== null
        ? new PictureIntake(name, title)
        : this.#package.createIntake({ name: title, read });
    this.#reading = {
      name,
      title,
      intake,
      bytes: 0,
      told: { at: this.#clock.now(), bytes: 0 },
      isBroken: false,
      taken: Promise.resolve(),
    };
  }

  /** A part that is loaded for the file may keep its bytes waiting: they are taken in turn. */
  #take(/** @type {Uint8Array} */ bytes) {
    const reading = this.#reading;
    if (!reading) return; // what was under way when it was cancelled
    reading.taken = reading.taken.then(() => this.#takeNext(reading, bytes));
    return reading.taken;
  }

  async #takeNext(/** @type {Reading} */ reading, /** @type {Uint8Array} */ bytes) {
    if (reading.isBroken || reading !== this.#reading) return;
    let problem = null;
    const { length } = bytes;
    // A file of pictures says so itself.
    if (reading.bytes === 0 && !(reading.intake instanceof PictureIntake) && isPictureFile(bytes)) {
      reading.intake.free();
      reading.intake = new PictureIntake(reading.name, reading.title);
    }
    try {
      await reading.intake.take(bytes);
    } catch (error) {
      reading.isBroken = true;
      problem = sentenceOf(/** @type {Error} */ (error));
    }
    if (reading !== this.#reading) return;
    reading.bytes += length;
    const { intake, bytes: all, told } = reading;
    if (!problem && this.#clock.now() - told.at < TELL_MS && all - told.bytes < TELL_BYTES) return;
    reading.told = { at: this.#clock.now(), bytes: all };
    this.#port.post({ type: "tableProgress", rows: intake.rows, bytes: all, problem });
  }

  async #end(/** @type {object} */ data) {
    const reading = this.#reading;
    if (!reading) throw commandError("cancelled", t("data.noTableBeingRead"));
    await reading.taken;
    if (reading !== this.#reading) throw commandError("cancelled", t("data.tableWasGivenUp"));
    if (reading.isBroken) {
      this.#drop();
      throw commandError("table", t("data.tableCouldNotRead"));
    }
    const { table, tell } = await reading.intake.finish();
    if (reading !== this.#reading) {
      table.free();
      throw commandError("cancelled", t("data.tableWasGivenUp"));
    }
    this.#reading = null;
    this.#held?.table.free();
    const held = /** @type {HeldTable | HeldPictures} */ ({ name: reading.name, table, tell });
    this.#held = held;
    const description = /** @type {HeldTable} */ (held).table.describe(data);
    return tell(held.table instanceof Pictures ? description : describedInWords(description));
  }

  #drop() {
    this.#reading?.intake.free();
    this.#reading = null;
  }

  #ask(/** @type {import("../../../session/protocol.js").Command<"table">} */ command) {
    const held = this.#held;
    const table = held?.table;
    /** @type {Record<string, (held: any, command: any) => unknown>} any: each takes what it is of */
    const asks =
      table instanceof Sounds ? { ...PICTURE_ASKS, ...SOUND_ASKS } : table instanceof Pictures ? PICTURE_ASKS : ASKS;
    if (command.ask === "examined") return this.#examination?.share ?? 1;
    if (command.ask === "stopDoctor") return void (this.#examination = null);
    if (!Object.hasOwn(asks, command.ask) && command.ask !== "doctor")
      throw commandError("protocol", t("data.cantAskedTable", { ask: command.ask }));
    if (!held) throw commandError("no-table", t("data.noTableOpen"));
    if (asks === ASKS && command.ask === "doctor") return this.#examine(/** @type {HeldTable} */ (held), command);
    return asks[command.ask](table instanceof Pictures ? table : held, command);
  }

  /** The doctor looks once at a time: between two looks other messages are heard, and he may be stopped. */
  async #examine(/** @type {HeldTable} */ { table }, /** @type {{data?: object}} */ { data }) {
    const examination = table.examination(data ?? {});
    this.#examination = examination;
    try {
      while (examination.step()) {
        await this.#clock.turn();
        if (this.#examination !== examination) throw commandError("cancelled", t("data.examinationStopped"));
      }
      return findingsInWords(examination.findings());
    } finally {
      if (this.#examination === examination) this.#examination = null;
      examination.free();
    }
  }
}

/** An error with a code is an answer; another is a fault, and fatal. */
function sentenceOf(/** @type {Thrown} */ error) {
  if (typeof error?.code !== "string") throw error;
  return String(error.message);
}
