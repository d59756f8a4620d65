// @ts-check
/** Hands a file to the reader, or prints. A sandboxed frame may be allowed neither: see carried/download.js. */
import { t } from "../base/text.js";

export function download(/** @type {Blob} */ blob, /** @type {string} */ name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken it over by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The picture on the page's own background, for a canvas is transparent. */
export function downloadPicture(
  /** @type {HTMLCanvasElement} */ canvas,
  /** @type {string} */ background,
  /** @type {string} */ name,
) {
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [canvas.width, canvas.height];
  const context = /** @type {CanvasRenderingContext2D} */ (copy.getContext("2d"));
  context.fillStyle = background;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  copy.toBlob((blob) => blob && download(blob, name), "image/png");
}

export const downloadText = (/** @type {string} */ text, /** @type {string} */ name) =>
  download(new Blob([text], { type: "text/csv" }), name);

/** What is said of a file that was handed over. */
export const saved = (/** @type {string} */ what) => t("ui.yourDownloads", { what });

export const printPage = () => print();
