// @ts-check
/**
 * Everything that can be done, by name: what the palette offers.
 *
 * @typedef {object} Command
 * @property {string} name
 * @property {string} group
 * @property {string} [keys]
 * @property {string} [about]
 * @property {string} [words]   by which it is found too
 * @property {string} [part]    of the page that it is about: a link that leaves that out leaves it out
 * @property {string} [key]     of the setting that it changes, where its part has another name
 * @property {() => void} run
 */
import { printPage } from "../../ui/download.js";
import { HELP } from "../../settings/help.static.js";
import { LANGUAGES, SETTINGS, applies, settingOf } from "../../settings/config.js";
import { PRESETS } from "../../settings/presets.js";
import { DRAWN, OWN, REAL, SOURCES } from "../../settings/sources.js";
import { parseFor } from "../../settings/spec.js";
import { WAYS } from "../../session/ways.js";
import { OF_PLACES, OF_SETTINGS, SHARE } from "./synonyms.js";
import { t } from "../../base/text.js";

/** What the looks are called. @type {Record<string, string>} */
export const LOOKS = {
  system: t("menu.systemHas"),
  light: t("menu.light"),
  dark: t("menu.dark"),
  comfortable: t("menu.comfortable"),
  compact: t("menu.compact"),
};

/** @param {import("./part.js").Menu} menu @returns {Command[]} */
export function commandsOf(menu) {
  const { hide, lock } = menu.playground.store.get().settings;
  return all(menu)
    .filter(({ part }) => !part || !hide?.includes(part))
    .map((command) => (lock?.includes(command.key ?? command.part) ? { ...command, about: t("locks.why") } : command));
}

/** @param {import("./part.js").Menu} menu @returns {Command[]} */
function all(menu) {
  const { playground, look } = menu;
  const { settings, about: aboutSources } = playground.store.get();
  const command = (
    /** @type {string} */ group,
    /** @type {string} */ name,
    /** @type {() => void} */ run,
    /** @type {Partial<Command>} */ more = {},
  ) => ({ group, name, run, ...more });
  const share = () => menu.act("share");
  return [
    command(t("menu.training"), playground.isTraining ? t("menu.pause") : t("menu.play"), () => playground.toggle(), {
      keys: t("menu.space"),
      part: "play",
      words: t("menu.startStopRunTrain"),
    }),
    command(t("menu.training"), t("menu.stepOneBatch"), () => playground.step("batch"), { keys: "→", part: "step" }),
    command(t("menu.training"), t("menu.stepOneEpoch"), () => playground.step("epoch"), {
      keys: t("menu.shift"),
      part: "step",
    }),
    command(t("menu.training"), t("menu.reset"), () => playground.reset(), {
      keys: "R",
      part: "reset",
      words: t("menu.restartAgainClear"),
    }),
    command(t("menu.training"), t("menu.newSeed"), () => playground.newSeed(), {
      part: "seed",
      words: t("menu.randomReshuffle"),
    }),
    ...(menu.history.canUndo
      ? [
          command(t("menu.page"), t("menu.undo"), () => menu.history.undo(), {
            keys: t("menu.ctrlZ"),
            words: t("menu.backRevert"),
          }),
        ]
      : []),
    ...(menu.history.canRedo
      ? [command(t("menu.page"), t("menu.redo"), () => menu.history.redo(), { keys: t("menu.ctrlShiftZ") })]
      : []),
    command(t("menu.page"), t("menu.shareSaveOpen"), share, { keys: "S", words: SHARE }),
    command(t("menu.page"), t("menu.hidePartsPageReader"), share, { words: SHARE }),
    command(t("menu.page"), t("menu.embedPageCompactWhole"), share, { words: SHARE }),
    command(t("menu.page"), t("menu.editSpec"), () => menu.act("spec"), { words: t("menu.jsonDocumentExportCode") }),
    command(t("menu.page"), t("menu.copyLink"), () => void menu.copyLink(), { words: t("menu.urlAddressShare") }),
    command(t("menu.page"), t("menu.downloadExperiment"), () => void menu.download(), {
      words: t("menu.exportSaveFileWeights"),
    }),
    command(t("menu.page"), t("menu.openExperimentFile"), share, { words: t("menu.importLoadRestoreJson") }),
    command(t("menu.page"), t("menu.downloadReport"), () => menu.downloadReport(), {
      about: t("menu.whatWasTrainedWhat"),
      words: t("menu.exportSaveSummary"),
    }),
    command(t("menu.page"), t("menu.keys"), () => menu.act("keys"), {
      keys: "?",
      words: t("menu.keyboardShortcutsHelp"),
    }),
    command(t("menu.page"), t("menu.course"), () => menu.act("course"), { words: t("menu.courseWords") }),
    command(t("menu.page"), t("menu.print"), printPage, { words: t("menu.exportPdfPaper") }),
    ...LANGUAGES.filter(({ value }) => value !== (globalThis.TRAINYARD_LANGUAGE ?? "en")).map(({ value, label }) =>
      command(t("menu.look"), t("menu.language", { label }), () => menu.speak(value), {
        words: t("menu.languageWords"),
      }),
    ),
    ...["system", "light", "dark"].map((theme) =>
      command(t("menu.look"), t("menu.theme", { theme: LOOKS[theme] }), () => look.setTheme(theme), {
        words: t("menu.modeColorsAppearanceNight"),
      }),
    ),
    ...["comfortable", "compact"].map((density) =>
      command(t("menu.look"), t("menu.density", { density: LOOKS[density] }), () => look.setDensity(density), {
        words: t("menu.spacingAppearance"),
      }),
    ),
    command(t("menu.experiments"), t("menu.examples"), () => menu.act("examples"), {
      about: t("menu.nineExperimentsWorthSeeing"),
      part: "source",
      words: t("menu.galleryPresetsLessonsDemos"),
    }),
    ...PRESETS.map(({ name, about, question }, i) =>
      command(t("menu.experiments"), name, () => menu.act(`preset ${i + 1}`), {
        keys: String(i + 1),
        about,
        part: "source",
        words: t("menu.examplePreset", { question }),
      }),
    ),
    ...[...SOURCES, DRAWN, ...REAL]
      .filter(({ name }) => name !== settings.source)
      .map(({ name, label, about }) =>
        command(t("menu.data"), t("menu.dataSet", { label }), () => playground.set("source", name), {
          about: about ?? aboutSources[name],
          part: "source",
          words: name === DRAWN.name ? t("menu.drawPaintPointsOwn") : "",
        }),
      ),
    ...(settings.source === OWN.name
      ? []
      : [
          command(t("menu.data"), t("menu.yourOwnData"), () => menu.goTo("ty-data-fold"), {
            part: "source",
            words: OF_PLACES["ty-data-fold"],
          }),
        ]),
    ...menu.places.map(({ name, place }) =>
      command(t("menu.go"), name, () => menu.goTo(place), {
        words: OF_PLACES[place],
        part: /-(fold|band)$/.test(place) ? "folds" : undefined,
      }),
    ),
    ...WAYS.map(({ id, name, words }) =>
      command(t("menu.go"), t("menu.exportAs", { name }), () => void menu.goToWay(id), { words, part: "folds" }),
    ),
    command(t("menu.charts"), t("menu.exportChartCsvPng"), () => menu.goTo("ty-charts-fold"), {
      words: t("menu.downloadSaveImageSpreadsheet"),
      part: "folds",
    }),
    command(t("menu.model"), t("menu.showGradientsGraph"), () => menu.showLinks(1), {
      words: t("menu.derivativeBackpropagationVanishingExploding"),
    }),
    command(t("menu.model"), t("menu.showWeightsGraph"), () => menu.showLinks(0), { words: t("menu.parametersLinks") }),
    command(t("menu.model"), t("menu.measureCurvatureLargestEigenvalue"), () => void menu.tellCurvature(), {
      words: t("menu.secondDerivativeSharpnessLambda"),
    }),
    command(t("menu.model"), t("menu.addLayer"), () => playground.addLayer(), {
      part: "layers",
      words: t("menu.hiddenDeeperDepth"),
    }),
    command(t("menu.model"), t("menu.removeLayer"), () => playground.removeLayer(), {
      part: "layers",
      words: t("menu.hiddenShallower"),
    }),
    ...choices(playground),
    ...SETTINGS.filter((row) => row.path !== null || row.key in OF_SETTINGS || row.fold)
      .filter((row) => applies(row, settings) && !NO_FIELD.includes(row.key))
      .map((row) =>
        command(t("menu.change"), `${row.label}…`, () => void menu.goToSetting(row.key), {
          ...ofSetting(row, playground),
        }),
      ),
  ];
}

