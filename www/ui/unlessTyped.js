// @ts-check
/** What a text field shows, but for the one that somebody is typing into: that one is theirs until they leave it. */
import { noChange } from "lit";
import { Directive, directive } from "lit/directive.js";

class UnlessTyped extends Directive {
  /** @param {string} value */
  render(value) {
    return value;
  }

  /** @param {import("lit/directive.js").PropertyPart} part @param {[string]} values */
  update({ element }, [value]) {
    const input = /** @type {HTMLInputElement} */ (element);
    if (input.value !== value && !input.matches(":focus")) input.value = value;
    return noChange;
  }
}

export const unlessTyped = directive(UnlessTyped);
