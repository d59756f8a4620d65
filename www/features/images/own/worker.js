// @ts-check
/** Pictures of one's own, read and made what the network sees by the pool's workers: the page has its hands free. */
import { decode } from "./decode.js";
import { framed } from "./frame.js";

/**
 * What the browser can't read as a picture is null.
 *
 * @param {import("../../../worker/jobs.js").JobParts} parts
 * @param {import("../../../session/protocol.js").JobCourse<"pictures">} course
 */
export async function readPictures({ signal }, { files }) {
  const pictures = [];
  for (const file of files) {
    if (signal.aborted) break;
    pictures.push(await decode(file).catch(() => null));
  }
  return pictures;
}

/**
 * @param {import("../../../worker/jobs.js").JobParts} _
 * @param {import("../../../session/protocol.js").JobCourse<"framing">} course
 */
export const framePictures = async (_, { pictures, how }) => pictures.map((picture) => framed(picture, how));
