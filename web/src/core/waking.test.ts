import assert from "node:assert/strict";
import { test } from "node:test";
import { Waking } from "./waking";

test("a computer that slept is noticed at the first look, and a busy page is none", () => {
  let now = 1_000;
  let woken = 0;
  const waking = new Waking(
    () => woken++,
    () => now,
  );
  for (const [passed, times] of [
    [5_000, 0],
    [25_000, 0],
    [600_000, 1],
    [5_000, 1],
  ] as const) {
    now += passed;
    waking.look();
    assert.equal(woken, times);
  }
  waking.end();
});
