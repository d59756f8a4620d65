// @ts-check
/** An input of the question that the net is asked, as a number. */
import { numberField, numberOf } from "../../ui/numberField.js";
import { typed } from "../../ui/typed.js";

/** @param {import("../../ui/panel.js").Panel} panel @param {unknown} label @param {number} i   which input */
export function askField(panel, label, i) {
  const id = `${panel.uid}-${i}`;
  const now = () => panel.state.ask[i] ?? 0;
  // Half a number ("-", "1e") is not a question yet.
  const set = (/** @type {number} */ asked) =>
    Number.isFinite(asked) && panel.playground.askAbout(panel.state.ask.map((one, j) => (i === j ? asked : one)));
  return numberField({
    id,
    label,
    text: typed(String(now())),
    type: (text) => set(numberOf(text)),
    enter: (_, input) => (input.value = String(now())),
    go: (by) => set(Number((now() + by).toPrecision(9))),
  });
}
