// A worker with the core in it.

import { connect, type Engine, type Hears, type Opening } from "../../../bindings/wasm/js/core";
import { scriptAddress } from "./trusted";
import workerAddress from "./worker?worker&url";

/** A worker that was begun, and how it is known that its script cannot be loaded. */
interface Begun {
  worker: Worker;
  /** The lock that it holds for as long as it lives. */
  life: string;
  failed: Promise<never>;
}

/** Begins a worker, which loads the module while the page makes up its mind what is to be opened. */
function begin(): Begun {
  const life = `enhance-worker-${crypto.randomUUID()}`;
  const worker = new Worker(scriptAddress(workerAddress), { type: "module", name: life });
  const failed = new Promise<never>((_, reject) => {
    // It would answer nothing for ever.
    const say = () => reject(new Error("The desk could not be loaded. Try again in a moment."));
    worker.addEventListener("error", say, { once: true });
  });
  failed.catch(() => {});
  return { worker, life, failed };
}

/** How often it is looked whether a worker lives already, in milliseconds. */
const LOOKS_EVERY = 100;

/** Rejected once a worker that lived does no more: what was asked of it has no answer. */
async function stopped(life: string, signal: AbortSignal): Promise<never> {
  const { locks } = navigator;
  const lives = async () => (await locks.query()).held?.some(({ name }) => name === life);
  while (!(await lives()) && !signal.aborted) {
    await new Promise((later) => setTimeout(later, LOOKS_EVERY));
  }
  await locks.request(life, { signal }, () => {});
  throw new Error("The program of the desk stopped while it was opened. Try again.");
}

/** The first one is begun with the page. */
let first: Begun | undefined = begin();

/** Opens a core in a worker of its own. */
export async function engine(opening: Opening, hears: Hears): Promise<Engine> {
  const { worker, life, failed } = first ?? begin();
  first = undefined;
  const opens = new AbortController();
  try {
    const stops = navigator.locks ? [stopped(life, opens.signal)] : [];
    const opened = await Promise.race([connect(worker, opening, hears), failed, ...stops]);
    const watch = new AbortController();
    worker.addEventListener("error", hears.ended);
    // What dies without a word lets go of its lock all the same.
    navigator.locks?.request(life, { signal: watch.signal }, hears.ended).catch(() => {});
    const terminate = () => {
      watch.abort();
      worker.terminate();
    };
    return { ...opened, terminate };
  } catch (error) {
    worker.terminate();
    throw error;
  } finally {
    opens.abort();
  }
}
