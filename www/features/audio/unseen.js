// @ts-check
/** New recordings of known voices beside voices that no run was given, with how many are predicted correctly; each can be heard. */
import { html, nothing } from "lit";
import { formatCount, formatShare } from "../../base/format.js";
import { isLocked } from "../../base/padlock.js";
import { Inquiry } from "../../session/inquiry.js";
import { turnLock } from "../../session/locks.js";
import { Panel } from "../../ui/panel.js";
import { rowsLocked } from "../../ui/rowsChooser.js";
import { isAboveGuessing, isBelow, isForeign, judged } from "./gap.js";
import { t } from "../../base/text.js";

/** @typedef {import("./gap.js").Judged} Judged */

/** @type {Record<string, string>} */
const NAMES = {
  new: t("audio.newVoices"),
  other: t("audio.otherVoices"),
  real: t("audio.realVoice"),
  foreign: t("audio.foreignVoices"),
};

export class UnseenVoices extends Panel {
  static properties = { ...Panel.properties, found: { state: true }, opened: { state: true } };

  #inquiry = new Inquiry(() => this.#ask());

  constructor() {
    super();
    /** @type {{group: import("./worker/sounds.js").Unseen, judged: Judged, classes: number[]}[]} */
    this.found = [];
    /** The group whose sounds are in sight. */
    this.opened = "";
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ description, frame, lock }) {
    return [description, frame?.test, lock];
  }

  connectedCallback() {
    super.connectedCallback();
    this.follow(
      ({ frame, description, lock }) => [frame, description, lock],
      () => this.#inquiry.soon(),
    );
    this.atEnd(() => this.#inquiry.stop());
    void this.#inquiry.now();
  }

  async #ask() {
    const { description } = this.state;
    if (!description?.image?.isOfSounds || isLocked(this.state)) return void (this.found = []);
    const groups = await this.playground.tables.unseen();
    const rows = groups.flatMap((group) => group.rows);
    const { classes } = await this.playground.ask("classify", { inputs: Float64Array.from(rows) });
    if (this.state.description !== description || isLocked(this.state)) return;
    let from = 0;
    this.found = groups.map((group) => {
      const own = Array.from(classes.slice(from, (from += group.rows.length)));
      return { group, judged: judged(group, own), classes: own };
    });
  }

  render() {
    const { description, frame } = this.state;
    if (!description?.image?.isOfSounds) return nothing;
    const test = frame?.test ?? null;
    return html`
      <section class="unseen" aria-label="${t("audio.unseen")}">
        <h3>${t("audio.unseen")}</h3>
        <p class="note">${t("audio.unseenAbout")}</p>
        ${isLocked(this.state) ? rowsLocked(() => turnLock(this.playground.store)) : this.#table(test)}
      </section>
    `;
  }

  /** @param {{accuracy?: number, rows: number} | null} test */
  #table(test) {
    const known =
      test?.accuracy === undefined ? null : { count: test.rows, correct: Math.round(test.accuracy * test.rows) };
    const { found, opened } = this;
    const group = found.find(({ judged: { name } }) => name === opened);
    return html`
      <div class="unseen-scroll">
        <table>
          <thead><tr><th scope="col">${t("audio.who")}</th><th scope="col">${t("audio.recordings")}</th><th scope="col">${t("audio.correct")}</th><th scope="col">${t("audio.byVoice")}</th></tr></thead>
          <tbody>
            <tr><th scope="row">${t("audio.knownVoices")}</th><td>${known ? formatCount(known.count) : "–"}</td><td>${known ? formatShare(known.correct / known.count) : "–"}</td><td></td></tr>
            ${found.map(({ judged: one }) => this.#row(one))}
          </tbody>
        </table>
      </div>
      ${known && found.length ? html`<p class="unseen-words">${this.#words(known)}</p>` : nothing}
      ${found.length ? html`<p class="unseen-words">${this.#foreignWords()}</p>` : nothing}
      ${group ? html`<ty-picture-tiles .playground=${this.playground} .tiles=${tilesOf(group)}></ty-picture-tiles>` : nothing}
    `;
  }

  #row(/** @type {Judged} */ { name, count, correct, voices }) {
    const share = (/** @type {{correct: number, count: number}} */ one) => formatShare(one.correct / one.count, 0);
    const [worst, best] = [voices[0], voices[voices.length - 1]];
    const range =
      voices.length < 2
        ? worst.voice
        : t("audio.range", {
            count: formatCount(voices.length),
            worst: share(worst),
            best: share(best),
            who: worst.voice,
          });
    const turn = () => (this.opened = this.opened === name ? "" : name);
    return html`<tr><th scope="row"><button type="button" class="unseen-open" aria-expanded=${this.opened === name} @click=${turn}>${NAMES[name] ?? name}</button></th><td>${formatCount(count)}</td><td>${formatShare(correct / count)}</td><td>${range}</td></tr>`;
  }

  /** What a model of English words makes of others. */
  #foreignWords() {
    const one = this.found.find((group) => isForeign(group.judged))?.judged;
    const classes = this.state.description?.classes;
    if (!one || !classes) return "";
    const share = formatShare(one.correct / one.count);
    const guess = formatShare(1 / classes, 0);
    return isAboveGuessing(one, classes)
      ? t("audio.foreignMore", { share, guess })
      : t("audio.foreignGuess", { share, guess });
  }

  /** @param {{count: number, correct: number}} known */
  #words(known) {
    const below = this.found.map((one) => one.judged).filter((one) => !isForeign(one) && isBelow(known, one));
    if (!below.length) return t("audio.carriesOver");
    const worst = below.reduce((a, b) => (b.correct / b.count < a.correct / a.count ? b : a));
    return t("audio.doesNotCarry", {
      known: formatShare(known.correct / known.count),
      worst: formatShare(worst.correct / worst.count),
      who: NAMES[worst.name] ?? worst.name,
    });
  }
}

/** @param {UnseenVoices["found"][number]} found */
const tilesOf = ({ group, classes }) =>
  group.rows.map((row, i) => ({ row, is: group.labels[i], said: classes[i], value: null }));
