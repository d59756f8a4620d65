import "@tensorflow/tfjs-backend-webgpu";
import { startOn } from "./tfjs.mjs";

export const start = (work, data) => startOn("webgpu", work, data);
