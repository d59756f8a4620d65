// What the engine chip says in short: no clause that contradicts what stands beside it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { engineWords } from "../../www/session/statusText.js";
import { catalogueOf } from "../../www/strings/catalogue.mjs";

test("the chip names neither its engine twice nor a step's time beside the speed at which steps are shown", () => {
  for (const [reason, words] of [
    ["CPU. Not timed yet; the first Play checks whether a GPU would be faster.", "Not timed yet"],
    ["CPU (chosen). Identical results on every machine.", "chosen"],
    ["CPU: 0.0071 ms per step; sending a step to a GPU would take about 0.2 ms", "fastest available"],
    ["GPU: 0.3 ms vs. 0.5 ms per step on the CPU (llvmpipe)", "fastest available"],
    ["GPU: NVIDIA H200 (software)", "NVIDIA H200 "],
    ["CPU: WebGPU is unavailable in this browser (missing, disabled)", "WebGPU is unavailable in this browser "],
  ])
    assert.equal(engineWords(reason), words);
});

test("every reason of either engine leaves something to say", () => {
  for (const language of ["en", "de"])
    for (const key of ["cpuNotTimedYet", "cpuChosenSameNumbers", "cpuMsStep", "gpuMsAgainstMs", "cpuMs"]) {
      const reason = String(catalogueOf(language)[`worker.${key}`]).replaceAll(/\{\w+\}/g, "1");
      const words = engineWords(reason);
      assert.ok(words.trim() && !/^[CG]PU\b|\d/.test(words), `${reason}: ${words}`);
    }
});
