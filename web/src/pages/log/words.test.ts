import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf } from "../../parts/days";
import { dayBefore, kindInWords, startOn } from "./words";

test("the day before the first of a month or year is the last of the one before", () => {
  assert.equal(dayBefore("2026-08-05"), "2026-08-04");
  assert.equal(dayBefore("2027-01-01"), "2026-12-31");
  assert.equal(dayBefore("2028-03-01"), "2028-02-29");
});

test("a day is that of this place's calendar", () => {
  assert.equal(dayOf(new Date(2026, 10, 6, 0, 30)), "2026-11-06");
  assert.equal(dayOf(new Date(2026, 10, 6, 23, 30)), "2026-11-06");
});

test("a kind of session has a name", () => {
  assert.equal(kindInWords("elearning"), "E-learning");
});

test("what is noted of today has ended by now, at whatever hour that is", () => {
  const now = new Date(2026, 10, 27, 1, 3);
  assert.deepEqual(startOn("2026-11-27", 90, now), new Date(2026, 10, 26, 23, 33));
  assert.deepEqual(startOn("2026-11-26", 90, now), new Date(2026, 10, 26, 9, 0));
});
