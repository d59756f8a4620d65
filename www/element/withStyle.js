// @ts-check
/** Stands in for ui/withStyle.js in elements: a part's style is for all of them. */
import { loadPart, orAdvice } from "../base/loadPart.js";
import { adopt } from "./styles.js";

/** @param {HTMLElement} _place @param {{script: string, style: string}} part   as from `www/` */
export async function withStyle(_place, { script, style }) {
  const [part] = await Promise.all([loadPart(script), orAdvice(adopt(style))]);
  part.define?.();
  return part;
}
