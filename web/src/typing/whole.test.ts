import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Version } from "../core/api";
import type { Said } from "./held";
import { WholeTyping } from "./whole";

const versions = ["one", "two", "three"] as unknown as Version[];
const [FIRST, SECOND] = versions as [Version, Version];

/** Lets what waits for nothing but its turn be done. */
const turns = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** A document that says "Lamps", and refuses what is written as long as it is shut. */
function begun(t: TestContext) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const document = { text: "Lamps", version: FIRST, isShut: false, tries: 0 };
  let said: Said | undefined;
  const written = {
    isShared: false,
    write: async (base: Version, text: string) => {
      document.tries += 1;
      assert.equal(base, document.version, "it is written on what this person had before them");
      if (document.isShut) throw new Error("not shared any more");
      Object.assign(document, { text, version: SECOND });
      return SECOND;
    },
    read: async () => ({ text: document.text, version: document.version }),
    observe: () => () => {},
  };
  const typing = new WholeTyping(written, { text: "Lamps", version: FIRST }, (now) => {
    said = now;
  });
  const after = async (milliseconds: number) => {
    t.mock.timers.tick(milliseconds);
    await turns();
  };
  return { document, typing, after, said: () => said };
}

test("what is typed is written after a pause, and what fails is tried again until it is in", async (t) => {
  const { document, typing, after, said } = begun(t);
  document.isShut = true;
  typing.typed("Lamps at night");
  await after(1_000);
  assert.equal(said()?.failure?.message, "not shared any more");
  typing.leave();
  await turns();
  document.isShut = false;
  await after(3_000);
  assert.deepEqual([document.text, said()?.failure], ["Lamps at night", null]);
});

test("words that were given up are not written later", async (t) => {
  const { document, typing, after, said } = begun(t);
  document.isShut = true;
  typing.typed("Lamps at night");
  await after(1_000);
  assert.ok(said()?.failure);
  typing.close();
  await turns();
  const { tries } = document;
  document.isShut = false;
  for (let time = 0; time < 4; time += 1) await after(3_000);
  assert.deepEqual([document.text, document.tries], ["Lamps", tries]);
});

test("a field that goes away before its pause is over is written at once", async (t) => {
  const { document, typing } = begun(t);
  typing.typed("Lamps at night");
  typing.close();
  await turns();
  assert.equal(document.text, "Lamps at night");
});
