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
    command("Training", playground.isTraining ? "Pause" : "Play", () => playground.toggle(), "Space"),
    command("Training", "Step: one batch", () => playground.step("batch"), "→"),
    command("Training", "Step: one epoch", () => playground.step("epoch"), "Shift + →"),
    command("Training", "Reset", () => playground.reset(), "R"),
    command("Training", "New seed", () => playground.newSeed()),
    ...(menu.history.canUndo ? [command("Page", "Undo", () => menu.history.undo(), "Ctrl + Z")] : []),
    ...(menu.history.canRedo ? [command("Page", "Redo", () => menu.history.redo(), "Ctrl + Shift + Z")] : []),
    command("Page", "Share, save, open …", () => menu.act("share"), "S"),
    command("Page", "Edit the Spec …", () => menu.act("spec")),
    command("Page", "Copy the link", () => void menu.copyLink()),
    command("Page", "Download the experiment", () => void menu.download()),
    command(
      "Page",
      "Download the report",
      () => menu.downloadReport(),
      "",
      "What was trained on what, how, and what came out, as Markdown",
    ),
    command("Page", "Keys", () => menu.act("keys"), "?"),
    command("Page", "Print", printPage),
    ...["system", "light", "dark"].map((theme) =>
      command("Look", `Theme: ${theme === "system" ? "as the system has it" : theme}`, () => look.setTheme(theme)),
    ),
    ...["comfortable", "compact"].map((density) =>
      command("Look", `Density: ${density}`, () => look.setDensity(density)),
    ),
    command("Experiments", "Examples …", () => menu.act("examples"), "", "Nine experiments worth seeing"),
    ...PRESETS.map(({ name, about }, i) =>
      command("Experiments", name, () => menu.act(`preset ${i + 1}`), String(i + 1), about),
    ),
    ...[...SOURCES, ...REAL]
      .filter(({ name }) => name !== settings.source)
      .map(({ name, label, about }) =>
        command("Data", `Data set: ${label}`, () => playground.set("source", name), "", about ?? aboutSources[name]),
      ),
    ...(settings.source === OWN.name ? [] : [command("Data", "Your own data …", () => menu.goTo("ty-data-fold"))]),
    ...menu.places.map(({ name, place }) => command("Go to", name, () => menu.goTo(place))),
    command("Model", "Add a layer", () => playground.addLayer()),
    command("Model", "Remove a layer", () => playground.removeLayer()),
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
        { group: "Settings", name: `${row.label}: ${on ? "no" : "yes"}`, run: () => playground.set(row.key, !on) },
      ];
    }
    if (row.type !== "choice" && row.type !== "activations") return [];
    return (row.choices ?? [])
      .filter(
        ({ value }) =>
          parseFor(settings.source, row.key, value).problem === null && String(settings[row.key]) !== value,
      )
      .map(({ value, label }) => ({
        group: "Settings",
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
      group: "Settings",
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
