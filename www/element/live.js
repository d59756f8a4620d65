// @ts-check
/**
 * An element that is under way: its playground, what it shows, and what it tells. All elements of a page share one compiled
 * core and a few seats for workers (seats.js).
 *
 * @typedef {object} Means   what the element itself does
 * @property {ShadowRoot} root
 * @property {CSSStyleSheet} base
 * @property {HTMLElement} stage
 * @property {boolean} isSeen
 * @property {unknown} spec
 * @property {string[]} pictures   views of one picture
 * @property {(name: "epoch" | "goal" | "stop" | "error", detail: object) => void} tell
 * @property {(message: string) => void} fail
 * @property {() => void} drawn
 * @property {() => void} mended
 */
import { nothing, render } from "lit";
import { addressOf, fetchFile } from "../base/files.js";
import { loadPart } from "../base/loadPart.js";
import { randomSeed } from "../base/randomSeed.js";
import { createPlayground } from "../session/playground.js";
import { parseFor, specFrom } from "../settings/spec.js";
import { createFrames } from "../ui/frames.js";
import { forgetTheme } from "../ui/theme.js";
import { autoplays, hashOf, keyOf, problemOf, problemsOf, valueOf } from "./attributes.js";
import { coreOf, createWorker } from "./engine.js";
import { SeatWorker } from "./seatWorker.js";
import { Seats } from "./seats.js";
import { adopt, dress } from "./styles.js";
import { Teller, toldOf } from "./teller.js";
import { defineViews, viewOf } from "./views.js";
import { withStyle } from "./withStyle.js";
import { t } from "../base/text.js";

const seats = new Seats();

/** So long a run that trains is waited for until it stands, in milliseconds: then its last copy has to do. */
const STAND_MS = 1500;

/** @typedef {(playground: import("../session/playground.js").Playground) => void} Act */

/** @param {HTMLElement} host @param {Means} means */
export const open = (host, means) => new Live(host, means);

/** @typedef {import("./seats.js").Sitter} Sitter */

/** @implements {Sitter} */
export class Live {
  #host;
  #means;
  #undress;
  /** @type {import("../session/playground.js").Playground | null} */
  #playground = null;
  /** @type {SeatWorker | null} */
  #worker = null;
  #isAway = false;
  /** Whether the run stands in its worker, and is drawn. */
  #isThere = false;
  /** Whether it shall train, as long as it is seen. */
  #wants = false;
  /** What waits for the run. @type {Act[]} */
  #due = [];
  #isOver = false;
  isPage = false;
  #teller;
  /** Ends what shows what is locked. @type {(() => void) | null} */
  #locks = null;
  isSeen;

  /** @param {HTMLElement} host @param {Means} means */
  constructor(host, means) {
    this.#host = host;
    this.#means = means;
    this.isSeen = means.isSeen;
    this.#undress = dress(means.root, means.base);
    defineViews();
    this.#wants = autoplays(host);
    this.#teller = new Teller(means.tell);
    this.#readGoal();
    seats.ask(this);
  }

  // What its seat asks

  get isSettled() {
    return this.#isThere && !this.#due.length;
  }

  get isTraining() {
    return this.#playground?.store.get().run?.state === "training";
  }

