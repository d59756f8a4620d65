// @ts-check
/** The page of an `<iframe>`: one element as large as the frame, with what the address says as its attributes. */
const words = new URLSearchParams(location.hash.slice(1));
document.documentElement.lang = words.get("lang") ?? "en";

const element = /** @type {import("../trainYard.js").TrainYard} */ (document.createElement("train-yard"));
for (const [name, value] of words)
  try {
    element.setAttribute(
      name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      value,
    );
  } catch {
    // No attribute has such a name: the element could say nothing better of it.
  }
if (!words.has("loading")) element.setAttribute("loading", "eager");

// What happens in the frame, the page around it may hear, and say what to do.
const TOLD = ["epoch", "goal", "stop", "error"];
for (const name of TOLD)
  element.addEventListener(`trainyard-${name}`, (event) =>
    parent.postMessage({ type: event.type, detail: /** @type {CustomEvent} */ (event).detail }, "*"),
  );
const METHODS = /** @type {const} */ (["play", "pause", "step", "reset"]);
addEventListener("message", ({ source, data }) => {
  const method = METHODS.find((name) => name === data?.trainyard);
  if (method && source === parent && parent !== window) void element[method]();
});

await import("./element.js");
document.body.replaceChildren(element);
// Another address in the same frame is another element.
addEventListener("hashchange", () => location.reload());

export {};
