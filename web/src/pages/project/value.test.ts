import assert from "node:assert/strict";
import { test } from "node:test";
import { valueIn, written } from "./value";

test("a value reads what it writes", () => {
  for (const text of ["0", "37", "12.5", "-0.125", "4/10", "-3", "1000000.001"]) {
    const value = valueIn(text);
    assert.ok(value, text);
    assert.equal(written(value), text);
  }
  assert.deepEqual(valueIn(" 2.500 "), { type: "number", thousandths: 2500 });
  assert.deepEqual(valueIn("4 / 10"), { type: "ratio", numerator: 4, denominator: 10 });
});

test("what is no value is none", () => {
  for (const text of ["", "-", ".", "5.", ".5", "1e3", "1.2345", "about 40", "1/", "-1/2"]) {
    assert.equal(valueIn(text), undefined, text);
  }
});
