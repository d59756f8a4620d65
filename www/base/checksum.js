// @ts-check
/**
 * FNV-1a, 64 bits, as the core's checkpoints have it (src/run/checkpoint.rs), in two halves of 32: also where a page has no
 * `crypto.subtle`.
 */

/** What it begins with; the prime is 2⁴⁰ + 435. */
const [HIGH, LOW, PRIME] = [0xcbf29ce4 | 0, 0x84222325 | 0, 435];

const [QUOTE, BACKSLASH, SPACE, TAB, LINE, RETURN] = [...'"\\ \t\n\r'].map((letter) => letter.charCodeAt(0));

/** 16 hexadecimal digits of a JSON text's bytes, without blanks between its tokens: laid out otherwise, it is the same. */
export function checksumOfJson(/** @type {string} */ text) {
  const bytes = new TextEncoder().encode(text);
  let [high, low] = [HIGH, LOW];
  let [isText, isEscaped] = [false, false];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (!isText && (byte === SPACE || byte === LINE || byte === TAB || byte === RETURN)) continue;
    if (isEscaped) isEscaped = false;
    else if (byte === QUOTE) isText = !isText;
    else if (byte === BACKSLASH) isEscaped = isText;
    low ^= byte;
    // What carries over into the upper half, by 16 bits at a time: integers all along are ten times as fast.
    const carry = ((low >>> 16) * PRIME + (((low & 0xffff) * PRIME) >>> 16)) >>> 16;
    high = (Math.imul(high, PRIME) + carry + (low << 8)) | 0;
    low = Math.imul(low, PRIME);
  }
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}
