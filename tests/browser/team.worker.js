// A module worker that leads a team (www/worker/team.js), as the page's does: of trainers that workers of the built page hold.
import { hashNumbers } from "../web/fnv.js";

let team, alone, built;
/** The members' workers. */
const workers = [];

const spawn = () => {
  const worker = new Worker(`${built}/worker/main.js`, { type: "module", name: "pastless" });
  workers.push(worker);
  return worker;
};

const commands = {
  async open({ spec, folder, cores }) {
    built = folder;
    const [{ form }, full] = await Promise.all([import(`${built}/worker/team.js`), import(`${built}/worker/full.js`)]);
    await full.start();
    const onCpu = { ...spec, engine: "cpu" };
    alone = await full.createTrainer(onCpu);
    const core = await WebAssembly.compileStreaming(fetch(`${built}/pkg/trainyard_bg.wasm`));
    const shared = {
      trainer: await full.createTrainer(onCpu),
      spec: onCpu,
      rows: null,
      modules: { core, full: await full.start() },
    };
    team = await form({ shared, clock: performance, cores, spawn });
    return team?.size ?? 1;
  },
  async advance({ steps }) {
    while (team.trainer.progress().step < steps) await team.trainer.advance(1, 0);
    alone.advance(steps - alone.progress().step, 0);
  },
  /** Kills a member while its sums are waited for. */
  async kill({ steps }) {
    const advanced = team.trainer.advance(steps, 1e6);
    await Promise.resolve();
    workers[0].terminate();
    await advanced;
    alone.advance(steps, 0);
    const left = [team.size, team.news];
    // Another takes its place.
    while (!team.hasNews) await new Promise((resolve) => setTimeout(resolve, 20));
    const whole = [team.size, team.news];
    await this.advance({ steps: team.trainer.progress().step + steps });
    return { left, whole, workers: workers.length };
  },
  /** Sets something while a step is under way. */
  async edit({ steps }) {
    const { step } = team.trainer.progress();
    const advanced = team.trainer.advance(steps, 1e6);
    await Promise.resolve();
    for (const trainer of [team.trainer, alone]) {
      trainer.setParameter(3, 0.5);
      trainer.setLearningRate(0.02);
      trainer.freeze(Uint32Array.of(1, 3));
    }
    await advanced;
    await this.advance({ steps: step + steps });
  },
  async rewind({ steps }) {
    const bytes = await alone.checkpoint();
    await this.advance({ steps });
    await Promise.all([team.trainer, alone].map((trainer) => trainer.restore(bytes)));
    await this.advance({ steps });
  },
  hashes: async () => [hashNumbers(await team.trainer.parameters()), hashNumbers(await alone.parameters())],
  close: () => team.trainer.free(),
};

self.onmessage = async ({ data: { name, ...values } }) => {
  try {
    self.postMessage({ value: await commands[name](values) });
  } catch (error) {
    self.postMessage({ error: String(error.stack ?? error) });
  }
};
