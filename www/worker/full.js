// @ts-check
/** All of Trainyard: the core, its GPU engine, and tables. A module of its own, so that a page that needs neither never loads it. */
export { Tables } from "./tables.js";
export { default as init, TableReader, Trainer } from "../pkg-full/trainyard.js";
