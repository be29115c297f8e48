import assert from "node:assert/strict";
import { test } from "node:test";
import {
  applied,
  carried,
  charactersBefore,
  difference,
  differences,
  inverse,
  moved,
  movedSelection,
  placeOfCharacter,
} from "./patch";

test("a difference makes the one text of the other and back", () => {
  const pairs = [
    ["", "a"],
    ["She fell.", "She fell at night."],
    ["aaa", "aa"],
    ["aa", "aaaa"],
    ["😀", "😁"],
    ["a😀b", "a😁b"],
    ["😀😁", "😁"],
    ["one\ntwo", "two"],
  ] as const;
  for (const [before, after] of pairs) {
    const patch = difference(before, after);
    assert.ok(patch);
    assert.equal(applied(before, patch), after);
    assert.equal(applied(after, inverse(patch)), before);
  }
  assert.equal(difference("same", "same"), undefined);
});

test("a difference never cuts a character in two", () => {
  assert.deepEqual(difference("a😀b", "a😁b"), { at: 1, removed: "😀", inserted: "😁" });
  assert.deepEqual(difference("🐀", "😀"), { at: 0, removed: "🐀", inserted: "😀" });
});

test("a caret keeps its place in the words around it", () => {
  const patch = { at: 4, removed: "", inserted: "never " };
  assert.equal(moved(2, patch), 2);
  assert.equal(moved(4, patch), 4);
  assert.equal(moved(4, patch, true), 10);
  assert.equal(moved(8, patch), 14);
  assert.equal(moved(6, { at: 4, removed: "fell", inserted: "" }), 4);
});

test("a selection does not take in what others write at its edges", () => {
  const selection = { start: 4, end: 8 };
  const before = { at: 4, removed: "", inserted: "x" };
  const behind = { at: 8, removed: "", inserted: "x" };
  assert.deepEqual(movedSelection(selection, before), { start: 5, end: 9 });
  assert.deepEqual(movedSelection(selection, behind), { start: 4, end: 8 });
  const all = { at: 0, removed: "She fell.", inserted: "" };
  assert.deepEqual(movedSelection(selection, all), { start: 0, end: 0 });
});

test("what two people typed at once is all there", () => {
  const base = "She fell at night.";
  assert.equal(
    carried(base, "She fell at night. Twice.", "Nobody saw. She fell at night."),
    "Nobody saw. She fell at night. Twice.",
  );
  assert.equal(carried(base, "She fell.", "At home she fell at night."), "At home she fell.");
  assert.equal(carried("a b c", "x a b c y", "a B c"), "x a B c y");
  assert.equal(carried(base, "He fell at night.", "She fell."), "He fell.");
  assert.equal(carried(base, base, "Else."), "Else.");
  assert.equal(carried(base, "Mine.", base), "Mine.");
});

test("what was taken out by both is taken out once", () => {
  assert.equal(carried("one two three", "one three", "one three"), "one three");
  assert.equal(carried("abcdef", "aef", "abcf"), "af");
  assert.equal(carried("abcdef", "abf", "aef"), "af");
});

test("places are counted in characters as the core counts them", () => {
  const text = "a😀b";
  assert.deepEqual(
    [0, 1, 3, 4].map((place) => charactersBefore(text, place)),
    [0, 1, 2, 3],
  );
  assert.deepEqual(
    [0, 1, 2, 3, 9].map((at) => placeOfCharacter(text, at)),
    [0, 1, 3, 4, 4],
  );
});

test("differences make the one text of the other, word by word", () => {
  const pairs = [
    ["She fell at night.", "Nobody saw it. She fell alone at night, twice."],
    ["", "one two"],
    ["one two", ""],
    ["a b c d e", "b x d e f"],
    ["one\n\ntwo", "one\ntwo three"],
    ["a b ".repeat(500), "b c ".repeat(500)],
  ] as const;
  for (const [before, after] of pairs) {
    assert.equal(differences(before, after).reduce(applied, before), after);
  }
  assert.deepEqual(differences("same", "same"), []);
  const both = differences("the end", "at the end.");
  assert.deepEqual(
    both.map(({ at }) => at),
    [0, 10],
  );
});
