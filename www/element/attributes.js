// @ts-check
/**
 * What attributes say: settings by their keys in the link (`learning-rate`, `batch-size`, `layers`), or by the last word of
 * their path in the Spec (`max-epochs`).
 */
import { SETTINGS, isSetting, settingOf } from "../settings/config.js";
import { parse } from "../settings/parse.js";
import { parseFor } from "../settings/spec.js";
import { camel, kebab } from "../base/letterCase.js";
import { t } from "../base/text.js";

/** About the element itself. */
const OWN = ["autoplay", "controls", "data-src", "goal", "loading", "theme", "view", "wasm-url", "worker-url"];

/** What any element may have. */
const COMMON =
  /^(accesskey|class|dir|draggable|height|hidden|id|inert|is|itemprop|lang|name|nonce|part|role|slot|style|tabindex|title|translate|width|xmlns|aria-.*|data-.*|on.*|[^a-z].*|.*[:.].*)$/;

/** The keys of settings by what an attribute may call them. */
const KEYS = new Map(
  [
    // Several settings may end in the same word: then only their keys name them.
    ...SETTINGS.flatMap(({ key, path }) => {
      const last = path?.split(".").at(-1) ?? "";
      const isAlone = SETTINGS.filter((row) => row.path?.split(".").at(-1) === last).length === 1;
      return path && isAlone ? [/** @type {[string, string]} */ ([kebab(last), key])] : [];
    }),
    ...SETTINGS.map(({ key }) => /** @type {[string, string]} */ ([kebab(key), key])),
  ].filter(([name]) => !OWN.includes(name) && !COMMON.test(name)),
);

export const keyOf = (/** @type {string} */ name) => KEYS.get(name) ?? null;

const isOther = (/** @type {string} */ name) => !KEYS.has(name) && !OWN.includes(name) && !COMMON.test(name);

/** A name that differs by a letter or two from what was written. */
function nearest(/** @type {string} */ name) {
  const far = (/** @type {string} */ a, /** @type {string} */ b) => {
    let row = [...Array(b.length + 1).keys()];
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++)
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + Number(a[i - 1] !== b[j - 1]));
      row = next;
    }
    return row[b.length];
  };
  const [best] = [...KEYS.keys(), ...OWN].map((one) => ({ one, by: far(name, one) })).sort((a, b) => a.by - b.by);
  return best.by < 3 ? best.one : null;
}

/** What can't be used of an attribute, in a sentence; null where it can. @param {string} source @param {string} name @param {string} text */
export function problemOf(source, name, text) {
  if (isOther(name)) {
    const near = nearest(name);
    return near ? t("element.noAttributeNear", { name, near }) : t("element.noAttribute", { name });
  }
  const key = keyOf(name);
  const problem =
    key === null
      ? null
      : key === "source"
        ? parse(settingOf(key), text).problem
        : parseFor(source, key, valueOf(key, text)).problem;
  return problem === null ? null : t("element.attributeRefused", { name, text, problem });
}

/** A flag that stands there alone is set; a lock names settings as attributes do. */
export const valueOf = (/** @type {string} */ key, /** @type {string} */ text) =>
  settingOf(key).type === "flag" && text === ""
    ? "true"
    : key === "lock"
      ? text
          .split(",")
          .map((name) => keyOf(name.trim()) ?? name.trim())
          .join(",")
      : text;

/** The attributes as the link has them. @param {Element} host */
export const hashOf = (host) =>
  [...host.attributes]
    .flatMap(({ name, value }) => {
      const key = keyOf(name);
      return key === null ? [] : [`${key}=${encodeURIComponent(valueOf(key, value))}`];
    })
    .join("&");

/** Every attribute that can't be used, in a sentence each. @param {Element} host @param {string} source */
export const problemsOf = (host, source) =>
  [...host.attributes].flatMap(({ name, value }) => problemOf(source, name, value) ?? []);

/** Whether it trains as soon as it is in sight. @param {Element} host */
export const autoplays = (host) =>
  host.hasAttribute("autoplay") && !matchMedia("(prefers-reduced-motion: reduce)").matches;

/** What the reader may have besides settings: buttons, and figures of the run. */
export const BUTTONS = ["play", "step", "reset", "new-seed"];
export const FIGURES = /** @type {const} */ ([
  "epoch",
  "steps",
  "training-loss",
  "validation-loss",
  "test-loss",
  "training-accuracy",
  "test-accuracy",
]);

/** The names among `controls`; throws a sentence for what is none. @param {string} text @param {string[]} [others]   what there is besides */
export function controlsOf(text, others = []) {
  const names = text.split(",").map((name) => name.trim());
  const wanted = names.filter((name) => name && name !== "none");
  const known = [...BUTTONS, ...FIGURES, ...others];
  for (const name of wanted)
    if (!known.includes(name) && !isSetting(camel(name)))
      throw new Error(t("element.noControl", { name, names: known.join(", ") }));
  return wanted;
}
