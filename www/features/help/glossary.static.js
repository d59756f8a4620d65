// @ts-check
/** The entry of the course's glossary for each setting. */
import glossary from "../../lessons/glossary.json" with { type: "json" };

/** @type {Record<string, string>} */
export const ENTRIES = Object.fromEntries(
  glossary.flatMap(({ id, settings = [] }) => settings.map((key) => [key, id])),
);
