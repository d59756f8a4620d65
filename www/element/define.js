// @ts-check
/** Gives the element its name; its class alone is in trainYard.js. */
import { TrainYard } from "./trainYard.js";

if (!customElements.get("train-yard")) customElements.define("train-yard", TrainYard);

export { TrainYard };
