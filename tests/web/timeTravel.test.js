// The page's side of time travel: no wish is lost, whatever it meets on its way.
import assert from "node:assert/strict";
import test from "node:test";
import { createStore } from "../../www/base/store.js";
import { TimeTravel } from "../../www/features/time-travel/model.js";
import { settle } from "./support.js";

test("a wish that comes while the moment before is still being drawn, or its neighbors asked for, is granted too", async () => {
  const description = { stepsPerEpoch: 10 };
  const store = createStore({ description, frame: { step: 90 }, run: { state: "paused" }, settings: {} });
  const seeks = [];
  let answerPast = () => {};
  const moments = [0, 10, 20, 30, 90].map((step) => ({ step }));
  const client = {
    async ask(type, { step } = {}) {
      if (type === "seek") return seeks.push(step) && step;
      await new Promise((resolve) => (answerPast = resolve));
      return { moments, bytes: 0, tooLarge: 0 };
    },
  };
  const travel = new TimeTravel(/** @type {any} */ ({ store, client, ask: client.ask }));
  answerPast();
  await settle();
  void travel.seek(30);
  await settle();
  void travel.seek(20); // while 30 is not drawn yet
  await settle();
  store.set({ frame: { step: 30 } });
  await settle();
  answerPast();
  await settle();
  store.set({ frame: { step: 20 } });
  await settle();
  void travel.seek(10); // while the moments are asked for
  answerPast();
  await settle();
  store.set({ frame: { step: 10 } });
  await settle();
  answerPast();
  await settle();
  assert.deepEqual(seeks, [30, 20, 10]);
  assert.equal(travel.store.get().isAway, true);
  travel.dispose();
});
