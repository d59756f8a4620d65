// What the coach is told of an imagined run: its settings, and what is known of it besides the record.
import { defaultsFor } from "../../www/settings/spec.js";

export const settings = (changes = {}) => ({ ...defaultsFor("circle"), ...changes });

export const about = (changes = {}) =>
  /** @type {any} any: as much of it as the rules read */ ({
    batchSize: 2,
    trainingRows: 400,
    watches: "test",
    settings: settings(),
    learningRate: 0.03,
    allowed: NaN,
    classNames: null,
    ...changes,
  });
