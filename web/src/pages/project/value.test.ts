import assert from "node:assert/strict";
import { test } from "node:test";
import { readValue, written } from "./value";

const number = (thousandths: number) => ({ value: { type: "number", thousandths } });

test("a value reads what it writes", () => {
  for (const text of ["0", "37", "12.5", "-0.125", "4/10", "-3", "1000000.001"]) {
    const read = readValue(text);
    assert.ok("value" in read, text);
    assert.equal(written(read.value), text);
  }
  assert.deepEqual(readValue(" 2.500 "), number(2500));
  const share = { value: { type: "ratio", numerator: 4, denominator: 10 } };
  assert.deepEqual(readValue("4 / 10"), share);
});

test("what people write is read where it means one thing", () => {
  const meant = [
    ["\u22124", -4_000],
    ["\u20134", -4_000],
    ["- 4", -4_000],
    [".5", 500],
    ["\u2212.5", -500],
    ["1 234", 1_234_000],
    ["1\u00a0234\u202f567", 1_234_567_000],
    ["1,234,567", 1_234_567_000],
    ["1,234.5", 1_234_500],
  ] as const;
  for (const [text, thousandths] of meant) {
    assert.deepEqual(readValue(text), number(thousandths), text);
  }
  for (const text of ["50%", "50 %"]) assert.deepEqual(readValue(text, "percent"), number(50_000));
});

test("a count is not below nothing, and what may be is", () => {
  for (const text of ["-3", "\u22124", "-0.5"]) {
    assert.match(JSON.stringify(readValue(text, "count")), /A count is 0 or more/);
    assert.ok("value" in readValue(text, "pounds"), text);
  }
  assert.deepEqual(readValue("-0", "count"), number(0));
});

test("what is no value says how it is written", () => {
  const why = (text: string) => {
    const read = readValue(text, "minutes");
    return "why" in read ? read.why : assert.fail(`${text} was read`);
  };
  assert.equal(why("12,5"), "Use a full stop for decimals: 12.5.");
  assert.equal(why("\u22120,125"), "Use a full stop for decimals: -0.125.");
  assert.equal(why("1,234"), "Write 1234 without a comma, or 1.234 with a full stop for decimals.");
  assert.equal(why("50%"), "Leave out the % sign: the unit of this measure is not percent.");
  assert.match(JSON.stringify(readValue("50%")), /say first that the unit/);
  assert.equal(why("1.2345"), "Write three digits at most behind the full stop.");
  assert.equal(why("1234567890123"), "Write twelve digits at most.");
  for (const text of ["", "-", ".", "5.", "1e3", "about 40", "1/", "-1/2", "1 2", "12 34", "%"]) {
    assert.equal(why(text.replace("%", "x")), why("about 40"), text);
  }
});
