// @ts-check
/** Where the coach's reasons open: over the picture of what the model predicts, which has no controls. */

export const PICTURE = "ty-output-panel .stage";

/** From the edges. */
const GAP = 8;
const WIDEST = 416;

/** Puts a box over the picture, as far as that is in sight; false where there is too little of it. @param {HTMLElement} box @param {Element | null} bar */
export function placeOver(box, bar) {
  const picture = document.querySelector(PICTURE)?.getBoundingClientRect();
  const { top: barTop = 0, bottom: barBottom = 0 } = bar?.getBoundingClientRect() ?? {};
  const isBelow = barTop < innerHeight / 2; // the page is below the bar; on a narrow screen above it
  const [first, last] = isBelow ? [barBottom, innerHeight] : [0, barTop];
  const isMissing = !picture?.width;
  const left = isMissing ? GAP : picture.left + GAP;
  const width = Math.min(isMissing ? innerWidth - 2 * GAP : picture.width - 2 * GAP, WIDEST);
  Object.assign(box.style, { left: `${left}px`, width: `${width}px` });
  const top = Math.max(isMissing ? first : picture.top, first) + GAP;
  const bottom = Math.min(isMissing ? last : picture.bottom, last) - GAP;
  Object.assign(box.style, { top: `${top}px`, maxHeight: `${Math.max(bottom - top, 0)}px` });
  return isMissing || bottom - top >= Math.min(box.scrollHeight, picture.height / 2);
}
