// @ts-check
/** The small pictures on the cards of the bands: what draws them is loaded when the first of them is about to be seen. */
import { withStyle } from "../ui/withStyle.js";
import { partOf } from "./partOf.js";

/** So far below the window it begins, in pixels. */
const AHEAD = "200px";

/**
 * @param {HTMLElement} root
 * @param {import("./bands.js").Band[]} bands
 * @param {object} properties   of each picture
 * @returns {() => void} ends it
 */
export function followThumbnails(root, bands, properties) {
  const places = bands.flatMap(({ cards }) => cards.map(({ picture }) => picture)).filter(({ hidden }) => !hidden);
  let isAsked = false;
  const observer = new IntersectionObserver(
    async (seen) => {
      if (isAsked || !seen.some(({ isIntersecting }) => isIntersecting)) return;
      isAsked = true;
      try {
        await withStyle(root, partOf("thumbnails"));
        observer.disconnect();
        for (const place of places)
          place.append(Object.assign(document.createElement("ty-thumbnail"), { ...properties, of: place.dataset.of }));
      } catch {
        isAsked = false; // the cards say by their questions what they have; the next that comes into sight asks again
      }
    },
    { rootMargin: AHEAD },
  );
  for (const place of places) observer.observe(place);
  return () => observer.disconnect();
}
