// @ts-check
/** The worker in a sandboxed frame: the same one. It listens for where files come from before it listens for anything else. */
import "./workerFiles.js";
import "../worker/main.js";
