// @ts-check
/**
 * The table of a playground: brought from a file, the clipboard or the page's own data folder, held by the
 * worker, described here. Rows themselves never come to the page, but for the few that are in sight.
 *
 * @typedef {import("../settings/spec.js").DataOfSpec} DataOfSpec
 * @typedef {import("../settings/spec.js").ReadChoices} ReadChoices
 * @typedef {import("../pkg-full/trainyard.js").TableDescription} CoreDescription
 * @typedef {CoreDescription["columns"][number]} Column
 * @typedef {CoreDescription & {reading: Aspect[], declared: Record<string, string>, image?: {height: number, width: number}, model?: {layers: string} & Record<string, unknown>, groups?: {name: string, count: number}[]}} TableDescription   `declared`: what the file itself says its columns are; of pictures `image`, and of one's own `model`, to begin with; `groups`: by what its rows belong together without a column, as recordings by their voice
 *
 * @typedef {object} TableState
 * @property {"empty" | "reading" | "ready" | "failed"} phase
 * @property {string} source       what the Spec calls it: "table", or a set's name
 * @property {string} title        what people call it: a file's name, a set's title
 * @property {{rows: number, bytes: number, total: number}} progress   total: 0 where it isn't known
 * @property {TableDescription | null} description
 * @property {string | null} problem
 * @property {boolean} [isRereading]   whether the same file is being read in another way
 *
 * @typedef {import("../features/audio/worker/sounds.js").Clip} Clip
 * @typedef {import("../features/data/worker/formats/intake.js").Entry} Aspect
 * @typedef {{source: string, title: string, open: () => Promise<Blob>}} Origin
 *
 * @typedef {import("../pkg-full/trainyard.js").Finding} Finding
 * @typedef {import("../pkg-full/trainyard.js").CleanReport} Report
 * @typedef {import("../pkg-full/trainyard.js").Histogram} Histogram
 * @typedef {import("../pkg-full/trainyard.js").Correlations} Correlations   names × names, row by row
 */
import { createBackpressure, streamToWorker } from "./streamToWorker.js";
import { extensionOf } from "../settings/pictureNames.js";
import { NO_TABLE } from "../settings/tableNames.js";
import { inTime } from "../base/inTime.js";
import { PATIENCE_MS } from "../base/loadPart.js";
import { t } from "../base/text.js";

/** Why a reading was broken off that starts again, once: it may be the rows that the worker can't bear. */
const LOST = new Error(t("session.trainingWorkerStoppedTwice"));

export class Tables {
  #client;
  #show;
  #fetch;
  #backpressure = createBackpressure();
  /** @type {AbortController | null} */
  #reading = null;
  /** Where the rows came from, to bring them again when a worker was replaced. @type {Origin | null} */
  #origin = null;
  /** The choices by which they were read, as JSON. */
  #readAs = "";
  /** Resolves once the run on the rows is in the picture, or none is coming: for what would hold it up. */
  pictured = async () => {};
  /** The settings under which they were described, as JSON. */
  #seenAs = "";
  /** What the doctor found last. @type {{description: unknown, as: string, findings: Promise<Finding[]>} | null} */
  #examined = null;
  /** @type {TableState} */
  #state = NO_TABLE;
  /** As it was when the worker last had a whole table: somebody who changes his mind goes on with that. */
  #whole = NO_TABLE;

  /**
   * @param {import("./client.js").Client} client
   * @param {(state: TableState) => void} show
   * @param {(file: string) => Promise<Response>} fetchSet
   */
  constructor(client, show, fetchSet) {
    this.#client = client;
    this.#show = show;
    this.#fetch = fetchSet;
  }

  /** Whether the worker holds the rows of that source, and read with these choices, if any are given. */
  holds(/** @type {string} */ source, /** @type {object | undefined} */ read = undefined) {
    return (
      this.#state.phase === "ready" && this.#state.source === source && (read === undefined || this.isReadAs(read))
    );
  }

  /** Where the rows that are held come from, for other workers. */
  get origin() {
    return this.#origin;
  }

  /** Whether they are on their way. */
  isReading(/** @type {string} */ source) {
    return this.#state.phase === "reading" && this.#state.source === source;
  }

  /** One of the page's own sets. */
  bringSet(/** @type {string} */ name, /** @type {string} */ title, /** @type {DataOfSpec} */ data) {
    return this.#bring(
      {
        source: name,
        title,
        open: () => wholeSet(this.#fetch(`${name}.${extensionOf(name)}`), title),
      },
      data,
    );
  }

  /** The user's own: a file, or what was pasted. */
  bringBlob(/** @type {Blob} */ blob, /** @type {string} */ title, /** @type {ReadChoices} */ read) {
    return this.#bring({ source: "table", title, open: async () => blob }, { read });
  }

