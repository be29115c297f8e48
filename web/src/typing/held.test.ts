import assert from "node:assert/strict";
import { test } from "node:test";
import { textsNotFinished, unfinishedTexts } from "../parts/unfinished";
import type { Typing } from "./field";
import { giveUp, heldAt, heldTexts, holdAll, Opened, type Said } from "./held";

class Machine implements Typing {
  readonly heard: string[] = [];
  show: (said: Said) => void = () => {};

  typed(text: string): void {
    this.heard.push(text);
  }

  compose(): void {}

  leave(): void {
    this.heard.push("leave");
  }

  close(): void {
    this.heard.push("close");
  }
}

const full = Object.assign(new Error("there is no room"), { code: "storage_full" });

function begun(place: string) {
  const machine = new Machine();
  const shown: Said[] = [];
  const opened = new Opened(
    { place, called: () => "Problem" },
    "She fell.",
    (show) => {
      machine.show = show;
      return machine;
    },
    (said) => shown.push(said),
  );
  return { machine, opened, shown };
}

test("a text that was refused is held when its page is left, and its field goes on with it", () => {
  const { machine, opened, shown } = begun("1");
  opened.typed("She fell twice.");
  machine.show({ text: "She fell twice.", failure: full });
  assert.equal(shown.length, 1);
  assert.equal(unfinishedTexts(), 1, "the browser asks before it closes the page");
  assert.equal(textsNotFinished(1), 1, "its draft of before is the same text");
  assert.equal(textsNotFinished(2), 2);
  opened.close();
  assert.deepEqual(machine.heard, ["She fell twice.", "leave"], "it is not given up");
  const again = heldAt("1");
  assert.equal(again?.said.text, "She fell twice.");
  assert.equal(again?.said.failure, full);
  again?.resume((said) => shown.push(said));
  assert.equal(heldAt("1"), undefined);
  machine.show({ text: "She fell twice.", failure: null });
  assert.equal(shown.length, 2);
  assert.equal(unfinishedTexts(), 0);
  again?.close();
  assert.equal(machine.heard.at(-1), "close");
});

test("a text that is held is let go once it is kept, or once there is no account", () => {
  const over = Object.assign(new Error("signed out"), { code: "signed_out" });
  for (const failure of [null, over]) {
    const { machine, opened } = begun("2");
    machine.show({ text: "She fell twice.", failure: full });
    opened.close();
    assert.equal(unfinishedTexts(), 1);
    machine.show({ text: "She fell twice.", failure });
    assert.equal(heldAt("2"), undefined);
    assert.equal(unfinishedTexts(), 0);
    assert.equal(machine.heard.at(-1), "close");
  }
});

test("a text that is kept is held nowhere", () => {
  const { machine, opened } = begun("3");
  opened.typed("She fell twice.");
  machine.show({ text: "She fell twice.", failure: null });
  opened.close();
  assert.equal(heldAt("3"), undefined);
  assert.deepEqual(machine.heard, ["She fell twice.", "close"]);
});

test("when the core is gone for good, all that was typed on the page is held", () => {
  const { opened } = begun("4");
  const { opened: left } = begun("5");
  opened.typed("She fell twice.");
  left.close();
  holdAll();
  opened.close();
  assert.deepEqual(heldTexts(), [{ place: "4", called: "Problem", text: "She fell twice." }]);
  assert.equal(unfinishedTexts(), 1);
  giveUp("4");
  assert.deepEqual(heldTexts(), []);
});
