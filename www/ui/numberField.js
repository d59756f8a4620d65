// @ts-check
/** A number to be typed. What is being typed is left alone: `text` comes by ui/typed.js or ui/unlessTyped.js. */
import { html, nothing } from "lit";
import { given } from "./given.js";
import { labeled } from "./labeled.js";

/**
 * @typedef {object} NumberField
 * @property {string} [name]    where its label says too little
 * @property {string} [key]     of the setting
 * @property {string} [about]   the id of what tells more, such as why it is refused
 * @property {string | symbol} [hint]   what an empty field means
 * @property {"decimal" | "numeric" | "text"} [mode]   the keys of a phone: with a point, whole numbers, or a list of them
 * @property {unknown} text
 * @property {boolean} [isWrong]
 * @property {(text: string, input: HTMLInputElement) => unknown} [enter]   once it is entered
 * @property {(text: string, input: HTMLInputElement) => unknown} [type]   with each key
 * @property {((by: number) => unknown) | null} [go]   up and down, by the arrow keys
 * @property {(by: number) => unknown} [end]   what stands at its ends
 * @property {boolean} [disabled]
 */

/** @param {import("./labeled.js").Labeled & NumberField} how */
export function numberField(how) {
  const {
    id,
    name = nothing,
    key = nothing,
    problem,
    about = problem ? `${id}-problem` : nothing,
    hint = nothing,
  } = how;
  const { mode = "decimal", text, isWrong = !!problem, enter, type, go, end = () => nothing, disabled } = how;
  const arrows = (/** @type {KeyboardEvent} */ event) => {
    const by = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    if (!by || !go) return;
    event.preventDefault();
    go(by);
  };
  return labeled(
    how,
    html`
      <span class="number">
        ${end(-1)}
        <input type="text" inputmode=${mode} autocomplete="off" placeholder=${hint} id=${id} aria-label=${name} data-setting=${key}
          aria-invalid=${isWrong} aria-describedby=${about} ?disabled=${disabled}
          .value=${text} @change=${given(enter)} @input=${given(type)} @keydown=${arrows} />
        ${end(1)}
      </span>
    `,
  );
}

/** A number as it is typed, with a comma too; not a number where it isn't one yet. */
export const numberOf = (/** @type {string} */ text) => Number(text.trim().replace("−", "-").replace(",", ".") || NaN);
