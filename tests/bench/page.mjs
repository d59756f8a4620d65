// The page that a cell of the benchmark runs in; an engine is loaded only when it is asked for.
import { adapterOf } from "../../www/bench/adapter.js";
import { measure } from "./measure.mjs";
import { measurePeak } from "./peak.mjs";
import { works } from "./work.mjs";

const engines = {
  trainyard: () => import("./engines/trainyard.mjs"),
  "trainyard-2": () => import("./engines/trainyard-2.mjs"),
  "trainyard-fast": () => import("./engines/trainyard-fast.mjs"),
  convnetjs: () => import("./engines/convnetjs.mjs"),
  synaptic: () => import("./engines/synaptic.mjs"),
  brain: () => import("./engines/brain.mjs"),
  "tfjs-cpu": () => import("./engines/tfjs-cpu.mjs"),
  "tfjs-wasm": () => import("./engines/tfjs-wasm.mjs"),
  "jax-wasm": () => import("./engines/jax-wasm.mjs"),
  "jax-threads": () => import("./engines/jax-wasm.mjs"),
  "trainyard-gpu": () => import("./engines/trainyard-gpu.mjs"),
  "tfjs-webgpu": () => import("./engines/tfjs-webgpu.mjs"),
  "jax-webgpu": () => import("./engines/jax-webgpu.mjs"),
};

/** One cell: numbers, or `{ error }`. */
globalThis.runCell = async (engine, work, limits) => {
  try {
    if (engine === "peak") return await measurePeak(limits);
    const module = await engines[engine]();
    return await (module.measure ? module.measure(work, limits) : measure(module, works[work], limits));
  } catch (error) {
    return { error: String(error?.message ?? error).split("\n")[0] };
  }
};

/** The adapter that WebGPU offers, or null. */
globalThis.adapterFacts = async () => {
  const facts = await adapterOf(navigator);
  return facts && { ...facts, name: facts.name || "unnamed" };
};
