import assert from "node:assert/strict";
import { test } from "node:test";
import { piecesOf } from "./difference";

test("of a long text that changed in a word the word is shown, and little around it", () => {
  const around = "They fall at night, and nobody sees it. ".repeat(2_000);
  const pieces = piecesOf(`${around}Nine a week. ${around}`, `${around}Two a week. ${around}`);
  assert.deepEqual(
    pieces.filter(({ kind }) => kind !== "kept"),
    [
      { kind: "gone", text: "Nine" },
      { kind: "new", text: "Two" },
    ],
  );
  assert.ok(pieces.map(({ text }) => text).join("").length < 200);
  assert.match(pieces[0]?.text ?? "", /^ … .*sees it\. $/);
});

test("what is wholly new or gone is shown whole, and nothing changed in between is lost", () => {
  assert.deepEqual(piecesOf("", "A lamp."), [{ kind: "new", text: "A lamp." }]);
  assert.deepEqual(piecesOf("A lamp.", ""), [{ kind: "gone", text: "A lamp." }]);
  const [before, after] = ["one two three four", "one 2 three 4"];
  const pieces = piecesOf(before, after);
  const of = (kind: string) => pieces.filter((one) => one.kind !== kind).map(({ text }) => text);
  assert.equal(of("new").join(""), before);
  assert.equal(of("gone").join(""), after);
});
