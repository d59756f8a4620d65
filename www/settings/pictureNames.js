// @ts-check
/** The sources whose rows are pictures; apart from other names, since what is loaded first has no use for them. */
import { IMAGE_NAMES } from "../data/imageNames.static.js";

export const isOfPictures = (/** @type {string} */ source) => IMAGE_NAMES.includes(source);
