import assert from "node:assert/strict";
import { test } from "node:test";
import { Field, type TextBox, type Typing } from "./field";

/** A text box without a page, in which a person types. */
class Box implements TextBox {
  value = "";
  selectionStart = 0;
  selectionEnd = 0;

  setSelectionRange(start: number, end: number): void {
    [this.selectionStart, this.selectionEnd] = [start, end];
  }

  type(value: string, caret = value.length): void {
    this.value = value;
    this.setSelectionRange(caret, caret);
  }
}

/** A machine that answers when it is told to. */
class Machine implements Typing {
  readonly heard: string[] = [];
  answer: (newer: string | null) => void = () => {};

  typed(text: string): void {
    this.heard.push(text);
  }

  refresh(): Promise<string | null> {
    this.heard.push("refresh");
    return new Promise((resolve) => {
      this.answer = resolve;
    });
  }

  leave(): void {
    this.heard.push("leave");
  }

  close(): void {
    this.heard.push("close");
  }
}

function begun(text: string) {
  const [box, machine] = [new Box(), new Machine()];
  const field = new Field(box, text, () => machine);
  const typeIn = (value: string, caret?: number) => {
    box.type(value, caret);
    field.input(0);
  };
  return { box, machine, field, typeIn };
}

test("a field in which nobody types shows what the document says, with the caret in its place", () => {
  const { box, machine, field } = begun("She fell.");
  box.setSelectionRange(4, 8);
  field.becomes("Nobody saw: She fell.");
  assert.equal(box.value, "Nobody saw: She fell.");
  assert.deepEqual([box.selectionStart, box.selectionEnd], [16, 20]);
  assert.deepEqual(machine.heard, []);
});

test("what arrives while somebody types is shown with the caret in its place", async () => {
  const { box, machine, field, typeIn } = begun("She fell");
  typeIn("She fell.");
  const pulled = field.pull();
  machine.answer("Nobody saw: She fell.");
  await pulled;
  assert.equal(box.value, "Nobody saw: She fell.");
  assert.equal(box.selectionStart, 21);
  assert.deepEqual(machine.heard, ["She fell.", "refresh"]);
});

test("a key pressed while a newer text is on its way is in the newer text", async () => {
  const { box, machine, field, typeIn } = begun("She fell");
  typeIn("She fell.");
  const pulled = field.pull();
  typeIn("She fell. Twice");
  machine.answer("Nobody saw: She fell.");
  await pulled;
  assert.equal(box.value, "Nobody saw: She fell. Twice");
  assert.equal(machine.heard.at(-1), "Nobody saw: She fell. Twice");
});

test("a key pressed while nothing newer comes is sent after that", async () => {
  const { machine, field, typeIn } = begun("");
  typeIn("a");
  const pulled = field.pull();
  typeIn("ab");
  field.close(0);
  assert.deepEqual(machine.heard, ["a", "refresh"]);
  machine.answer(null);
  await pulled;
  assert.deepEqual(machine.heard, ["a", "refresh", "ab", "close"]);
});

test("nothing goes out or comes in while a word is composed", async () => {
  const { box, machine, field, typeIn } = begun("雨");
  typeIn("雨。");
  field.compositionStart();
  box.type("雨。ni");
  field.input(0);
  await field.pull();
  assert.deepEqual(machine.heard, ["雨。"]);
  box.type("雨。你");
  field.compositionEnd(0);
  assert.deepEqual(machine.heard, ["雨。", "雨。你"]);
});

test("what was asked for before a word is composed is shown after it", async () => {
  const { box, machine, field, typeIn } = begun("a");
  typeIn("a ");
  const pulled = field.pull();
  field.compositionStart();
  box.type("a ni");
  machine.answer("begin a ");
  await pulled;
  assert.equal(box.value, "a ni");
  box.type("a 你");
  field.compositionEnd(0);
  assert.equal(box.value, "begin a 你");
  assert.equal(box.selectionStart, 9);
  assert.equal(machine.heard.at(-1), "begin a 你");
  assert.ok(field.undo());
  assert.equal(box.value, "begin a");
});

test("what is taken back and typed again goes to the core", async () => {
  const { box, machine, field, typeIn } = begun("");
  typeIn("one");
  assert.ok(field.undo());
  assert.equal(box.value, "");
  assert.ok(field.redo());
  assert.equal(box.value, "one");
  assert.deepEqual(machine.heard, ["one", "", "one"]);
  assert.equal(field.redo(), false);
});
