// @ts-check
/**
 * Opens an experiment that was kept or saved. One that comes from outside is opened in a playground of its own first, with
 * a worker of its own: only what stands there, rows, Spec and checkpoint, takes the place of the run on the page.
 *
 * @typedef {import("../../session/playground.js").Playground} Playground
 * @typedef {{link: string, checkpoint: Uint8Array | null, table: {title: string, csv: string} | null, looks?: number, engines?: import("../../session/computedBy.js").Engine[] | null}} Experiment
 */
import { carriedOn } from "../../session/computedBy.js";
import { recallLooks } from "../../session/locks.js";
import { opened } from "../../session/opened.js";
import { Playground as Trial } from "../../session/playground.js";
import { heldIn } from "../../settings/held.js";
import { NOTHING_DRAWN } from "../../settings/sources.js";
import { readHash } from "../../settings/url.js";
import { t } from "../../base/text.js";

/** So long a trial may take, in milliseconds. */
const TRIAL_MS = 60_000;

/** Throws a sentence for what can't be opened here. @param {Playground} playground @param {Experiment} experiment */
export async function tryOut(playground, experiment) {
  const trial = new Trial({
    ...playground.parts,
    hash: experiment.table ? "" : experiment.link,
    rememberHash: () => {},
  });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise(
    (_, reject) => (timer = setTimeout(() => reject(new Error(t("share.couldNotOpenedWithin"))), TRIAL_MS)),
  );
  try {
    // No run comes of such a drawing.
    if (trial.store.get().run === NOTHING_DRAWN.run) throw new Error(t("share.drawingWithoutPoints"));
    await Promise.race([restore(trial, experiment, true), late]);
  } finally {
    clearTimeout(timer);
    trial.dispose();
  }
}

/** @param {Playground} playground @param {Experiment} experiment @param {boolean} [isOpening]   whether its link is being opened already */
export async function restore(playground, { link, checkpoint, table, looks = 0, engines = null }, isOpening = false) {
  const experiment = readHash(link);
  const { settings } = playground.store.get();
  const held = heldIn(settings, experiment.settings);
  if (held) throw new Error(held);
  if (table) {
    experiment.settings.lock = settings.lock ?? experiment.settings.lock;
    const isRead = await playground.withTables((run) => run.openWith(table, experiment));
    if (!isRead) throw new Error(t("share.partReadsTablesCould"));
  } else if (!isOpening) playground.openLink(link, { isAddress: false });
  await opened(playground);
  recallLooks(playground.store, looks);
  if (!checkpoint) return;
  await playground.client.load(checkpoint);
  carriedOn(playground, engines);
}
