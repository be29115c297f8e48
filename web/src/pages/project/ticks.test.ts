import assert from "node:assert/strict";
import { test } from "node:test";
import type { DeviceId, ObservedValue } from "../../core/api";
import { countedBy, mayTakeBack } from "./ticks";

const [mine, other] = ["mine" as DeviceId, "other" as DeviceId];
const share = (numerator: number, denominator: number): ObservedValue => ({
  type: "ratio",
  numerator,
  denominator,
});

test("what was ticked here can be taken back, and nothing of nothing cannot", () => {
  const may = (...[of, all]: [number, number]) => {
    const { yes, no } = mayTakeBack(new Map([[mine, share(of, all)]]), mine);
    return { yes, no };
  };
  assert.deepEqual(mayTakeBack(new Map(), mine), { yes: false, no: false, why: "" });
  assert.deepEqual(may(1, 1), { yes: false, no: false });
  assert.deepEqual(may(2, 2), { yes: true, no: false });
  assert.deepEqual(may(0, 2), { yes: false, no: true });
  assert.deepEqual(may(1, 2), { yes: true, no: true });
});

test("what was ticked elsewhere counts, and is taken back there", () => {
  const ticks = new Map([[other, share(3, 4)]]);
  assert.deepEqual(countedBy(ticks), { of: 3, all: 4 });
  const { yes, no, why } = mayTakeBack(ticks, mine);
  assert.deepEqual([yes, no], [false, false]);
  assert.match(why, /other devices/);
});
