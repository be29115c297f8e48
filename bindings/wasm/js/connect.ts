// Opening an account in a worker.
import type { LearningCore } from "../api.js";
import { Calls } from "./calls.js";
import type { Hears, Opening, Port } from "./messages.js";

/** A core that was opened. */
export interface Opened {
  readonly core: LearningCore;
  /** The key with which the account can be opened again, if it was made just now. */
  readonly newKey: Uint8Array | null;
  /** To be said when the worker has died: every call is rejected with `WorkerEnded` then. */
  broken(): void;
  /** Asks the worker to end once it has done what it was asked so far. */
  end(): void;
  /** Whether every call has its answer. */
  rests(): boolean;
}

/**
 * Opens the account in a worker that serves one: see `worker.ts`. Rejected with a `CoreError`.
 * `hears` is told what becomes of the worker.
 */
export async function connect(worker: Port, opening: Opening, hears?: Hears): Promise<Opened> {
  const calls = new Calls(worker, hears);
  const newKey = await calls.open(opening);
  const core = calls.object("CoreHandle") as LearningCore;
  const rests = () => calls.rests;
  return { core, newKey, broken: () => calls.broken(), end: () => calls.end(), rests };
}
