// How values cross: what is written is read as it was, and what is no value is refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import { js } from "./world.mjs";

const { Reader, Writer, codec } = await import(`${js}/wire.js`);
const { CoreError } = await import(`${js}/error.js`);

function written(type, value) {
  const to = new Writer();
  codec(type).write(to, value);
  return to.written();
}

function across(type, value) {
  return codec(type).read(new Reader(written(type, value)));
}

test("bytes are those that the other hosts write", () => {
  assert.deepEqual([...written("String?", "é")], [1, 0, 0, 0, 2, 0xc3, 0xa9]);
  assert.deepEqual([...written("Count?", null)], [0]);
  assert.deepEqual([...written("SearchOrder", "newest")], [0, 0, 0, 2]);
  assert.deepEqual([...written("Timestamp", new Date(-1))], Array(8).fill(255));
});

test("what crosses comes back as it was, however long it is", () => {
  for (const length of [0, 1, 255, 256, 257, 100_000]) {
    const text = "🩺".repeat(length);
    assert.equal(across("String", text), text);
  }
  for (let before = 240; before < 270; before++) {
    const edits = [
      { type: "title", title: "x".repeat(before) },
      { type: "progress", score: 3 },
    ];
    assert.deepEqual(across("[ProjectEdit]", edits), edits);
  }
  const names = new Map([["aim/to", { id: "i", name: "Ana", roles: [], devices: ["d"] }]]);
  assert.deepEqual(across("[String: Person?]", names.set("title", null)), names);
  const at = new Date(1_763_000_000_123);
  const edit = [{ type: "move", id: "i", to: "handedOver", at, note: "" }];
  assert.deepEqual(across("[ProjectEdit]", edit), edit);
});

test("what is no value of its type is refused with its reason", () => {
  for (const [type, value] of [
    ["Int32", 1.5],
    ["Int32", 2 ** 31],
    ["Int64", 2 ** 60],
    ["SearchOrder", "oldest"],
    ["ProjectEdit", { type: "rename" }],
    ["Timestamp", new Date(Number.NaN)],
  ]) {
    assert.throws(() => written(type, value), { code: "invalid_input" }, `${type} ${value}`);
  }
});

test("an error within a value is one that can be thrown", () => {
  const fault = { type: "cancelled", code: "cancelled", reason: "it was cancelled" };
  const failure = across("CoreError", new CoreError(fault));
  assert.ok(failure instanceof CoreError);
  assert.deepEqual([failure.message, failure.fault], ["it was cancelled", fault]);
});
