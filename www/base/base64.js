// @ts-check
/**
 * The bytes of a base64 text. In a loop, since the page may draw meanwhile and others take ten times as long.
 *
 * @returns {Uint8Array<ArrayBuffer>} it throws where the text is none
 */
export function bytesFromBase64(/** @type {string} */ text) {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

/** Bytes as base64, some thousands at a time: a call takes no more arguments. */
export function base64Of(/** @type {Uint8Array} */ bytes) {
  let letters = "";
  for (let at = 0; at < bytes.length; at += 0x8000) letters += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(letters);
}
