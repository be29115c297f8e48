import assert from "node:assert/strict";
import { test } from "node:test";
import { sharing } from "./sharing";

function plan(text: string, ids: readonly string[], at = 0) {
  return {
    sections: new Map([["problem", text]]),
    items: ids.map((id) => ({ id, record: { name: id } })),
    createdAt: new Date(at),
  };
}

test("an answer that says the same is the one before", () => {
  const before = plan("a", ["1", "2"]);
  assert.equal(sharing(before, plan("a", ["1", "2"])), before);
});

test("only what changed is another", () => {
  const before = plan("a", ["1", "2"]);
  const now = sharing(before, plan("b", ["1", "2"]));
  assert.notEqual(now.sections, before.sections);
  assert.equal(now.items, before.items);
  assert.equal(now.createdAt, before.createdAt);
  assert.equal(now.sections.get("problem"), "b");
});

test("things are known again by their ids when one is added or gone", () => {
  const before = plan("a", ["1", "2", "3"]);
  const fewer = sharing(before, plan("a", ["1", "3"]));
  assert.deepEqual(
    fewer.items.map(({ id }) => id),
    ["1", "3"],
  );
  assert.equal(fewer.items[1], before.items[2]);
  const more = sharing(before, plan("a", ["0", "1", "2", "3"]));
  assert.equal(more.items[1], before.items[0]);
  assert.notEqual(more.items, before.items);
});

test("a day that moved, a list that is empty and nothing are seen", () => {
  const before = plan("a", ["1"], 5);
  assert.equal(sharing(before, plan("a", ["1"], 6)).createdAt.getTime(), 6);
  assert.deepEqual(sharing(before, plan("a", [])).items, []);
  assert.equal(sharing<string | null>("x", null), null);
  assert.deepEqual(sharing<unknown>({ a: [1] }, { a: { b: 1 } }), { a: { b: 1 } });
});
