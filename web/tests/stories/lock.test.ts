import assert from "node:assert/strict";
import { test } from "node:test";
import type { Desk } from "../harness/desk.ts";
import { isFit } from "../harness/fit.ts";
import { begins } from "../harness/plans.ts";
import { World } from "../harness/world.ts";

/** The clock of the page is one that a story turns. What was in memory is gone with this. */
async function turnsTheClock(desk: Desk): Promise<void> {
  await desk.page.clock.install();
  await desk.page.reload();
}

test("on a person's own device a desk that nobody touches is locked after a warning", () =>
  World.tell(async (world) => {
    const ben = await world.desk("supervisor", "Ben Lee", "My own device");
    const { page } = ben;
    await turnsTheClock(ben);
    await ben.arrives("Inbox");
    await page.clock.fastForward("14:10");
    const warning = page.getByRole("dialog", { name: "Are you still there?" });
    await ben.shows(warning);
    assert.deepEqual(await ben.barriers(), []);
    await ben.clicks("I am still here");
    await warning.waitFor({ state: "hidden" });
    await page.clock.fastForward("15:10");
    await ben.arrives("The desk is locked");
    assert.equal(
      await page.getByRole("navigation").isVisible(),
      false,
      "nothing else is to be seen",
    );
    await isFit(ben, "locked");
    await ben.clicks("Go on");
    await ben.arrives("Inbox");
    ben.behaved();
  }));

test("on a shared computer only the same person comes back to a text that was not sent", () =>
  World.tell(async (world) => {
    const ben = await world.browser();
    const { page } = ben;
    await turnsTheClock(ben);
    await ben.enrols(await world.server.invite("supervisor", "Ben Lee"), "A shared computer");
    await ben.goes("/devices", "Your devices");
    await ben.clicks("Make a code");
    const code = (await page.locator(".nhsuk-inset-text strong").textContent()) ?? "";
    await begins(ben, "Fewer falls at night");
    await ben.clicks("Move the plan on");
    await page.getByLabel("Why, or what came of it").fill("The team is there.");
    await page.clock.fastForward("15:10");
    await ben.arrives("The desk is locked");
    await ben.shows("1 text in an open form");
    await isFit(ben, "locked-shared");

    const unlock = page.getByLabel(/A code of Ben Lee/);
    await unlock.fill(await world.server.invite("supervisor", "Eve Hall"));
    await ben.clicks("Unlock");
    await ben.shows("This code is of somebody else");
    await unlock.fill(code);
    await ben.clicks("Unlock");
    await ben.arrives("Fewer falls at night");
    assert.equal(
      await page.getByLabel("Why, or what came of it").inputValue(),
      "The team is there.",
    );
    ben.behaved();
  }));

test("on a shared computer a desk that has sent everything is wiped when nobody touches it", () =>
  World.tell(async (world) => {
    const ben = await world.browser();
    await turnsTheClock(ben);
    await ben.enrols(await world.server.invite("supervisor", "Ben Lee"), "A shared computer");
    await ben.syncs();
    await ben.page.clock.fastForward("15:10");
    await ben.arrives("You are signed out");
    ben.behaved();
  }));

test("a question that was open when the desk was locked keeps nobody from going on", () =>
  World.tell(async (world) => {
    const ana = await world.phone("trainee", "Ana Costa");
    const ben = await world.desk("supervisor", "Ben Lee", "My own device");
    const { page } = ben;
    await ana.does("sync");
    await ana.shares("A night on call", "I waited too long.", "Ben Lee");
    await ben.shows(page.getByRole("link", { name: /A night on call/ }));
    await turnsTheClock(ben);
    await ben.clicks(/A night on call/, "link");
    await ben.clicks("Put this copy away");
    const question = page.getByRole("dialog", { name: "Put this copy away?" });
    await ben.shows(question);
    await page.clock.fastForward("15:10");
    await ben.arrives("The desk is locked");
    assert.equal(await question.isVisible(), false);
    await ben.clicks("Go on");
    await ben.shows(question);
    await page.keyboard.press("Escape");
    await question.waitFor({ state: "hidden" });
    ben.behaved();
  }));
