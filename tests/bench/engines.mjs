// Who is measured: where each engine computes, which work it can do, and of whom the exact loss is expected.
import { works } from "./work.mjs";

/** The rows of the tables in their order; `ours` are compared with the peers in the same place, "cpu" or "gpu". */
export const engines = {
  trainyard: { place: "cpu", ours: true, exact: true },
  "trainyard-2": { place: "cpu", ours: true, exact: true },
  "trainyard-fast": { place: "cpu", ours: true, exact: true }, // other last digits, but to the loss the same
  convnetjs: { place: "cpu", exact: (work) => work !== "W1" && work !== "W2" },
  synaptic: { place: "cpu" },
  brain: { place: "cpu" },
  "tfjs-cpu": { place: "cpu", exact: true },
  "tfjs-wasm": { place: "cpu", exact: true },
  "jax-wasm": { place: "cpu", exact: true },
  "jax-threads": { place: "cpu", exact: true, isolated: true },
  "trainyard-gpu": { place: "gpu", ours: true, exact: true },
  "tfjs-webgpu": { place: "gpu", exact: true },
  "jax-webgpu": { place: "gpu", exact: true },
};

export const places = ["cpu", "gpu"];
export const peers = Object.keys(engines).filter((name) => !engines[name].ours);
/** Ours in a place: the first is whom peers are compared with, the others are beside it. */
export const allOursIn = (place) =>
  Object.keys(engines).filter((name) => engines[name].ours && engines[name].place === place);
export const oursIn = (place) => allOursIn(place)[0];

/** Works whose batches several workers can share: where more than one thread is timed. */
const SHARED = ["W3b", "W5"];

/**
 * Whether an engine can do a work: synaptic would generate too much code, brain.js has dense layers only, some have no
 * matrix product worth the name; more threads are for batches that can be shared; and a GPU made of software would be busy with W5 for minutes, which is why it has W5s.
 */
export function fits(name, work, { isSoftware }) {
  if (engines[name].place === "gpu") return work !== "W5" || !isSoftware;
  if (work === "W5s") return false;
  if (["trainyard-2", "jax-threads"].includes(name)) return SHARED.includes(work);
  switch (works[work].kind) {
    case "product":
      return ["trainyard", "trainyard-fast", "tfjs-wasm", "jax-wasm"].includes(name);
    case "cnn":
      return !["synaptic", "brain"].includes(name);
    default:
      return work === "W1" || name !== "synaptic";
  }
}

/** Whether it takes our initial weights, updates once a batch and knows the loss: then that after three steps must agree. */
export function isExact(name, work) {
  const { exact = false } = engines[name];
  return typeof exact === "function" ? exact(work) : exact;
}
