import assert from "node:assert/strict";
import { test } from "node:test";
import { isOfCoreItself, sentence, withoutIds } from "./fault";

test("what the core says is shown without ids, as a sentence", () => {
  const gone = "the plan 01010101-0101-0101-0101-010101010101 is no longer shared with you";
  assert.equal(sentence(withoutIds(gone)), "The plan is no longer shared with you.");
  assert.equal(sentence("Say what it was."), "Say what it was.");
  assert.equal(sentence(""), "This did not work.");
});

test("only a mistake in the core is told with its code", () => {
  const reason = "something went wrong";
  const of = { type: "unexpected", code: "internal", reason } as const;
  assert.ok(isOfCoreItself({ code: "internal", words: reason, of }));
  const closed = { type: "suspended", code: "closed", reason: "it is closed" } as const;
  assert.ok(!isOfCoreItself({ code: "closed", words: "it is closed", of: closed }));
});
