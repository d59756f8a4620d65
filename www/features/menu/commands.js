// @ts-check
/**
 * Everything that can be done, by name: what the palette offers.
 *
 * @typedef {{name: string, group: string, keys?: string, about?: string, run: () => void}} Command
 */
import { printPage } from "../../ui/download.js";
import { SETTINGS, applies, settingOf } from "../../settings/config.js";
import { PRESETS } from "../../settings/presets.js";
import { OWN, REAL, SOURCES } from "../../settings/sources.js";
import { parseFor } from "../../settings/spec.js";
import { t } from "../../base/text.js";

/** @param {import("./part.js").Menu} menu @returns {Command[]} */
export function commandsOf(menu) {
  const { playground, look } = menu;
  const { settings, about: aboutSources } = playground.store.get();
  const command = (
    /** @type {string} */ group,
    /** @type {string} */ name,
    /** @type {() => void} */ run,
    keys = "",
    about = "",
  ) => ({ group, name, run, keys, about });
  return [
    command(
      t("menu.training"),
      playground.isTraining ? t("menu.pause") : t("menu.play"),
      () => playground.toggle(),
      t("menu.space"),
    ),
    command(t("menu.training"), t("menu.stepOneBatch"), () => playground.step("batch"), "→"),
    command(t("menu.training"), t("menu.stepOneEpoch"), () => playground.step("epoch"), t("menu.shift")),
    command(t("menu.training"), t("menu.reset"), () => playground.reset(), "R"),
    command(t("menu.training"), t("menu.newSeed"), () => playground.newSeed()),
    ...(menu.history.canUndo
      ? [command(t("menu.page"), t("menu.undo"), () => menu.history.undo(), t("menu.ctrlZ"))]
      : []),
    ...(menu.history.canRedo
      ? [command(t("menu.page"), t("menu.redo"), () => menu.history.redo(), t("menu.ctrlShiftZ"))]
      : []),
    command(t("menu.page"), t("menu.shareSaveOpen"), () => menu.act("share"), "S"),
    command(t("menu.page"), t("menu.editSpec"), () => menu.act("spec")),
    command(t("menu.page"), t("menu.copyLink"), () => void menu.copyLink()),
    command(t("menu.page"), t("menu.downloadExperiment"), () => void menu.download()),
    command(t("menu.page"), t("menu.downloadReport"), () => menu.downloadReport(), "", t("menu.whatWasTrainedWhat")),
    command(t("menu.page"), t("menu.keys"), () => menu.act("keys"), "?"),
    command(t("menu.page"), t("menu.print"), printPage),
    ...["system", "light", "dark"].map((theme) =>
      command(t("menu.look"), t("menu.theme", { theme: theme === "system" ? t("menu.systemHas") : theme }), () =>
        look.setTheme(theme),
      ),
    ),
    ...["comfortable", "compact"].map((density) =>
      command(t("menu.look"), t("menu.density", { density }), () => look.setDensity(density)),
    ),
    command(
      t("menu.experiments"),
      t("menu.examples"),
      () => menu.act("examples"),
      "",
      t("menu.nineExperimentsWorthSeeing"),
    ),
    ...PRESETS.map(({ name, about }, i) =>
      command(t("menu.experiments"), name, () => menu.act(`preset ${i + 1}`), String(i + 1), about),
    ),
    ...[...SOURCES, ...REAL]
      .filter(({ name }) => name !== settings.source)
      .map(({ name, label, about }) =>
        command(
          t("menu.data"),
          t("menu.dataSet", { label }),
          () => playground.set("source", name),
          "",
          about ?? aboutSources[name],
        ),
      ),
    ...(settings.source === OWN.name
      ? []
      : [command(t("menu.data"), t("menu.yourOwnData"), () => menu.goTo("ty-data-fold"))]),
    ...menu.places.map(({ name, place }) => command(t("menu.go"), name, () => menu.goTo(place))),
    command(t("menu.model"), t("menu.addLayer"), () => playground.addLayer()),
    command(t("menu.model"), t("menu.removeLayer"), () => playground.removeLayer()),
    ...choices(playground),
  ];
}

/** One command for each value of each choice, but for the one that is chosen. */
function choices(/** @type {import("../../session/playground.js").Playground} */ playground) {
  const { settings } = playground.store.get();
  return SETTINGS.filter((row) => applies(row, settings) && row.key !== "source").flatMap((row) => {
    if (row.type === "flag") {
      const on = settings[row.key];
      return [
        {
          group: t("menu.settings"),
          name: `${row.label}: ${on ? t("menu.wordNo") : t("menu.wordYes")}`,
          run: () => playground.set(row.key, !on),
        },
      ];
    }
    if (row.type !== "choice" && row.type !== "activations") return [];
    return (row.choices ?? [])
      .filter(
        ({ value }) =>
          parseFor(settings.source, row.key, value).problem === null && String(settings[row.key]) !== value,
      )
      .map(({ value, label }) => ({
        group: t("menu.settings"),
        name: `${row.label}: ${label}`,
        run: () => playground.enter(row.key, value),
      }));
  });
}

/** Letters of a search that count: no command has as many, and matching must not take longer than a keystroke. */
const MOST_LETTERS = 100;

/** The commands that have all the words, those that begin with them first; and "learning rate 0.1" as a command of its own. */
export function found(
  /** @type {Command[]} */ commands,
  /** @type {string} */ asked,
  /** @type {import("../../session/playground.js").Playground} */ playground,
) {
  const query = asked.trim().slice(0, MOST_LETTERS);
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const text = (/** @type {Command} */ { name, group, about = "" }) => `${name} ${group} ${about}`.toLowerCase();
  const hits = commands.filter((command) => words.every((word) => text(command).includes(word)));
  const rank = (/** @type {Command} */ { name }) =>
    words.length && name.toLowerCase().startsWith(words[0])
      ? 0
      : words.every((word) => name.toLowerCase().includes(word))
        ? 1
        : 2;
  const sorted = words.length
    ? hits
        .map((hit) => ({ hit, at: rank(hit) }))
        .sort((a, b) => a.at - b.at)
        .map(({ hit }) => hit)
    : hits;
  return [...typed(query, playground), ...sorted];
}

/**
 * "batch size 32" sets it, if it can be.
 *
 * @param {string} query
 * @param {import("../../session/playground.js").Playground} playground
 * @returns {Command[]}
 */
function typed(query, playground) {
  const [, label = "", value = ""] = /^(.*?)[\s:=]+([-+.\d][-+.,\de]*)$/i.exec(query) ?? [];
  const wanted = label.toLowerCase().trim();
  if (!wanted) return [];
  const { settings } = playground.store.get();
  return SETTINGS.filter(
    (row) =>
      (row.type === "number" || row.type === "layers") &&
      applies(row, settings) &&
      row.label.toLowerCase().includes(wanted),
  ).map((row) => {
    const { problem } = parseFor(settings.source, row.key, value);
    return {
      group: t("menu.settings"),
      name: `${row.label}: ${value}`,
      about: problem ?? "",
      run: () => playground.enter(row.key, value),
    };
  });
}

/** The learning rate one stop down or up. */
export function nudgeRate(
  /** @type {import("../../session/playground.js").Playground} */ playground,
  /** @type {-1 | 1} */ by,
) {
  const { stops = [] } = settingOf("learningRate");
  const { learningRate } = playground.store.get().settings;
  const next = by > 0 ? stops.find((stop) => stop > learningRate) : stops.findLast((stop) => stop < learningRate);
  if (next !== undefined) playground.set("learningRate", next);
}
