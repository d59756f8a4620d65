// @ts-check
/** Files and frames of a camera as gray pictures. What is transparent is white; a color is as light as it looks (Rec. 601). */

/** @typedef {import("./frame.js").Picture} Picture */

/** Larger pictures are made smaller at once: 2,000 of them would fill the memory. */
const MOST_SIDE = 112;

/** Rejects for what this browser can't read as a picture. @param {Blob} blob @returns {Promise<Picture>} */
export async function decode(blob) {
  // The numbers in the file, not what a profile of colors makes of them.
  const bitmap = await createImageBitmap(blob, { colorSpaceConversion: "none" });
  const picture = grayOf(bitmap, bitmap.width, bitmap.height);
  bitmap.close();
  return picture;
}

/** @param {CanvasImageSource} source @param {number} width @param {number} height @returns {Picture} */
export function grayOf(source, width, height) {
  const scale = Math.min(1, MOST_SIDE / Math.max(width, height));
  const [columns, rows] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = new OffscreenCanvas(columns, rows);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (
    canvas.getContext("2d", { willReadFrequently: true })
  );
  context.fillStyle = "#fff";
  context.fillRect(0, 0, columns, rows);
  context.imageSmoothingQuality = "high";
  context.drawImage(source, 0, 0, columns, rows);
  const { data } = context.getImageData(0, 0, columns, rows);
  const gray = new Uint8Array(columns * rows);
  for (let at = 0; at < gray.length; at++)
    gray[at] = Math.round(0.299 * data[4 * at] + 0.587 * data[4 * at + 1] + 0.114 * data[4 * at + 2]);
  return { gray, width: columns, height: rows };
}
