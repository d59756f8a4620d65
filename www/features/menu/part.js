// @ts-check
/** The menu: its dialogs, and what it can do. Loaded once somebody is about to want it. */
import { defineAll } from "../../ui/defineAll.js";
import { asWritten } from "../../base/asWritten.js";
import { LEAVE, isPreview } from "../../base/preview.js";
import { ownHash } from "../../settings/foreignLink.js";
import { openExperiment, writeExperiment } from "../share/experimentFile.js";
import { formatCount, formatRate } from "../../base/format.js";
import { allowedRate } from "../coach/divergence.js";
import { COURSE } from "../../base/course.js";
import { applies, isSetting, settingOf } from "../../settings/config.js";
import { loadPart } from "../../base/loadPart.js";
import { tellLack } from "../../session/pending.js";
import { enginesOf, followComputed, inexactWords } from "../../session/computedBy.js";
import { openWeights } from "../../session/weightsFile.js";
import { withStyle } from "../../ui/withStyle.js";
import { History } from "../../session/history.js";
import { Autosave } from "../share/autosave.js";
import { createLook } from "./appearance.js";
import { PRESETS } from "../../settings/presets.js";
import { gatherReport } from "../share/gatherReport.js";
import { markdownOf } from "../share/report.js";
import { restore, tryOut } from "../share/restore.js";
import { sourceOf } from "../../settings/sources.js";
import { specFrom } from "../../settings/spec.js";
import { OWN_NAME } from "../../settings/tableNames.js";
import { experimentHash, readHash } from "../../settings/url.js";
import { download, printPage } from "../../ui/download.js";
import { linkOf } from "../../ui/link.js";
import { CONTROLS } from "../../ui/settingControls.js";
import { nudgeRate } from "./commands.js";
import { ExamplesDialog } from "./examplesDialog.js";
import { KeysDialog } from "./keysDialog.js";
import { MainMenu } from "./mainMenu.js";
import { Palette } from "./palette.js";
import { SpecDialog } from "./specDialog.js";
import { t } from "../../base/text.js";

const DIALOGS = {
  "ty-main-menu": MainMenu,
  "ty-examples-dialog": ExamplesDialog,
  "ty-keys-dialog": KeysDialog,
  "ty-palette": Palette,
  "ty-spec-dialog": SpecDialog,
};

export const define = (registry = customElements) => defineAll(DIALOGS, registry);

/** So many frames a panel has to show what is folded in it. */
const MOST_FRAMES = 600;
/** And for a field that may not be there at all. */
const FEW_FRAMES = 120;

/** A key that closes something here is no wish to leave. */
function tellEscape(/** @type {KeyboardEvent} */ { key, defaultPrevented }) {
  const isFree = !defaultPrevented && !document.querySelector("dialog[open]");
  if (key === "Escape" && isFree) parent.postMessage(LEAVE, "*"); // an opaque origin has no name
}

/**
 * @typedef {object} Tools
 * @property {(place: string) => void} goTo      brings a part of the page into view
 * @property {() => {name: string, place: string}[]} places   that there are now
 * @property {Storage | null} storage
 * @property {() => void} reload                  loads the page anew
 * @property {import("../../session/history.js").Moment} [first]   the settings that it began with
 */

export class Menu {
  #root;
  #tools;
  #keeper;

