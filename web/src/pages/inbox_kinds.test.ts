import assert from "node:assert/strict";
import { test } from "node:test";
import type { InboxView } from "../core/api";
import { cutOff, mayBeMore, namesOf, whereOf } from "./inbox_kinds";

function overdue(many: number, document = "1"): InboxView[] {
  const item = { kind: "actionOverdue", document, documentKind: "changeProject", title: "Falls" };
  return Array.from({ length: many }, (_, at) => {
    return { ...item, place: String(at), words: `Lamp ${at}` } as unknown as InboxView;
  });
}

test("a plan of which the inbox may not show everything is named once, with the way to it", () => {
  assert.deepEqual(cutOff(overdue(49)), []);
  assert.deepEqual(cutOff([...overdue(30), ...overdue(30, "2")]), []);
  assert.deepEqual(cutOff([...overdue(50), ...overdue(20, "2")]), [
    { kind: "actionOverdue", title: "Falls", where: "#/projects/1?at=actions" },
  ]);
});

test("a count that may have been cut off is known as such", () => {
  const counts = (count: number) => ({
    total: count,
    byKind: [{ kind: "actionOverdue" as const, count }],
  });
  assert.equal(mayBeMore(counts(49)), false);
  assert.equal(mayBeMore(counts(50)), true);
  const comments = { total: 80, byKind: [{ kind: "commentUnanswered" as const, count: 80 }] };
  assert.equal(mayBeMore(comments), false);
});

test("an action is named by its own words, and its link leads to it", () => {
  const [item] = overdue(1);
  assert.ok(item);
  assert.deepEqual(namesOf(item), { first: "Lamp 0", within: "Falls" });
  assert.deepEqual(namesOf({ ...item, words: "" }), { first: "Falls", within: "" });
  assert.equal(whereOf(item), "#/projects/1?at=actions%2F0");
});
