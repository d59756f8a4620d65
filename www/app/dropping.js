// @ts-check
/** A file may be dropped anywhere: without this, the browser would leave the page for it. */

/**
 * Returns the function that ends it.
 *
 * @param {HTMLElement} root
 * @param {(file: File) => void} opened
 */
export function listenToDrops(root, opened) {
  const isFile = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files") ?? false;
  const mark = (/** @type {boolean} */ isOver) => root.toggleAttribute("data-dropping", isOver);
  /** @type {Record<string, (event: DragEvent) => void>} */
  const listeners = {
    dragover(/** @type {DragEvent} */ event) {
      if (!isFile(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
      mark(true);
    },
    dragleave(/** @type {DragEvent} */ event) {
      if (!(event.relatedTarget instanceof Node && root.contains(event.relatedTarget))) mark(false);
    },
    drop(/** @type {DragEvent} */ event) {
      mark(false);
      if (!isFile(event)) return;
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file) opened(file);
    },
  };
  for (const [name, listener] of /** @type {[string, EventListener][]} */ (Object.entries(listeners)))
    root.addEventListener(name, listener);
  return () =>
    Object.entries(listeners).forEach(([name, listener]) =>
      root.removeEventListener(name, /** @type {EventListener} */ (listener)),
    );
}
