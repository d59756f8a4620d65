// @ts-check
/** The experiment as a document, given to an element: loaded with the first of them. */
import { settingsOf, withView } from "../settings/fromSpec.js";
import { writeHash } from "../settings/url.js";

/** Gives a Spec to a playground; throws a sentence for what can't be taken over. @param {import("../session/playground.js").Playground} playground @param {unknown} spec */
export function take(playground, spec) {
  const settings = withView(settingsOf(spec), playground.store.get().settings);
  playground.take(settings, settings);
}

/** A Spec as a link; throws likewise. @param {unknown} spec */
export const linkOf = (spec) => writeHash(settingsOf(spec), true);
