// @ts-check
/** Files of our own that are dropped on the page: an experiment, or weights. Any other is for who listens besides. */

/** What an experiment's file begins with (features/share/experimentFile.js). */
const EXPERIMENT = /^\s*\{\s*"trainyard"\s*:/;
/** Bytes in which that stands. */
const HEAD = 64;

/** Drops of files that were looked at, and are for others: they come by a second time. @type {WeakSet<Event>} */
const foreign = new WeakSet();

/**
 * Returns the function that ends it.
 *
 * @param {HTMLElement} root
 * @param {(file: File) => unknown} opened
 */
export function followDroppedFiles(root, opened) {
  const { ownerDocument: page } = root;
  const drop = (/** @type {DragEvent} */ event) => {
    const file = event.dataTransfer?.files[0];
    if (!file || foreign.has(event) || !/\.(json|safetensors)$/i.test(file.name)) return;
    event.preventDefault();
    event.stopPropagation();
    page.querySelectorAll("[data-dropping]").forEach((marked) => marked.removeAttribute("data-dropping"));
    void isOurs(file).then((is) => {
      if (is) return void opened(file);
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(file);
      const again = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer });
      foreign.add(again);
      event.target?.dispatchEvent(again);
    });
  };
  page.addEventListener("drop", drop, true);
  return () => page.removeEventListener("drop", drop, true);
}

async function isOurs(/** @type {File} */ file) {
  return /\.safetensors$/i.test(file.name) || EXPERIMENT.test(await file.slice(0, HEAD).text());
}
