// @ts-check
/**
 * What all views share: an element that draws into its own light DOM, so that one stylesheet
 * serves them all, and draws again when what it picked from the store has changed.
 */
import { same } from "../base/store.js";
import { info } from "./explain.js";
import { turn } from "./turns.js";
import { ViewElement } from "./viewElement.js";

let lastUid = 0;

/** A phone held upright: one column, as in the stylesheet. */
const NARROW = "(max-width: 47.4375em)";

/**
 * Says when a panel looks whether what it follows has changed: at once, until calm.js is there.
 *
 * @typedef {import("../session/state.js").State} State
 * @type {{tell: (look: () => void, panel: Panel, isLive: boolean, state: State, before: State) => void}}
 */
export const hearing = { tell: (look) => look() };

export class Panel extends ViewElement {
  static properties = { playground: { attribute: false } };

  /** @type {(() => void)[]} */
  #ends = [];

  constructor() {
    super();
    /** @type {import("../session/playground.js").Playground} set by whoever makes the element */
    this.playground = /** @type {never} */ (undefined);
    /** Makes ids unique when several playgrounds stand on one page. */
    this.uid = `ty${++lastUid}`;
  }

  get state() {
    return this.playground.store.get();
  }

  /**
   * What the template is made from: it is rendered again when one of these changes.
   *
   * @param {import("../session/playground.js").State} _state
   * @returns {unknown[]}
   */
  picks(_state) {
    return [];
  }

  /** Whether there is room for one column only. */
  get isNarrow() {
    return matchMedia(NARROW).matches;
  }

  /** The first drawing waits for its turn. */
  async scheduleUpdate() {
    if (!this.hasUpdated) await turn();
    super.scheduleUpdate();
  }

  connectedCallback() {
    super.connectedCallback();
    const query = matchMedia(NARROW);
    const redraw = () => this.requestUpdate();
    query.addEventListener("change", redraw);
    this.atEnd(() => query.removeEventListener("change", redraw));
    this.follow(
      (state) => this.picks(state),
      () => this.requestUpdate(),
    );
  }

  /** @param {import("./viewElement.js").Changed} changed */
  update(changed) {
    // A browser's translator moves every text into elements of its own, where Lit would no longer find it.
    const wraps = this.getElementsByTagName("font");
    while (wraps.length) wraps[0].replaceWith(wraps[0].textContent ?? "");
    super.update(changed);
  }

  updated() {
    info.mark(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const end of this.#ends) end();
    this.#ends = [];
  }

  /**
   * Calls `listener` when what `select` picks changes, as long as the element is on the page.
   *
   * @template V
   * @param {(state: import("../session/playground.js").State) => V} select
   * @param {(value: V) => void} listener
   * @param {boolean} [isLive]   whether it hears of every picture; else of some of those that a run shows while it trains
   */
  follow(select, listener, isLive = false) {
    const { store } = this.playground;
    let told = select(store.get());
    const look = () => {
      const now = select(store.get());
      if (same(now, told)) return;
      told = now;
      listener(now);
    };
    this.#ends.push(store.subscribe((...states) => hearing.tell(look, this, isLive, ...states)));
  }

  /** Calls `end` when the element leaves the page. */
  atEnd(/** @type {() => void} */ end) {
    this.#ends.push(end);
  }
}
