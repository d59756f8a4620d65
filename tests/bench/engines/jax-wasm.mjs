// One thread: the page is not cross-origin isolated.
import { startOn } from "./jax.mjs";

export const start = (work, data) => startOn("wasm", work, data);
