// @ts-check
/**
 * `<train-yard>`: the class alone; define.js gives it its name. All that it needs to show and to train is loaded when it comes
 * near the viewport, at once, or by a click. Until then there is what stands in the tag.
 */
import { importFile } from "../base/files.js";
import { coreOf } from "./engine.js";
import { t } from "../base/text.js";

/** So far from the viewport its scripts are asked for. */
const NEAR = "300px";

const base = new CSSStyleSheet();
base.replaceSync(
  ":host{display:block;--rem:max(1rem,14px)}:host([hidden]),[hidden]{display:none!important}" +
    ".start,.lack{display:block;margin:.5rem 0;padding:.5rem 1rem;font:inherit;color:inherit}" +
    ".start{min-block-size:2.75rem;border:1px solid;border-radius:.5rem;background:none;cursor:pointer}" +
    ".frame{display:block;border:0;width:100%;height:100%;min-height:40rem}" +
    ".lack{border:1px solid;border-inline-start-width:.25rem}",
);

/** What the host's own policy refused last: it says more than an import that failed. */
let refused = "";
document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
  refused = t("element.policy", { directive: effectiveDirective, address: blockedURI });
});

/** @param {(element: TrainYard, isIn: boolean) => void} tell @param {string} [rootMargin] */
const watching = (tell, rootMargin) =>
  new IntersectionObserver(
    (entries) => {
      // Of an element that moved fast only the last counts.
      for (const [element, isIn] of new Map(entries.map(({ target, isIntersecting }) => [target, isIntersecting])))
        tell(/** @type {TrainYard} */ (element), isIn);
    },
    { rootMargin },
  );

/** Views of one picture; all else is the whole page, in a frame of its own. */
const PICTURES = ["field", "curve", "network", "loss", "confusion", "roc", "surface"];

/** @typedef {import("./live.js").Live | import("./frame.js").Frame} Live */
/** @typedef {"epoch" | "goal" | "stop" | "error"} Told */

