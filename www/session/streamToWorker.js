// @ts-check
/**
 * Bytes on their way to the worker: a file of any size is streamed, and never runs further ahead of its reader
 * than a few megabytes, so that neither the page's memory nor its main thread notices.
 */

/** How many bytes may be under way. */
const AHEAD = 4 * 2 ** 20;

/** How far the reader is, so that the sender can wait for it. */
export function createBackpressure(ahead = AHEAD) {
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
    unblock: () => wake(),
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
 * @param {(piece: Uint8Array) => void} how.send
 * @param {ReturnType<typeof createBackpressure>} how.backpressure
 * @param {AbortSignal} how.signal
 */
export async function streamToWorker(stream, { send, backpressure, signal }) {
  const reader = stream.getReader();
  const letGo = () => void reader.cancel().catch(() => {}); // the file may be gone; what matters is why we stop
  signal.addEventListener("abort", letGo); // ends a read that waits, too
  let sent = 0;
  try {
    for (;;) {
      await backpressure.room(sent, signal);
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      signal.throwIfAborted();
      if (done) return sent;
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
