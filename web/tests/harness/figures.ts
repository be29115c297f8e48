// What was measured, and how far it may be from its goal.

import assert from "node:assert/strict";
import type { TestContext } from "node:test";

/** A machine that does much else at the same time may take so much longer. */
const SLACK = Number(process.env.ENHANCE_SLACK ?? 4);

/** Says what was measured in milliseconds, and fails where it is far from its goal. */
export function tell(t: TestContext, what: string, millis: number, goal: number): void {
  t.diagnostic(`${what}: ${Math.round(millis)} ms (goal ${goal} ms)`);
  assert.ok(millis <= goal * SLACK, `${what} took ${millis} ms`);
}