export class TrainYard extends HTMLElement {
  static #near = watching((element, isIn) => isIn && element.#lookedFor(), NEAR);
  static #seen = watching((element, isIn) => {
    element.#isSeen = isIn;
    element.#live?.see(isIn);
  });

  #root = this.attachShadow({ mode: "open" });
  #stage = document.createElement("div");
  #slot = document.createElement("slot");
  #start = document.createElement("button");
  #lack = document.createElement("p");
  #isSeen = false;
  /** @type {Live | null} */
  #live = null;
  /** @type {Promise<Live> | null} */
  #opening = null;
  /** Which life it leads: what an earlier one still brings is dropped. */
  #life = 0;
  /** @type {unknown} */
  #spec = null;
  #attributes = new MutationObserver((records) => {
    for (const name of new Set(records.map(({ attributeName }) => attributeName ?? ""))) this.#changed(name);
  });

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [base];
    this.#stage.className = "yard";
    this.#stage.hidden = this.#lack.hidden = this.#start.hidden = true;
    this.#start.type = "button";
    this.#start.className = "start";
    this.#start.textContent = t("element.start");
    this.#start.addEventListener("click", () => void this.play());
    this.#lack.className = "lack";
    this.#lack.setAttribute("role", "alert");
    this.#root.append(this.#slot, this.#start, this.#stage, this.#lack);
    // What was set before the element was known.
    if (Object.hasOwn(this, "spec")) {
      const { spec } = this;
      Reflect.deleteProperty(this, "spec");
      this.spec = spec;
    }
  }

  connectedCallback() {
    TrainYard.#near.observe(this);
    TrainYard.#seen.observe(this);
    this.#attributes.observe(this, { attributes: true });
    this.#start.hidden = this.getAttribute("loading") !== "click" || Boolean(this.#opening);
    if (this.getAttribute("loading") === "eager") void this.#open();
  }

  /** Moved within the page: all goes on. */
  connectedMoveCallback() {}

  disconnectedCallback() {
    TrainYard.#near.unobserve(this);
    TrainYard.#seen.unobserve(this);
    // Taken out and put in again in one task, it goes on.
    setTimeout(() => this.isConnected || this.#free());
  }

  /** The experiment as one document. A new one starts anew. */
  get spec() {
    return this.#live?.spec ?? this.#spec;
  }

  set spec(spec) {
    this.#spec = spec;
    void this.#live?.take(spec);
  }

  /** Where the run stands, with its figures; test figures are null while they are locked. @returns {import("./teller.js").YardState} */
  get state() {
    return this.#live?.told ?? { status: this.#opening ? "loading" : "waiting", epoch: 0, step: 0, why: null };
  }

  /** Trains as long as it is in sight. Each of these resolves when it is obeyed, or it has been told why not. */
  play() {
    return this.#act((live) => live.play());
  }

  pause() {
    return this.#live?.pause();
  }

  /** One batch, or one epoch. */
  step(/** @type {"batch" | "epoch"} */ unit = "batch") {
    return this.#act((live) => live.step(unit));
  }

  /** The same start again. */
  reset() {
    return this.#act((live) => live.reset());
  }

  #lookedFor() {
    if (this.getAttribute("loading") !== "click") void this.#open();
  }

  async #act(/** @type {(live: Live) => void} */ act) {
    const live = await this.#open();
    if (live) act(live);
  }

  async #open() {
    const life = this.#life;
    this.#opening ??= this.#bring();
    try {
      return await this.#opening;
    } catch (error) {
      if (life !== this.#life) return null;
      this.#opening = null;
      this.#fail(`${t("element.notLoaded")} ${refused || /** @type {Error} */ (error).message}`);
      return null;
    }
  }

  async #bring() {
    const life = this.#life;
    this.#start.hidden = true;
    this.#lack.hidden = true;
    const isPage = !PICTURES.includes(this.getAttribute("view") ?? "");
    // The largest file is asked for at once: whoever waits for it tells what became of it.
    if (!isPage) coreOf(this.getAttribute("wasm-url")).catch(() => {});
    const { open } = await importFile(isPage ? "frame.js" : "live.js");
    if (life !== this.#life) throw new Error(t("element.gone"));
    this.#live = open(this, {
      root: this.#root,
      base,
      stage: this.#stage,
      isSeen: this.#isSeen,
      spec: this.#spec,
      pictures: PICTURES,
      tell: (/** @type {Told} */ name, /** @type {object} */ detail) => this.#tell(name, detail),
      fail: (/** @type {string} */ message) => this.#fail(refused ? `${message} ${refused}` : message),
      drawn: () => {
        this.#slot.hidden = true;
        this.#stage.hidden = false;
      },
      mended: () => (this.#lack.hidden = true),
    });
    return /** @type {Live} */ (this.#live);
  }

  #changed(/** @type {string} */ name) {
    if (name === "loading") {
      if (this.getAttribute(name) === "eager") void this.#open();
    } else if (name === "view") this.#viewChanged();
    else this.#live?.changed(name);
  }

  /** Between one picture and the whole page there is nothing in common. */
  #viewChanged() {
    const isPage = !PICTURES.includes(this.getAttribute("view") ?? "");
    if (!this.#live || this.#live.isPage === isPage) return this.#live?.changed("view");
    this.#free();
    this.connectedCallback();
    void this.#open();
  }

  #tell(/** @type {Told} */ name, /** @type {object} */ detail) {
    this.dispatchEvent(new CustomEvent(`trainyard-${name}`, { detail, bubbles: true, composed: true }));
  }

  #fail(/** @type {string} */ message) {
    if (!this.isConnected) return;
    this.#lack.textContent = message;
    this.#lack.hidden = false;
    this.#tell("error", { message });
  }

  #free() {
    this.#life += 1;
    this.#attributes.disconnect();
    this.#live?.dispose();
    this.#live = this.#opening = null;
    this.#stage.hidden = this.#lack.hidden = true;
    this.#slot.hidden = false;
    this.#root.adoptedStyleSheets = [base];
  }
}
