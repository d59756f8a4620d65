// Gives what a package's JavaScript and its WebAssembly call one another short names: those that wasm-bindgen makes are long,
// and end in hashes, which don't compress.

const SECTIONS = { imports: 2, exports: 7 };
const KIND_FUNCTION = 0;

/**
 * @param {Uint8Array} bytes   the module
 * @returns {{bytes: Uint8Array, imports: Map<string, string>, exports: Map<string, string>}}   the module, and its new names by the old ones
 */
export function shortNames(bytes) {
  const parts = [bytes.subarray(0, 8)];
  const names = { imports: new Map(), exports: new Map() };
  const reader = { bytes, at: 8 };
  while (reader.at < bytes.length) {
    const start = reader.at;
    const id = bytes[reader.at++];
    const size = number(reader);
    const end = reader.at + size;
    if (id === SECTIONS.imports) parts.push(section(id, renamed(reader, names.imports, importRest, 1)));
    else if (id === SECTIONS.exports) parts.push(section(id, renamed(reader, names.exports, exportRest, 0)));
    else parts.push(bytes.subarray(start, end));
    reader.at = end;
  }
  return { bytes: concatenated(parts), ...names };
}

/** The entries of a section, each with some texts, of which the one at `place` is its name, and a rest. */
function renamed(reader, names, restOf, place) {
  const count = number(reader);
  const out = [leb(count)];
  for (let i = 0; i < count; i++) {
    const texts = Array.from({ length: place + 1 }, () => text(reader));
    const { isFunction, rest } = restOf(reader);
    if (isFunction) {
      if (!names.has(texts[place])) names.set(texts[place], `$${names.size.toString(36)}`);
      texts[place] = names.get(texts[place]);
    }
    for (const one of texts) out.push(leb(one.length), new TextEncoder().encode(one));
    out.push(rest);
  }
  return concatenated(out);
}

/** wasm-bindgen imports nothing but functions. */
function importRest(reader) {
  const start = reader.at;
  if (reader.bytes[reader.at++] !== KIND_FUNCTION)
    throw new Error("shortNames: the module imports something that is no function");
  number(reader);
  return { isFunction: true, rest: reader.bytes.subarray(start, reader.at) };
}

function exportRest(reader) {
  const start = reader.at;
  const isFunction = reader.bytes[reader.at++] === KIND_FUNCTION;
  number(reader);
  return { isFunction, rest: reader.bytes.subarray(start, reader.at) };
}

const section = (id, contents) => concatenated([Uint8Array.of(id), leb(contents.length), contents]);

function text(reader) {
  const length = number(reader);
  reader.at += length;
  return new TextDecoder().decode(reader.bytes.subarray(reader.at - length, reader.at));
}

function number(reader) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = reader.bytes[reader.at++];
    value |= (byte & 127) << shift;
    if (byte < 128) return value >>> 0;
  }
}

function leb(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Uint8Array.of(...bytes, value);
}

const concatenated = (parts) => Uint8Array.from(Buffer.concat(parts));
