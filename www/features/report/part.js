// @ts-check
/** The report as a page of its own, made of the run as it stands. Loaded when somebody asks for one. */
import { LANGUAGES } from "../../settings/config.js";
import { formatLoss } from "../../base/format.js";
import { isLocked } from "../../base/padlock.js";
import { loadPart } from "../../base/loadPart.js";
import { gatherReport } from "../share/gatherReport.js";
import { dataCard, modelCard, receipt } from "./cards.js";
import { curveOf } from "./curve.js";
import { pageOf } from "./page.js";
import { t } from "../../base/text.js";

/** @typedef {import("../../session/playground.js").Playground} Playground @typedef {import("./page.js").Part} Part */

/** Where the curve stands: after the figures of the run. */
const RESULT = t("share.result");
const DATA = t("share.data");
const MODEL = t("share.model");

/** The file's text; throws a sentence where there is no run. @param {Playground} playground @param {string} link */
export async function reportPage(playground, link) {
  const { setNamed } = await loadPart("features/data/part.js");
  const report = await gatherReport(playground, link);
  const state = playground.store.get(); // that of the report: nothing came in between
  if (!report) throw new Error(t("report.noRun"));
  const figure = figureOf(state);
  const last = await receipt(playground, link);
  const set = setNamed(state.settings.source);
  const parts = report.sections.flatMap((section) => [
    section.title === RESULT && figure ? { ...section, figure } : section,
    ...(section.title === DATA ? [dataCard(state, set)] : []),
    ...(section.title === MODEL ? [modelCard(state)] : []),
  ]);
  const language = globalThis.TRAINYARD_LANGUAGE ?? LANGUAGES[0].value;
  return pageOf({
    language,
    title: report.title,
    about: [link, t("report.writtenOn", { date: new Date().toISOString().slice(0, 16).replace("T", " ") })],
    parts: [...parts, last],
  });
}

/** The curve, of the rows that may be seen. @param {import("../../session/state.js").State} state */
function figureOf(state) {
  const { frame, description } = state;
  const curve = frame?.curve;
  if (!curve || curve.epoch.length < 2) return null;
  const isOpen = !isLocked(state) && description?.rows.test && curve.test.some(Number.isFinite);
  const lines = [
    { name: t("training.trainingLoss"), kind: /** @type {const} */ ("training"), values: curve.training },
    ...(curve.validation
      ? [{ name: t("training.validationLoss"), kind: /** @type {const} */ ("validation"), values: curve.validation }]
      : []),
    ...(isOpen ? [{ name: t("training.testLoss"), kind: /** @type {const} */ ("test"), values: curve.test }] : []),
  ];
  const end = curve.epoch.length - 1;
  const said = lines.map(({ name, values }) =>
    t("report.fromTo", { name, from: formatLoss(values[0]), to: formatLoss(values[end]) }),
  );
  const label = t("report.curve", { epoch: String(curve.epoch[end]), said: said.join(" ") });
  return { svg: curveOf(curve.epoch, lines, { label, axis: t("report.epoch") }), key: lines };
}
