// @ts-check
/** Gives elements their names, each once however often a part is loaded. */
export function defineAll(/** @type {Record<string, CustomElementConstructor>} */ views, registry = customElements) {
  for (const [name, view] of Object.entries(views)) if (!registry.get(name)) registry.define(name, view);
}
