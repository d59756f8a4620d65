// @ts-check
/**
 * What a link shows its reader: which parts of the page, and the words above it. The link, the embed code, and the QR code
 * are all made from this draft.
 *
 * @typedef {import("../../settings/spec.js").Settings} Settings
 * @typedef {"page" | "panels" | "compact"} Layout
 * @typedef {{hide: string[], lock: string[], title: string, question: string, aim: string, hint: string, lang: string, embed: string, control: string, height: number}} Draft
 */
import { applies, isSetting, settingOf } from "../../settings/config.js";
import { escaped } from "../../base/escaped.js";
import { t } from "../../base/text.js";

/** What may be hidden, by where it is on the page. */
export const GROUPS = [
  { name: t("share.page"), parts: ["text", "question", "more", "folds"] },
  { name: t("share.run"), parts: ["play", "step", "reset", "seed", "speed", "engine"] },
  {
    name: t("share.data"),
    parts: ["source", "samples", "noise", "imbalance", "trainingShare", "features", "scale", "batchSize"],
  },
  { name: t("share.model"), parts: ["layers", "activation"] },
  { name: t("share.training"), parts: ["learningRate", "optimizer", "momentum", "loss", "epochs"] },
  { name: t("share.picture"), parts: ["showTestData", "discretize"] },
];

/** Those that aren't settings, or are more than one. */
const WORDS = /** @type {Record<string, string>} */ ({
  text: t("share.headingMenu"),
  question: t("share.questionGoalResult"),
  more: t("share.moreSettings"),
  folds: t("share.sectionsBelowPanels"),
  play: t("share.play"),
  step: t("share.step"),
  reset: t("share.reset"),
  source: t("share.choiceDataSet"),
  seed: t("share.seedNewSeed"),
});

/** Parts of the whole page that a compact embed has as well. */
const IN_COMPACT = ["question", "play", "reset"];

/** What “panels only” leaves out. */
const AROUND = ["text", "folds"];

export const partWords = (/** @type {string} */ part) => WORDS[part] ?? settingOf(part).label;

/** The settings that a compact embed can offer, with these. */
export const controlChoices = (/** @type {Settings} */ settings) =>
  (settingOf("control").choices ?? [])
    .filter(({ value }) => value === "none" || applies(settingOf(value), settings))
    .map(({ value }) => ({ value, label: value === "none" ? t("share.noControl") : settingOf(value).label }));

/** The checklist: only parts that the experiment has. */
export const checklist = (/** @type {Settings} */ settings, /** @type {Draft} */ { embed }) =>
  GROUPS.map(({ name, parts }) => ({
    name,
    parts: parts.filter((part) =>
      embed === "compact" ? IN_COMPACT.includes(part) : !isSetting(part) || applies(settingOf(part), settings),
    ),
  })).filter(({ parts }) => parts.length);

/** A page fills a screen, a compact embed needs no more than this. */
export const HEIGHTS = { page: 900, panels: 820, compact: 480 };
/** Pixels, the least for a compact embed of 320 pixels in width. */
export const LEAST_HEIGHT = 400;
export const MOST_HEIGHT = 4000;

/** As the page is now. @param {Settings} settings @returns {Draft} */
export function draftOf({ hide, lock, title, question, aim, hint, lang, embed, control }) {
  const draft = { hide: hide ?? [], lock: lock ?? [], title, question, aim, hint, lang, embed, control, height: 0 };
  return { ...draft, height: HEIGHTS[layoutOf(draft)] };
}

/** @param {Pick<Draft, "embed" | "hide">} draft @returns {Layout} */
export const layoutOf = ({ embed, hide }) =>
  embed === "compact" ? "compact" : AROUND.every((part) => hide.includes(part)) ? "panels" : "page";

/** @param {Draft} draft @param {Layout} layout @returns {Draft} */
export function withLayout(draft, layout) {
  const isUsual = draft.height === HEIGHTS[layoutOf(draft)];
  const hide = draft.hide.filter((part) => !AROUND.includes(part));
  return {
    ...draft,
    embed: layout === "compact" ? "compact" : "page",
    hide: layout === "panels" ? [...AROUND, ...hide] : hide,
    height: isUsual ? HEIGHTS[layout] : draft.height,
  };
}

/** @param {Draft} draft @param {string} part @param {boolean} isShown @returns {Draft} */
export const withPart = (draft, part, isShown) => ({
  ...draft,
  hide: isShown ? draft.hide.filter((one) => one !== part) : [...new Set([...draft.hide, part])],
});

/** Whether a reader may see it and not change it: a setting of the experiment. */
export const isLockable = (/** @type {string} */ part) =>
  Boolean(settingOf("lock").choices?.some(({ value }) => value === part));

/** @param {Draft} draft @param {string} part @param {boolean} isLocked @returns {Draft} */
export const withLock = (draft, part, isLocked) => ({
  ...draft,
  lock: isLocked ? [...new Set([...draft.lock, part])] : draft.lock.filter((one) => one !== part),
});

/** In the order of their settings: the same choice makes the same link. */
const inOrder = (/** @type {string[]} */ lock) =>
  (settingOf("lock").choices ?? []).map(({ value }) => value).filter((key) => lock.includes(key));

/** Half a letter can't be written into a link. */
const whole = (/** @type {string} */ text) => text.replace(/\p{Surrogate}/gu, "\ufffd");

/** The experiment as the reader gets it. @param {Settings} settings @param {Draft} draft @returns {Settings} */
export const settingsFrom = (settings, { hide, lock, title, question, aim, hint, lang, embed, control }) => ({
  ...settings,
  ...{ title: whole(title), question: whole(question), aim: whole(aim), hint: whole(hint), lang, embed, control },
  // In the page's own order: the same choice makes the same link.
  hide: hide.length ? GROUPS.flatMap(({ parts }) => parts).filter((part) => hide.includes(part)) : null,
  lock: lock.length ? inOrder(lock) : null,
});

/** A piece of a page. @param {string} link @param {Pick<Draft, "title" | "height">} draft */
export const embedCode = (link, { title, height }) =>
  `<iframe src="${escaped(link)}" title="${escaped(title || t("share.trainyardNeuralNetworkLearns"))}" width="100%" height="${height}" loading="lazy" style='border:0'></iframe>`;
