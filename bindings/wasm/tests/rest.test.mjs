// The part of the module for which no page waits: brought once, by whoever comes first.
import assert from "node:assert/strict";
import { test } from "node:test";
import { js } from "./world.mjs";

const { NotReached, Rest } = await import(`${js}/rest.js`);

/** A module that takes a function of the first part, `f`, and calls it as it is put in place. */
const REST = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 4, 1, 0x60, 0, 0],
  ...[2, 6, 1, 0, 1, 0x66, 0, 0],
  ...[8, 1, 0],
);

function told({ now = () => REST, later = async () => new WebAssembly.Module(REST) } = {}) {
  const heard = { asked: [], put: 0 };
  const first = { f: () => heard.put++ };
  const source = {
    now: () => heard.asked.push("now") && now(),
    later: () => heard.asked.push("later") && later(),
    pause: async () => void heard.asked.push("pause"),
  };
  return { heard, rest: new Rest(first, new Set(["account"]), source) };
}

test("it is brought ahead once, and whoever calls it then does not wait", async () => {
  const { heard, rest } = told();
  await rest.ahead();
  rest.bring();
  await rest.ahead();
  assert.deepEqual(heard, { asked: ["later"], put: 1 });
});

test("whoever calls it before has it at once, and what comes later is not put there twice", async () => {
  const { heard, rest } = told();
  const coming = rest.ahead();
  rest.bring();
  await coming;
  assert.deepEqual(heard, { asked: ["later", "now"], put: 1 });
});

test("where it cannot be had who calls it is told, and may call again", async () => {
  let isThere = false;
  const lost = new Error("no network");
  const now = () => {
    if (!isThere) throw lost;
    return REST;
  };
  const { heard, rest } = told({ now, later: () => Promise.reject(lost) });
  await rest.ahead();
  assert.equal(rest.before("chart"), undefined);
  assert.throws(() => rest.bring(), lost);
  isThere = true;
  rest.bring();
  assert.equal(heard.put, 1);
});

test("while the network is lost it is tried again, and no call is begun that may need it", async () => {
  let isLost = true;
  const later = async () => {
    if (isLost) throw new NotReached("no network");
    return new WebAssembly.Module(REST);
  };
  const { heard, rest } = told({ later });
  const coming = rest.ahead();
  assert.equal(rest.before("account"), undefined);
  const waits = rest.before("chart");
  isLost = false;
  await Promise.all([waits, coming]);
  assert.deepEqual(heard, { asked: ["later", "pause", "later"], put: 1 });
  assert.equal(rest.before("chart"), undefined);
});
