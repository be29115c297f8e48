// Where places in a text are after it was changed elsewhere.
import assert from "node:assert/strict";
import { test } from "node:test";
import { js } from "./world.mjs";

const { changedAs, moved, nearest } = await import(`${js}/caret.js`);

test("a place stays where it was in the words around it", () => {
  assert.equal(moved("Patients fall.", "Frail patients fall.", 14), 20);
  assert.equal(moved("Patients fall.", "Patients fall at night.", 8), 8);
  assert.equal(moved("abc", "", 2), 0);
});

test("a place is never between the halves of a character", () => {
  assert.equal(moved("ab", "a🩺", 2), 3);
  assert.equal(moved("a🩹b", "a🩺b", 2), 1);
});

test("what was typed is typed into the text that came meanwhile", () => {
  assert.deepEqual(changedAs("Frail patients fall.", "patients fall.", "patients fall now."), [
    "Frail patients fall now.",
    23,
  ]);
  assert.deepEqual(changedAs("new", "old", "old!"), ["new!", 4]);
});

test("of what was handed over, what is stored is found again among others' words", () => {
  const texts = ["Patients fall.", "Patients fall at night."];
  assert.equal(nearest("Patients fall.", texts), texts[0]);
  assert.equal(nearest("Patients fall at night.", texts), texts[1]);
  assert.equal(nearest("Frail patients fall at night.", texts), texts[1]);
});