  /** The rows that are held, from the same bytes in another way: until they are here, those before stay. */
  async readAgain(/** @type {ReadChoices} */ read) {
    return this.#origin ? this.#bring(this.#origin, { read }, true) : null;
  }

  /** Whether the rows that are held were read with these choices. */
  isReadAs(/** @type {ReadChoices} */ read) {
    return this.#readAs === JSON.stringify(read);
  }

  /** The worker was replaced, and the rows went with it: those that were on their way start again. */
  lost() {
    this.#whole = NO_TABLE;
    if (this.#reading) this.#reading.abort(LOST);
    else if (this.#state.phase === "ready") this.#update({ ...NO_TABLE });
  }

  /** The same rows once more, if they can be had. */
  async bringAgain(/** @type {string} */ source, /** @type {DataOfSpec} */ data) {
    return this.#origin?.source === source ? this.#bring(this.#origin, data) : null;
  }

  cancel() {
    this.#reading?.abort();
  }

  progress(/** @type {{rows: number, bytes: number, problem: string | null}} */ { rows, bytes, problem }) {
    this.#backpressure.acknowledge(bytes);
    if (problem) return this.#reading?.abort(new Error(problem));
    if (this.#reading) this.#update({ progress: { ...this.#state.progress, rows, bytes } });
  }

  /**
   * Resolves to what the table is, or to null when it could not be had or was given up: the state says why.
   *
   * @param {Origin} origin
   * @param {DataOfSpec} data   the Spec's, as far as it is known
   * @param {boolean} [isAgain]   whether those that are held came from there, too
   * @param {boolean} [isSecond]   whether a worker stopped over them already
   * @returns {Promise<TableDescription | null>}
   */
  async #bring(origin, data, isAgain = false, isSecond = false) {
    this.cancel();
    const reading = new AbortController();
    this.#reading = reading;
    this.#backpressure = createBackpressure();
    reading.signal.addEventListener("abort", this.#backpressure.unblock);
    const { source, title } = origin;
    const read = data.read ?? {};
    const progress = { rows: 0, bytes: 0, total: 0 };
    if (isAgain) this.#update({ isRereading: true, progress, problem: null });
    else this.#update({ phase: "reading", source, title, progress, description: null, problem: null });
    let isBegun = false;
    try {
      await this.#client.request("tableStart", { name: source, title, read });
      isBegun = true;
      const blob = await origin.open();
      this.#update({ progress: { rows: 0, bytes: 0, total: blob.size } });
      const send = (/** @type {Uint8Array} */ piece) =>
        this.#client.hand({ type: "tableBytes", bytes: piece }, [/** @type {ArrayBuffer} */ (piece.buffer)]);
      await streamToWorker(blob.stream(), { send, backpressure: this.#backpressure, signal: reading.signal });
      const description = await this.#client.request("tableEnd", { data });
      reading.signal.throwIfAborted();
      this.#origin = origin;
      this.#readAs = JSON.stringify(read);
      this.#seenAs = seenAs(data);
      this.#update({ phase: "ready", isRereading: false, description });
      return description;
    } catch (error) {
      if (this.#reading !== reading) return null; // another one took its place
      // The worker's answer to the end may come after it said why the file can't be read.
      const why = /** @type {Thrown & Error} */ (reading.signal.aborted ? reading.signal.reason : error);
      const isLost = why === LOST;
      if (isLost && !isSecond) return this.#bring(origin, data, false, true);
      if (isBegun) this.#client.hand({ type: "tableCancel" });
      const problem = why?.name === "AbortError" ? null : sentence(why);
      if (this.#whole.phase === "ready") this.#update({ ...this.#whole, isRereading: false, problem });
      else this.#update({ ...NO_TABLE, phase: problem ? "failed" : "empty", source, title, problem });
      return null;
    } finally {
      if (this.#reading === reading) this.#reading = null;
    }
  }

  /** The description under another target, other kinds or cleaning steps; under the same ones it is here already. @returns {Promise<TableDescription>} */
  async describe(/** @type {DataOfSpec} */ data) {
    const { description: known, phase } = this.#state;
    if (known && phase === "ready" && this.#seenAs === seenAs(data)) return known;
    const description = await this.#ask("describe", { data });
    this.#seenAs = seenAs(data);
    this.#update({ description });
    return description;
  }

  /**
   * The texts of `count` rows, of all columns or of `columns` from the `first` on.
   *
   * @param {number} from
   * @param {number} count
   * @param {number} [first]
   * @param {number} [columns]
   * @returns {Promise<string[][]>}
   */
  cells(from, count, first, columns) {
    return this.#ask("cells", { from, count, first, columns });
  }

  /** What may be wrong; of the same rows and settings it is found once. @returns {Promise<Finding[]>} */
  doctor(/** @type {DataOfSpec} */ data) {
    const { description } = this.#state;
    const as = JSON.stringify(data);
    if (this.#examined?.description === description && this.#examined.as === as) return this.#examined.findings;
    const findings = this.#ask("doctor", { data });
    this.#examined = { description, as, findings };
    findings.catch(() => (this.#examined = null));
    return findings;
  }

  /** How much of the doctor's examination is done, from 0 to 1. @returns {Promise<number>} */
  examined() {
    return this.#ask("examined", {});
  }

  /** Ends the doctor's examination: what was asked of him fails. @returns {Promise<void>} */
  stopDoctor() {
    return this.#ask("stopDoctor", {});
  }

  /** @returns {Promise<Report>} */
  report(/** @type {DataOfSpec} */ data) {
    return this.#ask("report", { data });
  }

  /** @returns {Promise<Histogram>} */
  histogram(/** @type {DataOfSpec} */ data, /** @type {string} */ column, /** @type {number} */ bins) {
    return this.#ask("histogram", { data, column, bins });
  }

  /** @returns {Promise<Correlations>} */
  correlations(/** @type {DataOfSpec} */ data) {
    return this.#ask("correlations", { data });
  }

  /** Rows over two columns, at most `count` of them. @returns {Promise<import("./scatter.js").Scatter>} */
  scatter(
    /** @type {DataOfSpec} */ data,
    /** @type {string} */ column,
    /** @type {string} */ y,
    /** @type {number} */ count,
  ) {
    return this.#ask("scatter", { data, column, y, count });
  }

  /** The plane on which rows spread most, as a run with that seed sees them. @returns {Promise<import("./scatter.js").Components>} */
  components(/** @type {DataOfSpec} */ data, /** @type {number} */ seed) {
    return this.#ask("components", { data, seed });
  }

  /** What a formula over the columns gives, or why it can't be used. @returns {Promise<{problem: string | null, low: number | null, high: number | null}>} */
  tryFormula(/** @type {DataOfSpec} */ data, /** @type {string} */ text) {
    return this.#ask("tryFormula", { data, text });
  }

  /** @returns {Promise<string>} */
  csv() {
    return this.#ask("csv", {});
  }

  /** The pixels of these pictures, a byte each, and what each is of. @param {number[]} rows @returns {Promise<{pixels: Uint8Array, labels: Uint8Array}>} */
  pictures(rows) {
    return this.#ask("pictures", { data: { rows } });
  }

  /** What a run on pictures is asked about by the number -1: a drawing, its ink from 0 to 255. @returns {Promise<void>} */
  drawn(/** @type {Uint8Array} */ pixels) {
    return this.#ask("drawn", { data: { pixels } });
  }

  /** One of the set's sounds by its number; -1 is that of one's own. @returns {Promise<Clip | null>} */
  sound(/** @type {number} */ row) {
    return this.#ask("sound", { data: { row } });
  }

  /** What a run on sounds is asked about by the number -1: a WAV file, or samples. @param {{name: string, wav?: Uint8Array, samples?: Float32Array, rate?: number}} given @returns {Promise<Clip>} */
  hear(given) {
    return this.#ask("hear", { data: given });
  }

  /** Sounds of voices that no run is given. @returns {Promise<import("../features/audio/worker/sounds.js").Unseen[]>} */
  unseen() {
    return this.#ask("unseen", {});
  }

  #ask(/** @type {string} */ ask, /** @type {object} */ more) {
    return this.#client.request("table", { ask, ...more });
  }

  #update(/** @type {Partial<TableState>} */ patch) {
    this.#state = { ...this.#state, ...patch };
    if (this.#state.phase === "ready") this.#whole = { ...this.#state, problem: null };
    this.#show(this.#state);
  }
}

/** What of the Spec's data a description depends on. */
const seenAs = (/** @type {DataOfSpec} */ { target = null, task = "auto", kinds = {}, clean = [] }) =>
  JSON.stringify([target, task, kinds, clean]);

/** The rows of one of the page's own sets, which come in time or not at all. */
async function wholeSet(/** @type {Promise<Response>} */ asked, /** @type {string} */ title) {
  const missing = () => new Error(t("session.couldNotLoadedCheck", { title }));
  const whole = asked.then((response) => {
    const isPortal = response.headers.get("content-type")?.includes("html"); // none of our sets is a page
    if (!response.ok || !response.body || isPortal) throw missing();
    return response.blob();
  });
  return inTime(whole, PATIENCE_MS).catch((/** @type {Thrown & {code?: string}} */ error) => {
    throw error.code === "late" ? missing() : error;
  });
}

/** Browsers have words of their own for a file that is gone, and for a lost connection. */
export function sentence(/** @type {Thrown} */ error) {
  if (error?.name === "NotReadableError" || error?.name === "NotFoundError") return t("session.fileCantReadWas");
  if (error instanceof TypeError) return t("session.rowsCouldNotLoaded");
  // The core's own words are a clause; the names of files stay as they are.
  const words = String(error?.message ?? error).replace(/^the /, t("session.the"));
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