  get isHungry() {
    return (this.#wants && this.isSeen) || this.#due.length > 0;
  }

  sit() {
    if (!this.#playground) return void this.#begin();
    if (!this.#isAway) return;
    this.#isAway = this.#isThere = false;
    this.#worker?.replace();
  }

  async stand() {
    const playground = this.#playground;
    if (playground && this.isTraining) await stands(playground);
    this.#isAway = true;
    this.#worker?.terminate();
  }

  // What the element asks

  /** Whether somebody means it to train, though it may wait for its turn or to be seen. */
  get plays() {
    return this.#wants;
  }

  play() {
    this.#wants = true;
    this.#goOn();
  }

  pause() {
    this.#wants = false;
    this.#goOn();
  }

  step(/** @type {"batch" | "epoch"} */ unit) {
    this.#wants = false;
    this.#later((playground) => playground.step(unit));
  }

  reset() {
    this.#wants = false;
    this.#later((playground) => playground.reset());
  }

  newSeed() {
    this.#later((playground) => playground.newSeed());
  }

  see(/** @type {boolean} */ isSeen) {
    this.isSeen = isSeen;
    this.#goOn();
  }

  get spec() {
    return this.#playground && specFrom(this.#playground.store.get().settings);
  }

  async take(/** @type {unknown} */ spec) {
    try {
      const { take } = await loadPart("document.js");
      if (!this.#isOver)
        this.#later((playground) => this.#try(() => asAuthor(playground, () => take(playground, spec))));
    } catch (error) {
      this.#means.fail(/** @type {Error} */ (error).message);
    }
  }

  get told() {
    return toldOf(this.#playground?.store.get() ?? {}, this.#wants);
  }

  /** An attribute has another value. */
  changed(/** @type {string} */ name) {
    const text = this.#host.getAttribute(name);
    const key = keyOf(name);
    if (name === "goal") return this.#readGoal();
    if (name === "autoplay") return text === null ? undefined : this.play();
    if (name === "data-src") return this.#later(() => void this.#bringRows());
    if (name === "theme" && this.#playground) forgetTheme(this.#playground);
    if (["view", "controls", "theme"].includes(name)) return this.#draw(name === "theme");
    if (name === "class" || name === "style") return;
    this.#later((playground) => {
      const { source } = playground.store.get().settings;
      const problem = text === null ? null : problemOf(source, name, text);
      if (problem !== null) return this.#means.fail(problem);
      this.#means.mended();
      if (key === null) return;
      asAuthor(playground, () =>
        text === null
          ? playground.unset(key)
          : playground.set(key, key === "source" ? text : parseFor(source, key, valueOf(key, text)).value),
      );
    });
  }

  /** Shows what is locked, with the first lock. */
  async #showLocks() {
    const playground = this.#playground;
    if (this.#locks || !playground?.store.get().settings.lock) return;
    this.#locks = () => {};
    const { stage, root, fail } = this.#means;
    try {
      const { attach } = await withStyle(stage, {
        script: "features/locks/part.js",
        style: "features/locks/style.css",
      });
      if (!this.#isOver) this.#locks = attach(stage, playground, root);
    } catch (error) {
      fail(/** @type {Error} */ (error).message);
    }
  }

  dispose() {
    this.#isOver = true;
    this.#locks?.();
    seats.leave(this);
    this.#playground?.dispose();
    this.#worker?.terminate();
    render(nothing, this.#means.stage);
    this.#undress();
  }

  // The run

  #begin() {
    const { fail, stage } = this.#means;
    const host = this.#host;
    const playground = createPlayground({
      spawn: () => this.#spawn(),
      core: coreOf(host.getAttribute("wasm-url")),
      hash: hashOf(host),
      rememberHash() {},
      nextFrame: createFrames(),
      randomSeed,
      fetchSet: (file) => fetchFile(`data/${file}`),
      loadTables: () =>
        withStyle(stage, { script: "features/evaluation/part.js", style: "features/evaluation/style.css" }),
    });
    this.#playground = playground;
    const problems = problemsOf(host, playground.store.get().settings.source);
    if (problems.length) fail(problems.join(" "));
    playground.store.subscribe((state, before) => this.#hear(state, before));
    if (this.#means.spec) void this.take(this.#means.spec);
    if (host.hasAttribute("data-src")) void this.#bringRows();
    void this.#dressed();
  }

  /** Its pictures read their colors from the style: they come after it. */
  async #dressed() {
    try {
      // Whoever reads in colors of their own has them from the beginning.
      const own = matchMedia("(forced-colors: active)").matches ? [adopt("styles/forced.css")] : [];
      await Promise.all([adopt("element.css"), ...own]);
      if (!this.#isOver) this.#draw();
    } catch {
      this.#means.fail(t("element.noStyle"));
    }
  }

  #spawn() {
    const worker = createWorker(this.#host.getAttribute("worker-url"));
    this.#worker = new SeatWorker(worker, () => this.#isOver || seats.ask(this));
    return this.#worker;
  }

  async #bringRows() {
    const address = this.#host.getAttribute("data-src");
    if (!address) return;
    try {
      const response = await fetch(new URL(address, this.#host.baseURI));
      if (!response.ok) throw new Error(String(response.status));
      const rows = await response.blob();
      if (this.#isOver || !this.#playground) return;
      const isThere = await this.#playground.openTable(rows, address.split("/").at(-1) ?? address);
      if (!isThere)
        this.#means.fail(this.#playground.store.get().table.problem ?? t("element.noRows", { address, why: "" }));
    } catch (error) {
      this.#means.fail(t("element.noRows", { address, why: /** @type {Error} */ (error).message }));
    }
  }

  /** Does it as soon as the run stands in a worker. */
  #later(/** @type {Act} */ act) {
    this.#due.push(act);
    this.#goOn();
  }

  #try(/** @type {() => void} */ act) {
    try {
      act();
    } catch (error) {
      this.#means.fail(/** @type {Error} */ (error).message);
    }
  }

  #goOn() {
    const playground = this.#playground;
    if (this.#isOver) return;
    if (this.isHungry) seats.ask(this);
    if (playground && this.#isThere && !this.#isAway && seats.has(this)) {
      for (const act of this.#due.splice(0)) act(playground);
      const shall = this.#wants && this.isSeen;
      if (shall !== playground.isTraining) {
        if (shall) playground.play();
        else playground.pause();
      }
    }
    this.#bar?.requestUpdate();
  }

  /** @param {import("../session/state.js").State} state @param {import("../session/state.js").State} before */
  #hear(state, before) {
    const { frame, run } = state;
    if (run !== before.run && run?.state === "failed") this.#failed(run.why ?? "");
    if (["finished", "diverged"].includes(run?.state ?? "")) this.#wants = false;
    if (frame && frame !== before.frame && !this.#isThere) {
      this.#isThere = true;
      queueMicrotask(() => this.#goOn());
    }
    if (state.settings.lock !== before.settings.lock) void this.#showLocks();
    this.#teller.hear(state, before, this.#wants);
    if (run?.state !== before.run?.state) this.#bar?.requestUpdate();
  }

  #failed(/** @type {string} */ why) {
    const { frame } = this.#playground?.store.get() ?? {};
    this.#wants = false;
    this.#isThere = true;
    this.#means.drawn();
    // One that never began may have been kept from it.
    const own = this.#host.getAttribute("worker-url");
    const { origin } = new URL(addressOf(""));
    const cause = own ? t("element.ownWorker", { own, origin }) : t("element.mayBePolicy", { origin });
    this.#means.fail(frame ? why : `${why} ${cause}`);
  }

  #readGoal() {
    this.#try(() => (this.#teller.goal = this.#host.getAttribute("goal") ?? ""));
  }

  // What is to be seen

  get #bar() {
    return /** @type {import("./bar.js").Bar | null} */ (this.#means.stage.querySelector("ty-yard-bar"));
  }

  #draw(isAnew = false) {
    const playground = this.#playground;
    if (!playground || this.#isOver) return;
    const { stage, drawn, fail } = this.#means;
    if (isAnew) render(nothing, stage);
    this.#try(() => render(viewOf(this.#host, this, playground, fail), stage));
    drawn();
    void this.#showLocks();
  }
}

/** What the host says, its locks don't hold up. @param {import("../session/playground.js").Playground} playground @param {() => unknown} act */
function asAuthor(playground, act) {
  playground.isAuthor = true;
  try {
    act();
  } finally {
    playground.isAuthor = false;
  }
}

/** Resolves when a run stands, and its client has a copy of it. */
async function stands(/** @type {import("../session/playground.js").Playground} */ playground) {
  const { kept, store } = playground;
  const isKept = new Promise((resolve) => {
    playground.kept = (copy) => {
      kept(copy);
      if (store.get().run?.state !== "training") resolve(null);
    };
    const end = store.subscribe(({ run }) => {
      if (run?.state === "training") return;
      end();
      if (run?.state !== "paused") resolve(null);
    });
  });
  playground.pause();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  await Promise.race([isKept, new Promise((resolve) => (timer = setTimeout(resolve, STAND_MS)))]);
  clearTimeout(timer);
  playground.kept = kept;
}