  /** @param {HTMLElement} root @param {import("../../session/playground.js").Playground} playground @param {Tools} tools */
  constructor(root, playground, tools) {
    this.#root = root;
    this.#tools = tools;
    this.playground = playground;
    this.history = new History(playground, () => performance.now(), tools.first);
    const page = root.ownerDocument.documentElement;
    this.look = createLook(page, tools.storage);
    followComputed(playground);
    if (isPreview()) addEventListener("keydown", tellEscape);
    this.#keeper = isPreview() ? null : new Autosave(playground, Date.now);
    if (this.#keeper) void this.#offerToResume(this.#keeper);
  }

  get places() {
    return this.#tools.places();
  }

  goTo(/** @type {string} */ place) {
    this.#tools.goTo(place);
  }

  /**
   * Brings a setting's field into view and gives it the focus; what it is folded in is opened. Of one that has no field with
   * this experiment that is said, where it would stand.
   */
  async goToSetting(/** @type {string} */ key) {
    const row = settingOf(key);
    const { fold, kind, label } = row;
    const isUsed = applies(row, this.playground.store.get().settings);
    const waysTo = [`[data-setting="${key}"]`, key === "engine" ? ".engine > summary" : (CONTROLS[key] ?? [])].flat();
    /** What is chosen, else the first that is in sight, or folded. */
    const find = () => {
      const found = /** @type {HTMLElement[]} */ ([...this.#root.querySelectorAll(waysTo.join())]);
      const seen = found.filter((one) => one.checkVisibility());
      return seen.find((one) => one.matches(":checked")) ?? seen[0] ?? found[0];
    };
    // Until the page is shown nothing there takes the focus.
    const isShown = () => this.#root.checkVisibility({ visibilityProperty: true });
    for (let i = 0; i < MOST_FRAMES && !isShown(); i++) await new Promise(requestAnimationFrame);
    if (!find() && fold) {
      const more = /** @type {HTMLElement | null} */ (this.#root.querySelector(`ty-${fold}-panel .more`));
      if (more?.getAttribute("aria-expanded") === "false") more.click();
    }
    // What is folded, and what lies behind "More" of the points, is loaded then.
    for (let i = 0; i < (fold ? MOST_FRAMES : FEW_FRAMES) && isUsed && !find(); i++)
      await new Promise(requestAnimationFrame);
    const field = find();
    if (field) this.#root.dispatchEvent(new CustomEvent("ty-reveal", { detail: field }));
    else {
      this.#tell("info", t("menu.settingElsewhere", { label }));
      return this.goTo(`ty-${fold ?? { data: "data", view: "output" }[String(kind)] ?? "training"}-panel`);
    }
    for (let fold = field.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null)
      if (!field.matches("summary")) fold.open = true;
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  }

  /** Brings a group of the Export step into view; its first button has the focus then. */
  async goToWay(/** @type {string} */ id) {
    this.goTo("ty-export-fold");
    /** @type {() => HTMLElement | null} */
    const find = () => this.#root.querySelector(`ty-export [data-way="${id}"]`);
    for (let i = 0; i < MOST_FRAMES && !find(); i++) await new Promise(requestAnimationFrame);
    find()?.scrollIntoView({ block: "center" });
    /** @type {HTMLElement | null} */ (find()?.querySelector("button") ?? null)?.focus({ preventScroll: true });
  }

  /** What the graph's links show: 0 weights, 1 gradients. */
  showLinks(/** @type {0 | 1} */ which) {
    this.goTo("ty-model-panel");
    /** @type {NodeListOf<HTMLElement>} */ (this.#root.querySelectorAll("ty-network-tools .segments input"))[
      which
    ]?.click();
  }

  /** How sharply the loss curves where the run is, and what that means for the learning rate. */
  async tellCurvature() {
    const { playground } = this;
    try {
      const curvature = await playground.ask("curvature", {});
      const { settings, run } = playground.store.get();
      const allowed = allowedRate(curvature, settings.optimizer === "sgd" ? settings.momentum : 0);
      const where = t("menu.epochLargestEigenvalueLosss", { epoch: formatCount(run?.epoch ?? 0) });
      this.#tell(
        "info",
        allowed > 0
          ? t("menu.plainGradientDescentOvershoots", {
              where,
              curvature: formatRate(curvature),
              allowed: formatRate(allowed),
            })
          : t("menu.couldNotMeasuredLoss", { where }),
      );
    } catch (error) {
      this.#tell("warning", t("menu.curvatureCouldNotMeasured", { message: /** @type {Error} */ (error).message }));
    }
  }

  /** The page in another language: it is loaded anew, and the run under way can be resumed there. */
  speak(/** @type {string} */ language) {
    this.look.setLanguage(language);
    // A link that asks for one would win; a sandboxed frame keeps nothing but its link.
    const isAsked = this.playground.store.get().settings.lang !== "auto" || globalThis.origin === "null";
    if (isAsked) this.playground.set("lang", language);
    this.#tools.reload();
  }

  act(/** @type {string} */ action) {
    const preset = /^preset (\d)$/.exec(action);
    if (preset) return this.#openPreset(PRESETS[Number(preset[1]) - 1]);
    const [, key] = /^about (\w+)$/.exec(action) ?? [];
    if (key && isSetting(key)) return void this.goToSetting(key);
    switch (action) {
      case "undo":
        return this.history.undo();
      case "redo":
        return this.history.redo();
      case "slower":
        return nudgeRate(this.playground, -1);
      case "faster":
        return nudgeRate(this.playground, 1);
      case "share":
        return void this.#share();
      case "spec":
        return this.#show("ty-spec-dialog");
      case "copy":
        return void this.copyLink();
      case "download":
        return void this.download().catch(({ message }) => this.#tell("warning", message));
      case "report":
        return void this.downloadReport().catch(({ message }) => this.#tell("warning", message));
      case "print":
        return printPage();
      case "course":
        return location.assign(`${COURSE}index.html`);
      case "examples":
        return this.#show("ty-examples-dialog");
      case "keys":
        return this.#show("ty-keys-dialog");
      case "palette":
        return this.#show("ty-palette");
      case "menu":
        return this.#show("ty-main-menu", "ty-menu-bar");
    }
  }

  /** The page's address with this experiment. */
  link() {
    return linkOf(this.playground.store.get().settings);
  }

  copyLink() {
    return navigator.clipboard.writeText(this.link()).then(
      () => this.#tell("info", t("menu.linkCopied")),
      () => this.act("share"),
    );
  }

  /** The experiment as a file among the downloads. */
  async download() {
    const { settings, frame, table, lock } = this.playground.store.get();
    const engines = frame?.step ? enginesOf(this.playground.store.get()) : [];
    const checkpoint = await this.playground.client.save().catch(() => null);
    const isOwn = settings.source === "table";
    const csv = isOwn ? await this.playground.client.request("table", { ask: "csv" }) : "";
    const written = isOwn ? { ...settings, read: asWritten(settings.read) } : settings;
    const text = writeExperiment({
      link: experimentHash(written, true),
      spec: specFrom(written),
      epoch: frame?.epoch ?? 0,
      checkpoint,
      table: isOwn ? { title: table.title ?? "table", csv } : null,
      looks: lock?.looks,
      engines,
    });
    download(new Blob([text], { type: "application/json" }), this.#fileName("json"));
  }

  #fileName(/** @type {string} */ ending) {
    const { settings, frame } = this.playground.store.get();
    return `trainyard-${settings.source}-epoch-${frame?.epoch ?? 0}.${ending}`;
  }

  /** The run in words and figures, as Markdown. */
  async report() {
    return markdownOf(await gatherReport(this.playground, this.link()));
  }

  async downloadReport() {
    download(new Blob([await this.report()], { type: "text/markdown" }), this.#fileName("md"));
  }

  /** Throws a sentence for what is no experiment, or is one that can't be opened; leaves everything as it is then. */
  async openFile(/** @type {Blob} */ file) {
    try {
      const experiment = await openExperiment(file);
      await tryOut(this.playground, experiment);
      await this.#restore(experiment);
    } catch (error) {
      const why = /** @type {Error} */ (error).message.replace(/[^.?!]$/, "$&."); // the core's begin with a path
      throw new Error(/^[a-z]/.test(why) ? t("menu.cantOpened", { why }) : why);
    }
  }

  /** A file that was dropped on the page: weights, or an experiment. */
  async openDropped(/** @type {File} */ file) {
    try {
      await (/\.safetensors$/i.test(file.name) ? openWeights(this.playground, file) : this.openFile(file));
    } catch (error) {
      this.#tell("warning", /** @type {Error} */ (error).message);
    }
  }

  async #restore(/** @type {import("../share/restore.js").Experiment & {frozen?: number[]}} */ experiment) {
    const { playground } = this;
    const { view } = playground.store.get().settings; // one stays where one is
    await restore(playground, { ...experiment, link: `${experiment.link}&view=${view}` });
    if (experiment.frozen?.length)
      playground.client.remember("freeze", { indices: Uint32Array.from(experiment.frozen) });
    if (!experiment.checkpoint) return;
    // The checkpoint's own count: the one beside it was taken while the run went on.
    const { epoch = 0 } = playground.store.get().run ?? {};
    const said = inexactWords(enginesOf(playground.store.get()));
    this.#tell("info", `${t("menu.restoredWasAfterEpoch", { epoch: formatCount(epoch) })} ${said}`.trim());
  }

  /** Throws a sentence for what is no link to an experiment. */
  async openLink(/** @type {string} */ text) {
    const written = text.trim();
    if (!written) throw new Error(t("menu.pasteLinkFirst"));
    const hash = written.includes("#") ? written.slice(written.indexOf("#") + 1) : written;
    if (!/^\w+=/.test(hash)) throw new Error(t("menu.linkNamesNoExperiment"));
    this.#open(await ownHash(hash, () => loadPart("settings/tfPlayground.js")));
  }

  #open(/** @type {string} */ hash) {
    this.playground.openLink(hash, { isAddress: false });
  }

  /** Its question stays above the panels. */
  #openPreset(/** @type {import("../../settings/presets.js").Preset | undefined} */ preset) {
    if (preset) this.#open(`${preset.hash}&question=${encodeURIComponent(preset.question)}`);
  }

  /** What was under way when a page was left can go on: the newest of this experiment, or of any where none was asked for. */
  async #offerToResume(/** @type {Autosave} */ keeper) {
    const all = await keeper.all();
    const { run, settings } = this.playground.store.get();
    const own = experimentHash(settings);
    const addressOf = (/** @type {import("../share/autosave.js").Kept} */ { address, link }) => address ?? link;
    const kept = all.find((one) => own === "" || addressOf(one) === own);
    // Another experiment was asked for, or this one is under way: nobody wants the old one just now.
    if (!kept || (run?.state !== "ready" && run?.state !== "failed") || keeper.hasKept) return;
    const { label } = sourceOf(readHash(kept.link).settings.source);
    const far = t("menu.aboutEpoch", { epoch: formatCount(kept.epoch) });
    const title = kept.unkept?.title ?? kept.table?.title;
    const text =
      addressOf(kept) === own && !title
        ? t("menu.youHadTrained", { far })
        : t("menu.lastTimeYouHad", { title: title ?? label, far });
    const resume = () =>
      this.#restore(kept).catch((error) => this.#tell("warning", t("menu.cantResumed", { message: error.message })));
    const offer = () =>
      this.playground.store.set({
        notice: { tone: "info", text, action: { label: t("menu.resume"), run: () => void resume() } },
      });
    if (kept.unkept) this.#awaitFile(kept.unkept, text, offer);
    else offer();
  }

  /** Its rows were too many to be kept: with the same file, opened again, it can go on. */
  #awaitFile(
    /** @type {{title: string, rows: number}} */ { title, rows },
    /** @type {string} */ text,
    /** @type {() => void} */ offer,
  ) {
    const { store } = this.playground;
    this.#tell("info", t("menu.rowsWereTooMany", { text }));
    const end = store.subscribe(({ table, description, settings, frame }, before) => {
      if (!frame || !description || description === before.description || settings.source !== OWN_NAME) return;
      if (table.title !== title || table.description?.rows !== rows) return; // another file
      end();
      offer();
    });
  }

  #tell(/** @type {"info" | "warning"} */ tone, /** @type {string} */ text) {
    this.playground.store.set({ notice: { tone, text } });
  }

  async #share() {
    try {
      await withStyle(this.#root, { script: "features/share/part.js", style: "features/share/style.css" });
    } catch (error) {
      const text = t("menu.whatSharesSavesCould", { message: /** @type {Error} */ (error).message });
      return tellLack(this.playground.store, text, () => void this.#share());
    }
    this.#show("ty-share-dialog");
  }

  /** @param {string} name @param {string} [place]   where it belongs, if not to the page as a whole */
  #show(name, place) {
    /** @type {(HTMLElement & {open?: () => unknown}) | null} */
    let dialog = this.#root.querySelector(name);
    if (!dialog) {
      dialog = document.createElement(name);
      Object.assign(dialog, { playground: this.playground, menu: this });
      ((place && this.#root.querySelector(place)) || this.#root).append(dialog);
    }
    void dialog.open?.();
  }
}
