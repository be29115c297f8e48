// A real server, and people with a browser each: what stories are told in.
import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

const root = resolve(import.meta.dirname, "../../..");
const url = (folder) => pathToFileURL(resolve(root, folder)).href;

/** The compiled TypeScript of `js/`, and the module as `cargo xtask web` makes it. */
export const js = url(process.env.ENHANCE_JS ?? "target/web/js");
export const module = url(process.env.ENHANCE_MODULE ?? "target/web");
const program = resolve(root, process.env.ENHANCE_SERVER ?? "target/debug/enhance-server");

const { connect, LastingCore } = await import(`${js}/core.js`);

/** How far a sync goes. */
export const budget = { deadline: null, metered: false, maxBytes: null };

/** A server, with the programme published, and the browsers that were opened. */
export class World {
  static async begin() {
    const world = new World();
    world.folder = await mkdtemp(join(tmpdir(), "enhance-wasm-"));
    world.data = join(world.folder, "data");
    const settings = join(world.folder, "settings.toml");
    await writeFile(settings, "[limits]\nrequests_per_minute = 1000000\n");
    const serve = ["serve", "--data", world.data, "--listen", "127.0.0.1:0", "--config", settings];
    world.process = spawn(program, serve, { stdio: ["ignore", "pipe", "ignore"] });
    const [line] = await once(createInterface({ input: world.process.stdout }), "line");
    world.url = line.replace("enhance-server ready at ", "");
    world.run("publish", "--data", world.data, join(root, "content/enhance"));
    return world;
  }

  workers = [];

  run(...said) {
    return execFileSync(program, said, { encoding: "utf8" });
  }

  /** A browser without an account: its database is in memory. `throws` is what a method throws. */
  async browser(hears, throws) {
    const worker = new Worker(new URL("./worker.mjs", import.meta.url), {
      workerData: { js, module, throws },
    });
    this.workers.push(worker);
    const port = {
      postMessage: (message, transfer) => worker.postMessage(message, transfer),
      addEventListener: (_, heard) => worker.on("message", (data) => heard({ data })),
    };
    const opened = await connect(port, { folder: "account", stays: false, key: null }, hears);
    worker.on("error", () => opened.broken());
    return { ...opened, terminate: () => void worker.terminate() };
  }

  /** A core that outlives its worker, of which the first throws what is said. */
  async lasting(options, throws) {
    const told = { mishaps: 0, starts: 0, lost: [] };
    const { core } = await LastingCore.open({
      stays: true,
      start: (hears) => this.browser(hears, told.starts++ === 0 ? throws : undefined),
      onMishap: () => told.mishaps++,
      onLost: (error) => told.lost.push(error),
      ...options,
    });
    return { core, told };
  }

  /** A person who joined by an invitation. */
  async person(name, role) {
    const said = this.run("invite", "--data", this.data, "--role", role, "--name", name, "--json");
    const { core } = await this.browser();
    const { account } = await core.enrol(this.url, JSON.parse(said).invitation, "A desk");
    return { core, account };
  }

  async end() {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
    this.process.kill("SIGKILL");
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Syncs each of them until everybody has what the others sent. */
export async function settle(...people) {
  for (let round = 0; round < 3; round++) {
    for (const { core } of people) await core.sync(budget);
  }
}

/** Waits until something holds. */
export async function until(holds) {
  for (let tries = 0; !holds(); tries++) {
    if (tries === 400) throw new Error("it never came");
    await new Promise((later) => setTimeout(later, 25));
  }
}

function once(emitter, event) {
  return new Promise((done) => emitter.once(event, (...what) => done(what)));
}
