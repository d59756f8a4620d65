import { startOn } from "./jax.mjs";

export const start = (work, data) => startOn("webgpu", work, data);
