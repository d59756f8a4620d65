// @ts-check
/** A wasm module out of an answer. Some servers don't know the type of .wasm files: then it can't be compiled while it arrives. */
export const compiled = async (/** @type {Response} */ response) =>
  response.headers.get("content-type")?.startsWith("application/wasm")
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
