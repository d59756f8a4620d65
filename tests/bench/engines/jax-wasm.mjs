// One thread where the page is not cross-origin isolated; where it is, one on each core.
import { startOn } from "./jax.mjs";

export const start = (work, data) => startOn("wasm", work, data);
