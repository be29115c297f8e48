import type { Desk, Keeping } from "./desk";

/** Starts a worker with the core in it and opens what this browser keeps, or a core in memory. */
export async function open(_keeping: Keeping): Promise<Desk> {
  throw new Error("The core is not part of this build.");
}
