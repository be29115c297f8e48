import assert from "node:assert/strict";
import { test } from "node:test";
import { canEnd, upTo } from "./words";

test("a number is taken within its limits and nothing else is", () => {
  assert.deepEqual(
    ["1", " 14 ", "90"].map((text) => upTo(90, text)),
    [1, 14, 90],
  );
  for (const text of ["", "0", "91", "-1", "1.5", "1e1", "ten", "٣"]) {
    assert.equal(upTo(90, text), undefined, text);
  }
});

test("a ticket that is used up can be ended, since who opened it can still answer", () => {
  assert.deepEqual((["open", "usedUp", "expired", "ended"] as const).filter(canEnd), [
    "open",
    "usedUp",
  ]);
});