/** Where settings have no field of their own, the part of the page that they are in has them. */
const NO_FIELD = ["points", "target", "task", "read", "kinds", "clean", "augment", "axes", "corrupt"];

/** What is said of a setting, and where it is. @param {import("../../settings/config.js").Setting} row @param {import("../../session/playground.js").Playground} playground */
const ofSetting = ({ key, fold, group = "" }, { store }) => {
  const { settings } = store.get();
  return {
    about: HELP[key],
    words: `${group} ${OF_SETTINGS[key] ?? ""}`,
    part: fold && settings.hide?.includes("more") ? "more" : key,
    key,
  };
};

/** Data sets and steps are commands already, and what a reader's page looks like is chosen in the share dialog. */
const NOT_CHOSEN = ["source", "embed", "control", "lang", "view"];

/** One command for each value of each choice, but for the one that is chosen. */
function choices(/** @type {import("../../session/playground.js").Playground} */ playground) {
  const { settings } = playground.store.get();
  return SETTINGS.filter((row) => applies(row, settings) && !NOT_CHOSEN.includes(row.key)).flatMap((row) => {
    if (row.type === "flag") {
      const on = settings[row.key];
      return [
        {
          group: t("menu.settings"),
          name: `${row.label}: ${on ? t("menu.wordNo") : t("menu.wordYes")}`,
          run: () => playground.set(row.key, !on),
          ...ofSetting(row, playground),
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
        ...ofSetting(row, playground),
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
  const text = (/** @type {Command} */ { name, group, about = "", words: more = "" }) =>
    `${name} ${group} ${about} ${more}`.toLowerCase();
  const hits = commands.filter((command) => words.every((word) => text(command).includes(word)));
  const rank = (/** @type {Command} */ command) => {
    const name = command.name.toLowerCase();
    return (words.every((word) => name.includes(word)) ? 0 : 2) + (name.startsWith(words[0]) ? 0 : 1);
  };
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
      !settings.hide?.some((/** @type {string} */ part) => part === row.key || (part === "more" && row.fold)) &&
      (row.label.toLowerCase().includes(wanted) || (OF_SETTINGS[row.key] ?? "").split(" ").includes(wanted)),
  ).map((row) => {
    const { problem } = parseFor(settings.source, row.key, value);
    return {
      group: t("menu.settings"),
      name: `${row.label}: ${value}`,
      about: settings.lock?.includes(row.key) ? t("locks.why") : (problem ?? ""),
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
