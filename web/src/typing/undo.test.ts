import assert from "node:assert/strict";
import { test } from "node:test";
import { arrived, NOTHING_DONE, redo, typed, type UndoList, undo } from "./undo";

/** Types texts one after the other, each so many milliseconds after the one before. */
function typing(texts: readonly string[], apart = 100, list = NOTHING_DONE): UndoList {
  return texts
    .slice(1)
    .reduce(
      (steps, text, index) => typed(steps, texts[index] ?? "", text, (index + 1) * apart),
      list,
    );
}

test("keys of one burst are taken back together and typed again together", () => {
  const list = typing(["", "S", "Sh", "She"]);
  const back = undo(list, "She");
  assert.equal(back?.text, "");
  const again = back && redo(back.list, back.text);
  assert.deepEqual([again?.text, again?.caret], ["She", 3]);
});

test("after a pause a key is a step of its own", () => {
  const list = typing(["", "a", "ab"], 5_000);
  const back = undo(list, "ab");
  assert.equal(back?.text, "a");
  assert.equal(back && undo(back.list, back.text)?.text, "");
});

test("deleting backwards is one step", () => {
  const list = typing(["abc", "ab", "a"]);
  assert.equal(undo(list, "a")?.text, "abc");
});

test("what others wrote is not taken back", () => {
  let list = typing(["fell", "fell ", "fell o", "fell on"]);
  list = arrived(list, "fell on", "She fell on Monday");
  const back = undo(list, "She fell on Monday");
  assert.equal(back?.text, "She fell Monday");
  assert.equal(back && redo(back.list, back.text)?.text, "She fell on Monday");
});

test("steps before the newest move with what arrived", () => {
  let list = typed(NOTHING_DONE, "b", "ab", 0);
  list = typed(list, "ab", "abc", 5_000);
  list = arrived(list, "abc", "xx abc yy");
  const one = undo(list, "xx abc yy");
  assert.equal(one?.text, "xx ab yy");
  assert.equal(one && undo(one.list, one.text)?.text, "xx b yy");
});

test("what others took out cannot be taken back twice", () => {
  const list = arrived(typing(["a", "a word"]), "a word", "a");
  assert.equal(undo(list, "a"), undefined);
});

test("a step whose words others took out is passed over", () => {
  let list = typed(NOTHING_DONE, "", "first", 0);
  list = typed(list, "first", "first second", 5_000);
  list = arrived(list, "first second", "first");
  const back = undo(list, "first");
  assert.equal(back?.text, "");
  assert.equal(back && redo(back.list, "")?.text, "first");
});

test("nothing is taken back where nothing was typed, and a new key ends typing again", () => {
  assert.equal(undo(NOTHING_DONE, "text"), undefined);
  const back = undo(typing(["", "a"]), "a");
  assert.ok(back);
  assert.equal(redo(typed(back.list, "", "b", 9_000), "b"), undefined);
});
