// The page's door to the core in its worker.
import type { LearningCore } from "../api.js";
import { Calls } from "./calls.js";
import type { Opening, Port } from "./messages.js";

export type * from "../api.js";
export { CoreError } from "./error.js";
export { adding, changing, correcting, recording } from "./items.js";
export { forgetKey, keyOf } from "./key.js";
export type { Opening, Port } from "./messages.js";
export { type Shown, settleFields, TextBinding, type TypedOn, textOf } from "./typing.js";

/** A core that was opened. */
export interface Opened {
  readonly core: LearningCore;
  /** The key with which the account can be opened again, if it was made just now. */
  readonly newKey: Uint8Array | null;
  /** To be said when the worker has died: every call that waits is rejected then. */
  broken(): void;
}

/** Opens the account in a worker that serves one: see `worker.ts`. Rejected with a `CoreError`. */
export async function connect(worker: Port, opening: Opening): Promise<Opened> {
  const calls = new Calls(worker);
  const newKey = await calls.open(opening);
  const core = calls.object("CoreHandle") as LearningCore;
  return { core, newKey, broken: () => calls.broken() };
}
