// @ts-check
/**
 * A run that trains shows up to sixty pictures a second, and nobody reads figures so fast: only the picture itself follows
 * each of them. All else hears of them now and then, and nothing while it is out of sight: it catches up as soon as it
 * comes into sight, or the run stands. Of whatever else is new, all hear at once.
 */
import { same } from "../base/store.js";
import { hearing } from "./panel.js";

/** Between two pictures that are told, in milliseconds. */
const EVERY_MS = 80;

/** So far outside the window a panel is still as good as in sight. */
const MARGIN = "30%";

/** @typedef {import("./panel.js").Panel & {turned?: (isNear: boolean) => void}} Panel   `turned`: it came into sight, or left it */
/** @typedef {import("../session/state.js").State} State */

/** Whether each is in sight; until that is known, it is. @type {WeakMap<Panel, boolean>} */
const near = new WeakMap();

/** Who has not heard yet, by what looks. @type {Map<() => void, Panel>} */
const waiting = new Map();
let timer = 0;

const sight = () =>
  new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const panel = /** @type {Panel} */ (target);
        near.set(panel, isIntersecting);
        panel.turned?.(isIntersecting);
      }
      tell();
    },
    { rootMargin: MARGIN },
  );

/** @type {IntersectionObserver | undefined} */
let observer;

/** Whether it is in sight. */
function isNear(/** @type {Panel} */ panel) {
  if (!near.has(panel)) {
    near.set(panel, true);
    (observer ??= sight()).observe(panel);
  }
  return near.get(panel) ?? true;
}

/** Whether a panel is to be as the run is: while that trains, not out of sight. */
export const isWatched = (/** @type {Panel} */ panel) => panel.state.run?.state !== "training" || isNear(panel);

const besides = (/** @type {State} */ state) => Object.values({ ...state, frame: 0, run: state.run?.state });

/** Whether nothing is new but the picture of a run that trains. */
const isPicture = (/** @type {State} */ state, /** @type {State} */ before) =>
  state.run?.state === "training" && same(besides(state), besides(before));

/** The last answer: all panels ask of the same state. @type {{state: State | null, is: boolean}} */
let asked = { state: null, is: false };

/** Those in sight look; those that have left the page don't any more. */
function tell() {
  for (const [look, panel] of [...waiting]) {
    if (panel.isConnected && !isNear(panel)) continue;
    waiting.delete(look);
    if (panel.isConnected) look();
  }
}

/** From now on the panels hear calmly. */
export function calm() {
  hearing.tell = (look, panel, isLive, state, before) => {
    if (asked.state !== state) asked = { state, is: isPicture(state, before) };
    if (!asked.is || (isLive && isNear(panel))) {
      waiting.delete(look);
      return look();
    }
    waiting.set(look, panel);
    timer ||= setTimeout(() => {
      timer = 0;
      tell();
    }, EVERY_MS);
  };
}
