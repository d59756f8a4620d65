// @ts-check
/** A panel of a study: its job is made when the panel comes onto the page, and ended when it leaves. */
import { tellersOf } from "../base/reported.js";
import { StoreController } from "./storeController.js";
import { SvgPanel } from "./svgPanel.js";

/** @template {import("../session/poolJob.js").PoolJob<any>} J   any: each has more to its state */
export class StudyPanel extends SvgPanel {
  /** @type {J} set before it is drawn */
  job = /** @type {never} */ (undefined);
  follows = new StoreController(this, () => this.job.store);

  /** Each makes its own. @returns {J} */
  createJob() {
    return /** @type {never} */ (undefined);
  }

  /** @param {import("../session/playground.js").State} state @returns {unknown[]} */
  picks({ settings, description, run }) {
    return [settings, description, run === null, run?.state === "failed"];
  }

  /** Whether there is no run that could be studied. */
  get lacksRun() {
    const { run, description } = this.state;
    return !description || !run || run.state === "failed";
  }

  connectedCallback() {
    this.job ??= this.createJob();
    super.connectedCallback();
    tellersOf(this.playground).set(this.localName, () => [this.job.reported()]);
    this.atEnd(() => tellersOf(this.playground).delete(this.localName));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.job.stop();
  }
}
