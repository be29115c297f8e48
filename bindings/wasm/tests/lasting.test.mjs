// A core that outlives its worker, over the real module. What is stored would be there again in a
// browser's own files; in Node everything is in memory, and a new worker begins with nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { js, until, World } from "./world.mjs";

const { WorkerEnded } = await import(`${js}/core.js`);

let world;

before(async () => {
  world = await World.begin();
});

after(() => world.end());

/** Has the core take in something large, which it refuses. */
async function grow(core) {
  await core.verifyPage("x".repeat(60 << 20)).catch(() => {});
}

test("a worker that has grown too large is replaced while nobody waits for it", async () => {
  const { core, told } = await world.lasting({ limit: 1, quiet: 100 });
  const heard = [];
  await core.observe(({ topics }) => heard.push(topics.length));
  await core.account();
  assert.equal(told.starts, 1, "what it needs to be open is no reason");
  await grow(core);
  const asked = core.account();
  await until(() => told.starts === 2);
  // One after the other, into the next worker.
  assert.deepEqual(await Promise.all([asked, core.account(), core.people()]), [null, null, []]);
  await until(() => heard.includes(10));
  assert.deepEqual([told.mishaps, told.lost], [0, []], "nobody is told");
});

test("whoever still asks keeps a worker", async () => {
  const { core, told } = await world.lasting({ limit: 1, quiet: 200 });
  await grow(core);
  for (let asked = 0; asked < 20; asked++) {
    await core.account();
    await new Promise((later) => setTimeout(later, 20));
  }
  assert.equal(told.starts, 1);
  await until(() => told.starts === 2);
});

test("after a trap another worker goes on, with those who listen", async () => {
  const { core, told } = await world.lasting({}, { method: "people", trap: true });
  const heard = [];
  await core.observe(({ topics }) => heard.push(topics.length));
  await assert.rejects(core.people(), { code: "internal" });
  await until(() => told.mishaps === 1);
  assert.deepEqual(await core.people(), []);
  await until(() => heard.includes(10));
  await core.createProject("Falls").catch(({ code }) => assert.equal(code, "not_enrolled"));
  assert.equal(told.starts, 2);
});

test("a panic that was caught fails one call, and its worker goes on", async () => {
  const { core, told } = await world.lasting({}, { method: "people", trap: false });
  await assert.rejects(core.people(), { code: "internal" });
  assert.equal(await core.account(), null);
  assert.deepEqual([told.starts, told.mishaps], [1, 0]);
});

test("what is in memory alone is lost with its worker, and that is said", async () => {
  const { core, told } = await world.lasting({ stays: false }, { method: "people", trap: true });
  await assert.rejects(core.people(), { code: "internal" });
  await until(() => told.lost.length === 1);
  await assert.rejects(core.account(), WorkerEnded);
  assert.equal(told.starts, 1);
});
