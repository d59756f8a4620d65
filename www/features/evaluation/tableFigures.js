// @ts-check
/** A row to ask the net about, and how good the net is, on rows it learned from and on rows it never saw. */
import { html } from "lit";
import { turnLock } from "../../session/locks.js";
import { Panel } from "../../ui/panel.js";
import { scores } from "../../ui/scores.js";

export class TableFigures extends Panel {
  /** @param {import("../../session/playground.js").State} state */
  picks({ description, frame, run, lock }) {
    return [description, frame?.training, frame?.test, run?.state, lock];
  }

  render() {
    return html`
      <ty-table-question .playground=${this.playground}></ty-table-question>
      ${scores(this.state, () => turnLock(this.playground.store))}
    `;
  }
}
