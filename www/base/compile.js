// @ts-check
/** A package as it comes, compiled. Some servers don't know the type of .wasm files: then it can't be compiled on the way. */
export async function compile(/** @type {Promise<Response>} */ asked) {
  const response = await asked;
  if (!response.ok) throw response.status;
  const isWasm = response.headers.get("content-type")?.startsWith("application/wasm");
  return await (isWasm ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer()));
}
