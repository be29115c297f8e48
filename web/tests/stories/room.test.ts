// What a browser grants of its disk: not enough, not for long, or nothing.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import type { Locator } from "playwright-core";
import type { Desk } from "../harness/desk.ts";
import { tell } from "../harness/figures.ts";
import { PATIENCE, until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

/** Milliseconds within which the core tries again to write words that found no room. */
const RETRIED = 31_000;

const OWN = "My own device";

/** Words that cannot be packed, so that they need the room that they have. */
function unlike(letters: number): string {
  return randomBytes(letters).toString("base64").slice(0, letters);
}

/** A disk on which there was no more room for words. */
interface FullDisk {
  /** What was typed last, and refused. */
  text: string;
  refusal: Locator;
  /** Gives room again. */
  grants(): Promise<void>;
}

/** Types into a field until the browser has no room for it any more. */
async function fills(world: World, desk: Desk, field: Locator): Promise<FullDisk> {
  const { page } = desk;
  const devtools = await desk.browser.context.newCDPSession(page);
  const origin = world.server.url;
  await devtools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
  const refusal = page.getByRole("alert").filter({ hasText: /no room|full/i });
  // What is kept back for words is given first, and then there is room once more.
  const isRefused = async () => {
    if (!(await refusal.isVisible())) return false;
    await page.waitForTimeout(1_000);
    return refusal.isVisible();
  };
  let text = "";
  for (let times = 0; times < 200 && !(await isRefused()); times++) {
    text = unlike(20_000);
    await field.fill(text);
    // What is settled stays, so that each text takes room of its own.
    await field.blur();
    await page.waitForTimeout(100);
  }
  await desk.shows(refusal);
  assert.equal(await field.inputValue(), text);
  const grants = async () => {
    await devtools.send("Storage.overrideQuotaForOrigin", { origin });
  };
  return { text, refusal, grants };
}

test("with no room left words are refused in words, and stored when there is room again", () =>
  World.tell(async (world) => {
    const desk = await world.desk("trainee", "Dora Moss", OWN);
    const { page } = desk;
    const field = await desk.reflects("A long night");
    await desk.browser.context.setOffline(true);
    const { text, refusal, grants } = await fills(world, desk, field);

    // Elsewhere and back: it is held, though it is not stored.
    await desk.goes("/reflections", "Reflections");
    await desk.clicks("A long night", "link");
    await until("what was refused", async () => (await field.inputValue()) === text);
    await desk.shows(refusal);

    await grants();
    await field.press("ControlOrMeta+End");
    await field.pressSequentially(" And then it was day.");
    await refusal.waitFor({ state: "hidden" });
    // And once more: what was typed is part of the reflection by then.
    await desk.goes("/reflections", "Reflections");
    await desk.clicks("A long night", "link");
    const all = `${text} And then it was day.`;
    await until("all of it", async () => (await field.inputValue()) === all);
    await page.reload();
    await desk.arrives("A long night");
    await until("all of it again", async () => (await field.inputValue()) === all);
    desk.behaved();
  }));

test("words that found no room are written once there is some, and another tab waits for them", (t) =>
  World.tell(async (world) => {
    const desk = await world.desk("trainee", "Dora Moss", OWN);
    const { page } = desk;
    const field = await desk.reflects("A long night");
    await desk.browser.context.setOffline(true);
    const { text, refusal, grants } = await fills(world, desk, field);
    await desk.browser.context.setOffline(false);

    // Another tab asks for the desk: it stays where the words are, and says so.
    const second = await desk.browser.context.newPage();
    desk.watch(second);
    desk.page = second;
    await desk.visit();
    await desk.clicks("Open it here");
    await page.getByText(/It stays here, since something you wrote/).waitFor();
    await desk.shows("The desk is open in another tab");
    assert.equal(await field.inputValue(), text);
    await page.evaluate(() => (location.hash = "/sync"));
    await page.getByText("What do you want to remember?, in the reflection").waitFor();

    // Nobody touches it, and it is written all the same: by then the other tab may go on.
    await grants();
    const began = performance.now();
    await page.getByText("Only in this window").waitFor({ state: "hidden", timeout: 2 * PATIENCE });
    tell(t, "until words are written once there is room", performance.now() - began, RETRIED);
    await refusal.waitFor({ state: "hidden" });
    await desk.clicks("Open it here");
    await desk.goes("/reflections", "Reflections");
    await desk.clicks("A long night", "link");
    const there = second.getByLabel("What do you want to remember?");
    await until("the words", async () => (await there.inputValue()) === text);
    desk.behaved();
  }));

test("a private window works, and says that nothing of it stays", () =>
  World.tell(async (world) => {
    const desk = await world.browser();
    const ordinary = desk.page;
    await desk.withdraws();
    await desk.visit();
    await desk.enrols(await world.server.invite("trainee", "Dora Moss"), OWN);
    await desk.shows(/a private window keeps nothing once it is closed/);
    await desk.clicks("I have read this");
    await desk.reflects("Seen in private");
    await desk.page.reload();
    await desk.arrives("Seen in private");
    await desk.goes("/sync", "Sync");
    await desk.shows(/The browser does not promise for how long/);
    desk.behaved();

    desk.page = ordinary;
    await desk.visit();
    await desk.arrives("Sign in to your desk");
  }));
