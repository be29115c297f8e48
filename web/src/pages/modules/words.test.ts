import assert from "node:assert/strict";
import { test } from "node:test";
import { state, time } from "./words";

test("minutes are said in hours where there are any", () => {
  assert.equal(time(0), "0\u00a0min");
  assert.equal(time(35), "35\u00a0min");
  assert.equal(time(60), "1\u00a0h");
  assert.equal(time(150), "2\u00a0h\u00a030\u00a0min");
});

test("an activity that was completed is not said to be under way", () => {
  const at = new Date(0);
  const packVersion = null;
  assert.equal(state({ startedAt: at, completedAt: at, packVersion }).text, "Completed");
  assert.equal(state({ startedAt: at, completedAt: null, packVersion }).text, "Started");
  assert.equal(state({ startedAt: null, completedAt: null, packVersion }).text, "Not begun");
});
