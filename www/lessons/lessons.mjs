// The lessons as files have them: what is trained in each (specs/), and what it says (a folder a language). For the build
// and for tests; no page loads this.
import fs from "node:fs";

const here = (name) => new URL(name, import.meta.url);
const read = (name) => JSON.parse(fs.readFileSync(here(name), "utf8"));

/**
 * The link of a lesson's run with another value of the one setting that the reader may change.
 *
 * @param {{start: string, change: {setting: string}}} lesson
 * @param {string} value
 */
export function changed({ start, change: { setting } }, value) {
  const parts = start.split("&").filter((part) => !part.startsWith(`${setting}=`));
  const at = start.split("&").findIndex((part) => part.startsWith(`${setting}=`));
  parts.splice(at < 0 ? parts.length : at, 0, `${setting}=${value}`);
  // What is written nowhere is at its default: the start stays as it is.
  return at < 0 && value === DEFAULTS[setting] ? start : parts.join("&");
}

const DEFAULTS = { patience: "off" };

/** What an experiment shows beside the epoch, by what its goal is about. */
const FIGURES = {
  trainingLoss: "training-loss",
  testAccuracy: "training-accuracy,test-accuracy",
  validationAccuracy: "training-loss,validation-loss",
  step: "steps,test-loss",
};

/** In the order of the process. */
export const LESSONS = read("order.json").map((id) => {
  const lesson = { id, ...read(`specs/${id}.json`) };
  const { values } = lesson.change;
  return {
    ...lesson,
    /** Buttons and figures of the experiment. */
    controls: `play,step,reset,epoch,${FIGURES[lesson.goal.measure] ?? "training-loss,test-loss"}`,
    /** The run that the text asks for. */
    goalStart: changed(lesson, lesson.reached ?? values.at(-1)),
  };
});

export const GLOSSARY = fs.existsSync(here("glossary.json")) ? read("glossary.json") : [];

/** The text of a lesson. */
export const textOf = (id, language) => fs.readFileSync(here(`${language}/${id}.md`), "utf8");

/** How a claim's figure stands in the text. */
export function saidOf({ percent, decimals, grouped }, value) {
  if (typeof value !== "number") return String(value);
  if (percent) return `${Number((value * 100).toFixed(1))}%`;
  if (decimals !== undefined) return value.toFixed(decimals).replace("-", "−");
  if (grouped) return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
  return String(value);
}
