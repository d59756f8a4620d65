// @ts-check
/**
 * Bytes on their way to the worker: a file of any size is streamed, and never runs further ahead of its reader
 * than a few megabytes, so that neither the page's memory nor its main thread notices.
 */

/** How many bytes may be under way. */
const AHEAD = 4 * 2 ** 20;

/** What somebody may drop here that is no text, by its first bytes. */
const FOREIGN = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], sentence: "is a workbook or an archive, not text. Save it as CSV first (in a spreadsheet: File, Save as, CSV)." },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], sentence: "is an old workbook, not text. Save it as CSV first (in a spreadsheet: File, Save as, CSV)." },
  { bytes: [0x25, 0x50, 0x44, 0x46], sentence: "is a PDF, not a table. Copy the table's cells and paste them here." },
  { bytes: [0x89, 0x50, 0x4e, 0x47], sentence: "is a picture, not a table." },
  { bytes: [0xff, 0xd8, 0xff], sentence: "is a picture, not a table." },
  { bytes: [0x1f, 0x8b], sentence: "is compressed. Unpack it first." },
  { bytes: [0xff, 0xfe], sentence: "is written in UTF-16. Save it as UTF-8 first." },
  { bytes: [0xfe, 0xff], sentence: "is written in UTF-16. Save it as UTF-8 first." },
];

/** Why these can't be the first bytes of a table of that name; null when they can. */
export function foreign(/** @type {string} */ name, /** @type {Uint8Array} */ first) {
  const kind = FOREIGN.find(({ bytes }) => bytes.every((byte, i) => first[i] === byte));
  return kind ? `${name} ${kind.sentence}` : null;
}

/** How far the reader is, so that the sender can wait for it. */
export function createFlow(ahead = AHEAD) {
  let read = 0;
  /** @type {() => void} */
  let wake = () => {};
  return {
    /** The reader has so many bytes behind it. */
    acknowledge(/** @type {number} */ bytes) {
      read = bytes;
      wake();
    },
    /** Whoever waits is let go, to see for himself. */
    release: () => wake(),
    /** Resolves when `sent` bytes are not too far ahead. */
    async room(/** @type {number} */ sent, /** @type {AbortSignal} */ signal) {
      while (sent - read > ahead && !signal.aborted) await new Promise((resolve) => (wake = () => resolve(undefined)));
    },
  };
}

/**
 * Sends a stream piece by piece; resolves to the number of bytes. Each piece is a buffer of its own that may be
 * transferred.
 *
 * @param {ReadableStream<Uint8Array>} stream
 * @param {object} how
 * @param {string} how.name                        for what is said of it
 * @param {(piece: Uint8Array) => void} how.send
 * @param {ReturnType<typeof createFlow>} how.flow
 * @param {AbortSignal} how.signal
 */
export async function pour(stream, { name, send, flow, signal }) {
  const reader = stream.getReader();
  const letGo = () => void reader.cancel().catch(() => {}); // the file may be gone; what matters is why we stop
  signal.addEventListener("abort", letGo); // ends a read that waits, too
  let sent = 0;
  try {
    for (;;) {
      await flow.room(sent, signal);
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      signal.throwIfAborted();
      if (done) return sent;
      const reason = sent === 0 && foreign(name, value);
      if (reason) throw new Error(reason);
      sent += value.length;
      send(value.byteLength === value.buffer.byteLength ? value : value.slice());
    }
  } catch (error) {
    letGo();
    throw error;
  } finally {
    signal.removeEventListener("abort", letGo);
  }
}
