// @ts-check
/** A panel with a picture of SVG, drawn in the page's own pixels, so that letters and lines keep their size. */
import { Panel } from "./panel.js";

export class SvgPanel extends Panel {
  /** What it is drawn for until it is laid out. `unit`: pixels of the reader's type, over the usual. */
  size = { width: 560, height: 260, unit: 1 };

  /** Finds the picture among what is rendered. */
  get picture() {
    return this.querySelector("svg");
  }

  firstUpdated() {
    const observer = new ResizeObserver(() => this.measure());
    observer.observe(this);
    this.atEnd(() => observer.disconnect());
  }

  measure() {
    const { picture } = this;
    if (!picture?.clientWidth) return;
    const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const size = { width: picture.clientWidth, height: picture.clientHeight, unit };
    if (JSON.stringify(size) === JSON.stringify(this.size)) return;
    this.size = size;
    this.requestUpdate();
  }
}
