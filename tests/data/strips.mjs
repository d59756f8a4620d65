// The small pictures on the card of a set: the first of each of its first classes, by the mean of what each pixel covers.

/** So many classes, each a square of so many pixels. */
export const STRIP = 5;
export const STRIP_SIDE = 14;

/** @param {{label: number, pixels: Uint8Array}[]} pictures @param {number} side */
export function stripOf(pictures, side) {
  const shown = Array.from({ length: STRIP }, (_, k) => pictures.find(({ label }) => label === k).pixels);
  return shown.map((pixels) => shrunk(pixels, side)).join("");
}

function shrunk(pixels, side) {
  const scale = side / STRIP_SIDE;
  let text = "";
  for (let y = 0; y < STRIP_SIDE; y++)
    for (let x = 0; x < STRIP_SIDE; x++) {
      let [ink, all] = [0, 0];
      const [x0, x1, y0, y1] = [x * scale, (x + 1) * scale, y * scale, (y + 1) * scale];
      for (let row = Math.floor(y0); row < Math.ceil(y1); row++)
        for (let column = Math.floor(x0); column < Math.ceil(x1); column++) {
          const covered =
            (Math.min(x1, column + 1) - Math.max(x0, column)) * (Math.min(y1, row + 1) - Math.max(y0, row));
          ink += covered * pixels[row * side + column];
          all += covered;
        }
      text += Math.min(15, Math.round(ink / all / 17)).toString(16);
    }
  return text;
}
