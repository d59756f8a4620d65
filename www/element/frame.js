// @ts-check
/**
 * The whole playground as an element: the page itself in a frame, since it is laid out for a viewport and has keys of its own.
 * It says how its run stands and does what it is asked, by messages (app/later/host.js).
 *
 * @typedef {import("./teller.js").Shown} Shown
 */
import { addressOf } from "../base/files.js";
import { camel } from "../base/letterCase.js";
import { loadPart } from "../base/loadPart.js";
import { settingOf } from "../settings/config.js";
import { autoplays, controlsOf, hashOf, problemsOf } from "./attributes.js";
import { Teller, toldOf } from "./teller.js";
import { t } from "../base/text.js";

/** Steps of the page by which it may begin, and its small layout. */
const STEPS = (settingOf("view").choices ?? []).map(({ value }) => value);
const VIEWS = ["page", "compact", ...STEPS];

/** What else the page has that a control may be. */
const HIDEABLE = (settingOf("hide").choices ?? []).map(({ value }) => value);

/** @param {HTMLElement} host @param {import("./live.js").Means} means */
export const open = (host, means) => new Frame(host, means);

export class Frame {
  isPage = true;
  #host;
  #means;
  #frame = document.createElement("iframe");
  /** @type {Shown & {spec?: unknown}} */
  #now = { shown: -1, run: null, frame: null };
  #teller;
  /** What waits for the page. @type {object[]} */
  #due = [];
  #isThere = false;
  /** Whether it pauses because nobody sees it. */
  #isHeld = false;
  #listen = (/** @type {MessageEvent} */ { source, data }) => {
    if (source === this.#frame.contentWindow && data?.type === "trainyard-state") this.#hear(data);
  };

  /** @param {HTMLElement} host @param {import("./live.js").Means} means */
  constructor(host, means) {
    this.#host = host;
    this.#means = means;
    this.#teller = new Teller(means.tell);
    this.#readGoal();
    const frame = this.#frame;
    frame.className = "frame";
    frame.title = host.getAttribute("aria-label") ?? t("element.playground");
    frame.allow = "clipboard-write; fullscreen; microphone; camera";
    addEventListener("message", this.#listen);
    this.#show();
    means.stage.replaceChildren(frame);
    means.drawn();
    if (means.spec) void this.take(means.spec);
    if (autoplays(host)) this.play();
  }

  get told() {
    return toldOf(this.#now, this.#isHeld);
  }

  get spec() {
    return this.#now.spec ?? null;
  }

  play() {
    this.#isHeld = false;
    this.#ask({ trainyard: "play" });
  }

  pause() {
    this.#isHeld = false;
    this.#ask({ trainyard: "pause" });
  }

  step(/** @type {"batch" | "epoch"} */ unit) {
    this.#isHeld = false;
    this.#ask({ trainyard: "step", unit });
  }

  reset() {
    this.#isHeld = false;
    this.#ask({ trainyard: "reset" });
  }

  async take(/** @type {unknown} */ spec) {
    try {
      const { linkOf } = await loadPart("document.js");
      this.#go(linkOf(spec));
    } catch (error) {
      this.#means.fail(/** @type {Error} */ (error).message);
    }
  }

  /** Out of sight it pauses, and goes on when it is seen again, unless it was put elsewhere meanwhile. */
  see(/** @type {boolean} */ isSeen) {
    const state = this.#now.run?.state;
    if (!isSeen && state === "training") {
      this.#isHeld = true;
      this.#ask({ trainyard: "pause" });
    } else if (isSeen && this.#isHeld) {
      this.#isHeld = false;
      if (state === "paused") this.#ask({ trainyard: "play" });
    }
  }

  changed(/** @type {string} */ name) {
    if (name === "goal") this.#readGoal();
    else if (!["class", "style", "autoplay"].includes(name)) this.#show();
  }

  dispose() {
    removeEventListener("message", this.#listen);
    this.#means.stage.replaceChildren();
  }

  #show() {
    const { fail, mended } = this.#means;
    const view = this.#host.getAttribute("view") ?? "page";
    const source = this.#host.getAttribute("source") ?? settingOf("source").default;
    const problems = problemsOf(this.#host, source);
    if (!VIEWS.includes(view))
      problems.push(t("element.noView", { view, names: [...this.#means.pictures, ...VIEWS].join(", ") }));
    try {
      controlsOf(this.#host.getAttribute("controls") ?? "", HIDEABLE);
    } catch (error) {
      problems.push(/** @type {Error} */ (error).message);
    }
    if (problems.length) fail(problems.join(" "));
    else mended();
    this.#go(hashOf(this.#host));
  }

  /** Another experiment in the same page. @param {string} experiment   as links have it */
  #go(experiment) {
    const view = this.#host.getAttribute("view") ?? "page";
    const parts = [experiment, ...this.#layout(view)].filter(Boolean);
    const link = `${addressOf("../index.html")}#${parts.join("&")}`;
    if (!this.#frame.src) this.#frame.src = link;
    else this.#frame.contentWindow?.location.replace(link);
  }

  /** What of the page there is. @param {string} view */
  *#layout(view) {
    const lang = globalThis.TRAINYARD_LANGUAGE;
    if (lang) yield `lang=${lang}`;
    if (view === "compact") yield "embed=compact";
    else if (STEPS.includes(view)) yield `view=${view}`;
    const controls = this.#host.getAttribute("controls");
    if (controls === null || this.#host.hasAttribute("hide")) return;
    const shown = new Set([
      "question",
      ...controls.split(",").map((name) => camel(name.trim()).replace("newSeed", "seed")),
    ]);
    const hidden = HIDEABLE.filter((part) => !shown.has(part));
    yield `hide=${hidden.join(",")}`;
  }

  #ask(/** @type {object} */ message) {
    if (this.#isThere) this.#send(message);
    else this.#due.push(message);
  }

  #send(/** @type {object} */ message) {
    this.#frame.contentWindow?.postMessage(message, "*");
  }

  #hear(/** @type {Shown & {spec?: unknown, isThere?: boolean}} */ data) {
    if (data.isThere) return this.#send({ trainyard: "hello" });
    const before = this.#now;
    this.#now = { spec: before.spec, ...data };
    if (data.run?.state === "failed" && before.run?.state !== "failed") this.#means.fail(data.run.why ?? "");
    this.#teller.hear(data, before, this.#isHeld);
    if (this.#isThere || !data.frame) return;
    this.#isThere = true;
    for (const message of this.#due.splice(0)) this.#send(message);
  }

  #readGoal() {
    try {
      this.#teller.goal = this.#host.getAttribute("goal") ?? "";
    } catch (error) {
      this.#means.fail(/** @type {Error} */ (error).message);
    }
  }
}
