// What holds of each page.

import assert from "node:assert/strict";
import type { Desk } from "./desk.ts";
import { looksAsKept } from "./screens.ts";

/** Nobody is kept out of the page as it stands, and it looks as it did. */
export async function isFit(desk: Desk, name: string): Promise<void> {
  await desk.rests();
  assert.deepEqual(await desk.barriers(), [], `barriers on ${name}`);
  await looksAsKept(desk.page, name);
}
