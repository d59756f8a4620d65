// @ts-check
/** A table's columns to choose from. There may be thousands: then a template for each would cost seconds. */
import { Directive, directive } from "lit/directive.js";

class ColumnOptions extends Directive {
  /** @type {string[]} */
  #names = [];
  /** @type {HTMLOptionElement[]} */
  #options = [];
  #fragment = new DocumentFragment();

  render(/** @type {string[]} */ names, /** @type {string} */ chosen) {
    if (names.length !== this.#names.length || names.some((name, i) => name !== this.#names[i])) {
      this.#options = names.map((name) =>
        Object.assign(document.createElement("option"), { value: name, textContent: name }),
      );
      this.#fragment = new DocumentFragment(); // one node for Lit, in place of thousands
      this.#fragment.append(...this.#options);
      this.#names = names;
    }
    const index = names.indexOf(chosen);
    if (this.#options[index]) this.#options[index].selected = true;
    return this.#fragment;
  }
}

/** The options of a select, one of them chosen. */
export const columnOptions = directive(ColumnOptions);
