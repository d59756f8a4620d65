// @ts-check
/** The core with the GPU engine: a module of its own, so that a page that trains on the CPU never loads it. */
export { default as init, Trainer } from "../pkg-gpu/trainyard.js";
