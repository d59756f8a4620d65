// @ts-check
/** What the page says of what was measured. */
import { TEAM, TIMED } from "./timing.js";
import { rateWords } from "./rate.js";
import { t } from "../base/text.js";

/** @typedef {import("./timing.js").Figure} Figure */
/** @typedef {import("./timing.js").Lane} Lane */
/** By lane and work, as "gpu-W1". @typedef {Map<string, Figure>} Figures */
/** @typedef {{system: string, browser: string, cores: number, gpu: string}} Facts */

/** @type {Record<Lane, string>} */
export const LANE_WORDS = {
  core: t("bench.core"),
  fast: t("bench.fast"),
  cores: t("bench.cores"),
  team: t("bench.team"),
  gpu: t("bench.gpu"),
};

/** What a browser tells of itself and of the machine. */
export function factsOf(
  /** @type {{userAgent: string}} */ { userAgent },
  /** @type {number} */ cores,
  /** @type {{name: string, isSoftware: boolean} | null} */ gpu,
) {
  // Browsers made of Chrome's parts name it too, before themselves.
  const [, name, version] =
    /(Edg|OPR)\/(\d+)/.exec(userAgent) ?? /(Firefox|Chrome|Version)\/(\d+)/.exec(userAgent) ?? [];
  const system = /\(([^);]*)(;[^)]*)?\)/.exec(userAgent)?.[1] ?? "";
  const names = { Edg: "Edge", OPR: "Opera", Version: "Safari" };
  return {
    system,
    browser: name ? `${names[/** @type {keyof typeof names} */ (name)] ?? name} ${version}` : userAgent,
    cores,
    gpu: gpu ? gpu.name + (gpu.isSoftware ? ` (${t("bench.software")})` : "") : t("bench.noGpu"),
  };
}

/** How much more the fast core, all cores, a team, and the GPU do than one core. @param {Figures} figures @param {number} cores */
export function ratioWords(figures, cores) {
  const ratio = (/** @type {Lane} */ lane, /** @type {string} */ work) => {
    const [more, one] = [figures.get(`${lane}-${work}`), figures.get(`core-${work}`)];
    return more?.isDone && one?.isDone ? more.median / one.median : NaN;
  };
  const told = (/** @type {Lane} */ lane) =>
    TIMED.map((work) => ({ work, by: ratio(lane, work) })).filter(({ by }) => Number.isFinite(by));
  const listed = (/** @type {{work: string, by: number}[]} */ ratios) =>
    ratios.map(({ work, by }) => `${work} ${Number(by.toPrecision(2))} ×`).join(", ");
  const [fast, onCores, asTeam, onGpu] = [told("fast"), told("cores"), told("team"), told("gpu")];
  return [
    fast.length ? t("bench.fastRatio", { list: listed(fast) }) : "",
    onCores.length ? t("bench.coresRatio", { count: cores, list: listed(onCores) }) : "",
    asTeam.length ? t("bench.teamRatio", { count: TEAM, list: listed(asTeam) }) : "",
    onGpu.length ? t("bench.gpuRatio", { list: listed(onGpu) }) : "",
  ]
    .filter(Boolean)
    .join(" ");
}

/**
 * All of it as text, to be copied.
 *
 * @param {Facts} facts
 * @param {Figures} figures
 * @param {{build: string, date: Date, problems: string[]}} about
 */
export function resultText({ system, browser, cores, gpu }, figures, { build, date, problems }) {
  const lines = [...figures].map(([key, { median, least, most, isDone }]) => {
    const [lane, work] = key.split("-");
    const rate = `${rateWords(median)} [${rateWords(least)}–${rateWords(most)}]`;
    return `${work} · ${LANE_WORDS[/** @type {Lane} */ (lane)]} · ${isDone ? rate : t("bench.wrong")}`;
  });
  return [
    t("bench.resultHead", { build, date: date.toISOString().slice(0, 10) }),
    `${browser} · ${system} · ${t("bench.coreCount", { count: cores })} · GPU: ${gpu}`,
    t("bench.unit"),
    ...lines,
    ...problems,
  ].join("\n");
}
