import assert from "node:assert/strict";
import { test } from "node:test";
import { aim, fieldsOf } from "./declared";
import { readAs } from "./reading";

function declared(noun: "observation" | "action" | "stakeholder", name: string) {
  return fieldsOf(noun)[name] ?? assert.fail(`no ${name}`);
}

test("a day that is needed is asked for by name, and another can be left out", () => {
  assert.deepEqual(readAs(declared("observation", "at"), ""), { why: "Enter a day." });
  assert.deepEqual(readAs(declared("action", "due"), ""), { value: null });
});

test("a number that is no whole one is asked for, and one can be left out", () => {
  const power = declared("stakeholder", "power");
  assert.deepEqual(readAs(power, "4"), { value: 4 });
  assert.deepEqual(readAs(power, ""), { value: null });
  assert.deepEqual(readAs(power, "4.5"), { why: "Enter a whole number." });
});

test("an end of the aim is read as a value, and kept as it is written", () => {
  assert.deepEqual(readAs(aim.from, "\u22124"), { value: "-4" });
  assert.deepEqual(readAs(aim.from, "40 %", "percent"), { value: "40" });
  assert.deepEqual(readAs(aim.to, ""), { value: "" });
  assert.deepEqual(readAs(aim.to, "12,5"), { why: "Use a full stop for decimals: 12.5." });
});
