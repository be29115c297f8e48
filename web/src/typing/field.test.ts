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

/** What the core hears of a field. */
class Machine implements Typing {
  readonly heard: string[] = [];

  typed(text: string): void {
    this.heard.push(text);
  }

  compose(is: boolean): void {
    this.heard.push(is ? "composing" : "composed");
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
  const field = new Field(box, text, (on) => {
    machine.heard.push(`open on ${on}`);
    return machine;
  });
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

test("typing begins with the first key, on the text that was shown", () => {
  const { machine, field, typeIn } = begun("She fell");
  field.leave(0);
  assert.deepEqual(machine.heard, []);
  typeIn("She fell.");
  field.leave(0);
  field.close(0);
  assert.deepEqual(machine.heard, ["open on She fell", "She fell.", "leave", "close"]);
});

test("what arrives while somebody types is shown with the caret in its place", () => {
  const { box, machine, field, typeIn } = begun("She fell");
  typeIn("She fell.", 4);
  field.arrives("Nobody saw: She fell. Twice.");
  assert.equal(box.value, "Nobody saw: She fell. Twice.");
  assert.equal(box.selectionStart, 16);
  assert.deepEqual(machine.heard, ["open on She fell", "She fell."]);
  field.becomes("What the page read before.");
  assert.equal(box.value, "Nobody saw: She fell. Twice.");
});

test("nothing goes out or comes in while a word is composed", () => {
  const { box, machine, field, typeIn } = begun("雨");
  typeIn("雨。");
  field.compositionStart();
  box.type("雨。ni");
  field.input(0);
  field.arrives("begin 雨。");
  assert.equal(box.value, "雨。ni");
  box.type("雨。你");
  field.compositionEnd(0);
  assert.equal(box.value, "begin 雨。你");
  assert.equal(box.selectionStart, 9);
  const composed = ["composing", "begin 雨。你", "composed"];
  assert.deepEqual(machine.heard, ["open on 雨", "雨。", ...composed]);
  assert.ok(field.undo());
  assert.equal(box.value, "begin 雨");
});

test("a word that is the first one typed is typed on what arrived meanwhile", () => {
  const { box, machine, field } = begun("old");
  field.compositionStart();
  box.type("old 你");
  field.becomes("older, old");
  field.compositionEnd(0);
  assert.equal(box.value, "older, old 你");
  assert.deepEqual(machine.heard.slice(0, 2), ["open on older, old", "older, old 你"]);
});

test("a word that is given up as the field is left is not lost", () => {
  const { box, machine, field } = begun("");
  field.compositionStart();
  box.type("ni");
  field.leave(0);
  assert.deepEqual(machine.heard, ["open on ", "ni", "composed", "leave"]);
});

test("what is taken back and typed again goes to the core", () => {
  const { box, machine, field, typeIn } = begun("");
  typeIn("one");
  assert.ok(field.undo());
  assert.equal(box.value, "");
  assert.ok(field.redo());
  assert.equal(box.value, "one");
  assert.deepEqual(machine.heard, ["open on ", "one", "", "one"]);
  assert.equal(field.redo(), false);
});

test("lines that end in two signs are one step of taking back, as those that end in one", () => {
  const { box, machine, field, typeIn } = begun("One.\r\nTwo.\r\nThree.");
  assert.equal(box.value, "One.\nTwo.\nThree.");
  typeIn("One.\nTwo.\nThree. Four.");
  field.arrives("Fin.\r\n Four.");
  assert.ok(field.undo());
  assert.equal(box.value, "Fin.\n");
  assert.equal(machine.heard.at(-1), "Fin.\n");
});
