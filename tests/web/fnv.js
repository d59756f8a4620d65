// FNV-1a, 64 bits: the hash that pins parameters. Serialised into the browser too, so it imports nothing.

/** @param {Float32Array} numbers @returns {string} 16 hexadecimal digits over the little-endian bytes */
export function hashNumbers(numbers) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}
