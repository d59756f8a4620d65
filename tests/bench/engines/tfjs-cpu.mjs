import "@tensorflow/tfjs-backend-cpu";
import { startOn } from "./tfjs.mjs";

export const start = (work, data) => startOn("cpu", work, data);
