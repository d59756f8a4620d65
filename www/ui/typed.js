// @ts-check
/** A field's text: what somebody is typing stays until it is entered or left, whatever is drawn meanwhile. */
import { noChange } from "lit";
import { Directive, directive } from "lit/directive.js";

class Typed extends Directive {
  #isTyping = false;
  /** @type {HTMLInputElement | null} */
  #input = null;
  #text = "";

  /** @param {string} text */
  render(text) {
    return text;
  }

  /** @param {import("lit/directive.js").PropertyPart} part @param {[string]} values */
  update(part, [text]) {
    const input = /** @type {HTMLInputElement} */ (part.element);
    if (this.#input !== input) this.#follow(input);
    // Another value from elsewhere goes before what is typed.
    const isOther = text !== this.#text && Number(text) !== Number(input.value);
    this.#text = text;
    return (this.#isTyping && !isOther) || input.value === text ? noChange : text;
  }

  #follow(/** @type {HTMLInputElement} */ input) {
    this.#input = input;
    input.addEventListener("input", () => (this.#isTyping = true));
    for (const name of ["change", "blur"]) input.addEventListener(name, () => (this.#isTyping = false));
  }
}

export const typed = directive(Typed);
