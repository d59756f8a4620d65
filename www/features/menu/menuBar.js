// @ts-check
/**
 * What is about the page as a whole: undo and redo, sharing, and a menu of the rest. The bar is small; what it
 * opens is loaded (menu/part.js) once somebody is about to want it (features/menu/wanted.js).
 */
import { html } from "lit";
import { tellLack } from "../../session/pending.js";
import { menuIcon, redoIcon, shareIcon, undoIcon } from "../../ui/icons.js";
import { Panel } from "../../ui/panel.js";
import { roundButton } from "../../ui/roundButton.js";
import { t } from "../../base/text.js";

export class MenuBar extends Panel {
  static properties = { ...Panel.properties, load: { attribute: false } };

  /** @type {Promise<import("./part.js").Menu | null> | null} */
  #menu = null;
  /** @type {import("./part.js").Menu | null} */
  #there = null;
  #advice = "";

  constructor() {
    super();
    /** The settings that the page began with, once there is something to see. @type {import("../../session/history.js").Moment | undefined} */
    this.first = undefined;
    /** Gets the menu, and its style into the page. @type {(first: MenuBar["first"]) => Promise<import("./part.js").Menu>} */
    this.load = () => Promise.reject(new Error(t("menu.noMenu")));
  }

  connectedCallback() {
    super.connectedCallback();
    this.follow(
      ({ frame, run }) => Boolean(frame) || run?.state === "failed",
      () => (this.first ??= this.state),
    );
  }

  /** The menu; null when it can't be had just now, which is said. */
  menu() {
    this.#menu ??= this.load(this.first).then(
      (menu) => {
        menu.history.onchange = () => this.requestUpdate();
        this.#there = menu;
        this.requestUpdate(); // what was changed before it came can be undone
        return menu;
      },
      (error) => {
        this.#advice = error.message;
        this.#menu = null;
        return null;
      },
    );
    return this.#menu;
  }

  /** Does what a key or a button asks for. */
  async act(/** @type {string} */ action) {
    const menu = await this.menu();
    if (menu) menu.act(action);
    else
      tellLack(
        this.playground.store,
        t("menu.menuCouldNotLoaded", { advice: this.#advice }),
        () => void this.act(action),
      );
  }

  render() {
    const history = this.#there?.history;
    const button = (
      /** @type {string} */ action,
      /** @type {string} */ label,
      /** @type {string} */ keys,
      /** @type {unknown} */ icon,
      disabled = false,
      /** @type {string | undefined} */ popup = undefined,
    ) =>
      roundButton("small", label, keys ? `${label} (${keys})` : label, icon, () => this.act(action), disabled, popup);
    return html`
      ${button("undo", t("menu.undo"), t("menu.ctrlZ"), undoIcon, !history?.canUndo)}
      ${button("redo", t("menu.redo"), t("menu.ctrlShiftZ"), redoIcon, !history?.canRedo)}
      ${button("share", t("menu.share"), "S", shareIcon, false, "dialog")}
      ${button("menu", t("menu.menu"), "", menuIcon, false, "menu")}
    `;
  }
}
