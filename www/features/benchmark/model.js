// @ts-check
/**
 * When is the GPU worth it? The arithmetic of the race between CPU and GPU, and its answer in words.
 *
 * @typedef {import("../../session/protocol.js").BenchmarkPoint} BenchmarkPoint
 * @typedef {import("../../session/protocol.js").Adapter} Adapter
 *
 * @typedef {object} Verdict
 * @property {"crossing" | "always" | "never" | "mixed"} kind
 * @property {number | null} width   of the break-even
 */
import { formatCount } from "../../base/format.js";
import { formatMs } from "../../base/formatMs.js";
import { t } from "../../base/text.js";

/** What is raced over: the width of each hidden layer. */
export const WIDTHS = [8, 16, 32, 64, 128, 256, 512, 1024, 2048];
/** A GPU that is made of software takes a second a step at the widest. */
export const WIDEST_IN_SOFTWARE = 512;
export const HIDDEN_LAYERS = 2;

/** How long each engine trains at each width. */
export const MILLISECONDS = 300;

const isTimed = (/** @type {number} */ ms) => Number.isFinite(ms) && ms > 0;

/** The laps that can be drawn on logarithmic axes, from narrow to wide. */
export const timedPoints = (/** @type {BenchmarkPoint[]} */ laps) =>
  laps.filter(({ cpu, gpu }) => isTimed(cpu.msPerStep) && isTimed(gpu.msPerStep)).sort((a, b) => a.width - b.width);

/**
 * From which width on the GPU is the faster one. Between two widths both curves are taken for straight lines on
 * logarithmic axes. Null as long as nothing is measured.
 *
 * @param {BenchmarkPoint[]} laps
 * @returns {Verdict | null}
 */
export function breakEven(laps) {
  const timed = timedPoints(laps);
  if (!timed.length) return null;
  // How far the GPU is behind, as a logarithm: below zero it is ahead.
  const behind = timed.map(({ cpu, gpu }) => Math.log(gpu.msPerStep / cpu.msPerStep));
  const last = behind.findLastIndex((lead) => lead >= 0);
  if (last === -1) return { kind: "always", width: null };
  if (last === behind.length - 1) return { kind: behind.every((lead) => lead >= 0) ? "never" : "mixed", width: null };
  const [from, to] = [Math.log(timed[last].width), Math.log(timed[last + 1].width)];
  const share = behind[last] / (behind[last] - behind[last + 1]);
  return { kind: "crossing", width: Math.exp(from + share * (to - from)) };
}

/** A width that was interpolated is not known to the last digit. */
export const roughly = (/** @type {number} */ width) => formatCount(Number(width.toPrecision(width < 100 ? 1 : 2)));

/** What asking the GPU costs on top of the work itself. */
export const costOfAsking = (/** @type {BenchmarkPoint["gpu"]} */ { upload, readBack, overhead }) =>
  upload + readBack + overhead;

/** The answer to the question, as far as it is measured. */
export function verdictWords(/** @type {BenchmarkPoint[]} */ laps) {
  const verdict = breakEven(laps);
  if (!verdict) return "";
  const timed = timedPoints(laps);
  const [narrowest, widest] = [timed[0].width, timed[timed.length - 1].width].map(formatCount);
  switch (verdict.kind) {
    case "crossing":
      return t("benchmark.gpuPaysFromWidth", { width: roughly(/** @type {number} */ (verdict.width)) });
    case "always":
      return timed.length === 1
        ? t("benchmark.gpuPaysWidth", { narrowest })
        : t("benchmark.gpuPaysEveryWidth", { narrowest, widest });
    case "never":
      return timed.length === 1
        ? t("benchmark.gpuDoesNotPay", { narrowest })
        : t("benchmark.gpuDoesNotPay2", { narrowest, widest });
    default:
      return t("benchmark.gpuAheadSomeWidths", { widest });
  }
}

/** Where the time of one step goes, at one width. */
export function describePoint(/** @type {BenchmarkPoint} */ { width, cpu, gpu }) {
  const times = t("benchmark.hereWidthStepTakes", {
    width: formatCount(width),
    msPerStep: formatMs(cpu.msPerStep),
    msPerStep2: formatMs(gpu.msPerStep),
  });
  return t("benchmark.whichUploadReadBack", { times, gpu: formatMs(costOfAsking(gpu)) });
}

/** @typedef {Pick<import("../../session/protocol.js").OwnLap, "cpu" | "team">} Shared */

/** As the engine's chip has it. */
export const teamName = (/** @type {{workers: number}} */ { workers }) => t("benchmark.teamName", { workers });

/** The lanes beside one worker's and the GPU's: of several workers, where any lap has them. @param {Shared[]} laps */
export const lanesOf = (laps) => laps.flatMap(({ team }) => (team ? [teamName(team)] : [])).slice(-1);

/** What several workers take, of the last lap that has them; else why none has. @param {Shared[]} laps */
export function teamWords(laps) {
  const lap = laps.findLast(({ team }) => team);
  if (!lap?.team) return t("benchmark.teamNone");
  const { workers, msPerStep, talkMs, isSame } = lap.team;
  const [ms, talk, ratio] = [formatMs(msPerStep), formatMs(talkMs), ratioWords(lap)];
  return isSame
    ? t("benchmark.teamTakes", { workers, ms, talk, ratio })
    : t("benchmark.teamDiffers", { workers, ms, talk, ratio });
}

const ratioWords = (/** @type {Shared} */ { cpu, team }) =>
  Number((cpu.msPerStep / (team?.msPerStep ?? NaN)).toPrecision(2));

/** What the reader has to know of the GPU that took part; empty where it is an ordinary one. */
export function adapterWords(/** @type {Adapter | null} */ adapter) {
  if (!adapter?.isFallback) return "";
  return t("benchmark.gpuMadeSoftwareComputes");
}

/** Whether both engines came to the same: the largest difference of their losses. */
export function agreementWords(/** @type {{lossDifference: number}[]} */ laps) {
  const lossDifferences = laps.map(({ lossDifference }) => Math.abs(lossDifference)).filter(Number.isFinite);
  if (!lossDifferences.length) return "";
  const most = Math.max(...lossDifferences);
  const amount =
    most < 1e-6
      ? t("benchmark.lessThan00001")
      : t("benchmark.most", { toPrecision: Number((most * 100).toPrecision(1)) });
  return t("benchmark.bothLearnedSameAfter", { amount });
}

/** @typedef {{isSecureContext?: boolean, navigator?: {gpu?: import("../../worker/main.js").GpuOfBrowser}}} Scope */

/** Why this page can't race, as far as that is known without looking for a GPU, and what would be needed. @param {Scope} scope */
export function lackOf(scope) {
  if (scope.isSecureContext === false) return t("benchmark.browsersGivePageGpu");
  return scope.navigator?.gpu ? "" : t("benchmark.browserHasNoWebgpu");
}

/**
 * Whether there is a GPU to race against; where there is none: why, and what would be needed.
 *
 * @param {Scope} scope
 * @returns {Promise<{lack: string, isFallback: boolean}>}
 */
export async function lookForGpu(scope) {
  const lack = lackOf(scope);
  const adapter = lack ? null : await scope.navigator?.gpu?.requestAdapter().catch(() => null);
  if (!adapter) return { lack: lack || t("benchmark.browserKnowsWebgpuBut"), isFallback: false };
  return { lack, isFallback: adapter.info?.isFallbackAdapter ?? adapter.isFallbackAdapter ?? false };
}
