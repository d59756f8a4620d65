// @ts-check
import { html, nothing } from "lit";

/**
 * A field for files that looks like a button.
 *
 * @param {string} words
 * @param {(files: File[]) => void} take
 * @param {{name?: string, isFolder?: boolean, isPhoto?: boolean}} how   `isPhoto`: a phone opens its camera
 */
export function fileField(words, take, { name = "", isFolder = false, isPhoto = false }) {
  const changed = (/** @type {EventOn<HTMLInputElement>} */ { currentTarget: input }) => {
    take([...(input.files ?? [])]);
    input.value = ""; // so that the same can be chosen again
  };
  return html`<label class="button own-field">${words}
    <input type="file" multiple accept=${isFolder ? nothing : "image/*"} ?webkitdirectory=${isFolder} capture=${isPhoto ? "environment" : nothing} aria-label=${name ? `${words}: ${name}` : words} @change=${changed} />
  </label>`;
}
