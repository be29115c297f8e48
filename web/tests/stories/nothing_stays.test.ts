import assert from "node:assert/strict";
import { test } from "node:test";
import type { Desk, Keeping } from "../harness/desk.ts";
import { traces } from "../harness/profile.ts";
import { World } from "../harness/world.ts";

// Words that nothing but this story says.
const CANARIES = ["Kanarienvogel", "Zeisig", "Stieglitz", "Gimpel"] as const;
const [TITLE, TEXT, COMMENT, TYPED] = CANARIES;

/** Ben reads a copy at his desk, answers it, and begins to type something else. */
async function reads(world: World, keeping: Keeping): Promise<Desk> {
  const ana = await world.phone("trainee", "Ana Costa");
  const desk = await world.desk("supervisor", "Ben Lee", keeping);
  await ana.does("sync");
  await ana.shares(`The ${TITLE}`, `We saw a ${TEXT} on the ward.`, "Ben Lee");
  await desk.clicks(`The ${TITLE}`, "link");
  await desk.shows(`We saw a ${TEXT} on the ward.`);
  await desk.page.getByLabel("Your comment").fill(`I know the ${COMMENT}.`);
  await desk.clicks("Comment");
  await desk.shows(desk.page.getByRole("article").getByText(COMMENT));
  await desk.page.getByLabel("Your comment").fill(`And the ${TYPED}`);
  return desk;
}

test("on a shared computer nothing is left after signing out", () =>
  World.tell(async (world) => {
    const desk = await reads(world, "A shared computer");
    await desk.syncs();
    await desk.goes("/sign-out", "Sign out");
    await desk.page.getByLabel("Sign out and lose what was not sent").check();
    await desk.clicks("Sign out and lose it");
    await desk.arrives("You are signed out");
    desk.behaved();
    await desk.browser.kill();
    assert.deepEqual(traces(desk.browser.profile, CANARIES), []);
  }));

test("on a shared computer nothing is left when the browser is killed", () =>
  World.tell(async (world) => {
    const desk = await reads(world, "A shared computer");
    await desk.browser.kill();
    assert.deepEqual(traces(desk.browser.profile, CANARIES), []);
    await desk.reopens();
    await desk.arrives("Sign in to your desk");
    desk.behaved();
  }));

test("on a person's own device what is kept is ciphertext", () =>
  World.tell(async (world) => {
    const desk = await reads(world, "My own device");
    desk.behaved();
    await desk.browser.kill();
    assert.deepEqual(traces(desk.browser.profile, CANARIES), []);
  }));
