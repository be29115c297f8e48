import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChangeProject } from "../../core/api";
import { changesBetween } from "./changes";
import { nouns } from "./things";

const lists = [
  ...["drivers", "ideas", "stakeholders", "team", "measures", "targets", "observations"],
  ...["tallies", "phases", "annotations", "cycles", "actions", "impacts", "outputs", "moves"],
];

/** A plan that says this and nothing else. */
function plan(said: object): ChangeProject {
  assert.equal(lists.length, nouns.length);
  const nothing = Object.fromEntries(lists.map((name) => [name, []]));
  const empty = { ...nothing, title: "", setting: "", topic: "", tags: [], sections: new Map() };
  return { ...empty, status: "idea", aim: {}, ...said } as unknown as ChangeProject;
}

function told(before: ChangeProject | undefined, after: ChangeProject): string[] {
  return changesBetween(before, after).map(({ what, how }) => `${what}: ${how}`);
}

const measure = (said: object) => plan({ measures: [{ id: "m", measure: said }] });

test("a field says what it said before and after", () => {
  const before = measure({ name: "Falls a week", unit: "count" });
  assert.deepEqual(told(before, measure({ name: "Falls a week", unit: "percent" })), [
    "Measure “Falls a week”: Unit: “Count” became “Percent”",
  ]);
  assert.deepEqual(told(before, measure({ name: "Falls a week", unit: null })), [
    "Measure “Falls a week”: Unit: emptied, it said “Count”",
  ]);
  assert.deepEqual(told(before, before), []);
});

test("what the first sitting set is told", () => {
  assert.deepEqual(told(undefined, plan({ title: "Fewer falls", progress: 2 })), [
    "Title: set to “Fewer falls”",
    "Status: set to “Idea”",
    "Progress: set to “1.0: a charter and a team”",
  ]);
});

test("of a text it is told how much was written and taken out", () => {
  const text = (said: string) => plan({ sections: new Map([["whyHere", said]]) });
  assert.deepEqual(told(text("Too many falls at night."), text("Many falls at night, unseen.")), [
    "Why it matters here: 9 letters written, 5 letters taken out",
  ]);
});

test("what is long is shortened, on one line", () => {
  const [line = ""] = told(plan({ title: "a" }), plan({ title: `b\n${"c".repeat(100)}` }));
  assert.equal(line, `Title: “a” became “b ${"c".repeat(57)}…”`);
});

test("a day is said as people say it", () => {
  const before = plan({ actions: [{ id: "a", action: { text: "Ask", due: "2026-03-02" } }] });
  const after = plan({ actions: [{ id: "a", action: { text: "Ask", due: "2026-04-13" } }] });
  assert.deepEqual(told(before, after), [
    "Action “Ask”: By: “2 March 2026” became “13 April 2026”",
  ]);
  assert.deepEqual(told(undefined, plan({ start: "2026-01-05" })), [
    "Status: set to “Idea”",
    "Began on: set to “5 January 2026”",
  ]);
});
