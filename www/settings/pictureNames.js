// @ts-check
/** The sources whose rows are pictures; apart from other names, since what is loaded first has no use for them. */
import { IMAGE_NAMES, SOUND_NAMES } from "../data/imageNames.static.js";

/** Sounds, too: a network is shown a picture of each. */
export const isOfPictures = (/** @type {string} */ source) => IMAGE_NAMES.includes(source) || isOfSounds(source);

export const isOfSounds = (/** @type {string} */ source) => SOUND_NAMES.includes(source);

/** Of the file of a built-in set. */
export const extensionOf = (/** @type {string} */ source) =>
  isOfSounds(source) ? "sounds" : isOfPictures(source) ? "images" : "csv";
