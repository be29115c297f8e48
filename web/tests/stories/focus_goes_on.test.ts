import assert from "node:assert/strict";
import { test } from "node:test";
import type { Desk } from "../harness/desk.ts";
import { furnish } from "../harness/furnished.ts";
import { accepts, invited } from "../harness/plans.ts";
import { begins, makes, opens } from "../harness/tickets.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

/** What has the focus, which is nothing where it was lost. */
function focused({ page }: Desk): Promise<string> {
  return page.evaluate(() => {
    const { activeElement: on } = document;
    return on === document.body ? "" : (on?.textContent?.trim() ?? "");
  });
}

async function presses(desk: Desk, name: string): Promise<void> {
  const button = desk.page.getByRole("button", { name }).first();
  await button.press("Enter");
}

async function isAt(desk: Desk, words: RegExp): Promise<void> {
  await until(`the focus at ${words}`, async () => words.test(await focused(desk)));
}

test("who leaves a plan by keyboard stays near what they pressed", () =>
  World.tell(async (world) => {
    const { ben, project } = await invited(world);
    await accepts(ben, project);
    await presses(ben, "Leave this plan");
    await isAt(ben, /^Leave it$/);
    await presses(ben, "Stay");
    await isAt(ben, /^Leave this plan$/);
    await presses(ben, "Leave this plan");
    await presses(ben, "Leave it");
    await ben.arrives("Plans");
    await isAt(ben, /^Plans$/);
    ben.behaved();
  }));

test("who ends a ticket, or closes one, goes on beside it", () =>
  World.tell(async (world) => {
    const ana = await begins(world, "Fewer falls at night");
    const link = await makes(ana, { right: "Comment", uses: 2 });
    const sam = await world.browser();
    await opens(sam, link, "Sam Reed");
    await presses(sam, "Close the ticket");
    await isAt(sam, /^Close it$/);
    await presses(sam, "Keep it open");
    await isAt(sam, /^Close the ticket$/);
    await presses(sam, "Close the ticket");
    await presses(sam, "Close it");
    await isAt(sam, /^The ticket is closed$/);

    await presses(ana, "End this ticket");
    await presses(ana, "End it");
    await ana.shows(ana.page.getByRole("article").getByText("Ended").first());
    await isAt(ana, /./);
    assert.doesNotMatch(await focused(ana), /End this/);
    for (const desk of [ana, sam]) desk.behaved();
  }));

test("who puts a copy away by keyboard is at the heading of the inbox", () =>
  World.tell(async (world) => {
    const ana = await world.phone("trainee", "Ana Costa");
    const ben = await world.desk("supervisor", "Ben Lee");
    const { copy } = await furnish(ana, "Ben Lee");
    await until("the copy", async () => {
      await ben.goes(`/copies/${copy}`, "A night on call").catch(() => {});
      return ben.page.getByRole("heading", { level: 1, name: "A night on call" }).isVisible();
    });
    await presses(ben, "Put this copy away");
    await presses(ben, "Keep it");
    await isAt(ben, /^Put this copy away$/);
    await presses(ben, "Put this copy away");
    await presses(ben, "Put it away");
    await ben.arrives("Inbox");
    await isAt(ben, /^Inbox$/);
    ben.behaved();
  }));
