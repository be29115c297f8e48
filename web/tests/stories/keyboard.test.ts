import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOfFocused, tabsTo } from "../harness/keys.ts";
import { Plan } from "../harness/plan.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

test("somebody joins, comments and signs with the keyboard alone", () =>
  World.tell(async (world) => {
    const ana = await world.phone("trainee", "Ana Costa");
    const desk = await world.browser();
    const { page } = desk;
    const invitation = await world.server.invite("supervisor", "Ben Lee");

    await desk.shows(page.getByLabel("Invitation code"));
    await tabsTo(page, "Invitation code");
    await page.keyboard.type(invitation);
    await tabsTo(page, "Sign in");
    await page.keyboard.press("Enter");
    await desk.shows(page.getByLabel("I have written it down"));
    await tabsTo(page, "I have written it down");
    await page.keyboard.press("Space");
    await tabsTo(page, "Go to the inbox");
    await page.keyboard.press("Enter");
    await desk.arrives("Inbox");

    await ana.does("sync");
    const copy = await ana.shares("A night on call", "I asked too late.", "Ben Lee");
    const reflection = await ana.reflects("The discharge letter", "Nobody could read it.");
    await ana.does("sign-off", "ask", "--reflection", reflection, "--with", "Ben Lee");
    await ana.does("sync");

    await desk.shows(page.getByRole("link", { name: "A night on call" }));
    await tabsTo(page, "A night on call, Shared with you");
    await page.keyboard.press("Enter");
    await desk.arrives("A night on call");
    await desk.shows("I asked too late.");
    await tabsTo(page, "Your comment");
    await page.keyboard.type("What held you back?");
    await tabsTo(page, "Comment");
    await page.keyboard.press("Enter");
    await desk.shows(page.getByRole("article").getByText("What held you back?"));
    await until("the comment on the phone", async () => {
      await ana.does("sync");
      const threads = await ana.does("project", "threads", copy);
      return JSON.stringify(threads).includes("What held you back?");
    });

    await tabsTo(page, /^Inbox/);
    await page.keyboard.press("Enter");
    await desk.arrives("Inbox");
    await tabsTo(page, "The discharge letter, To sign");
    await page.keyboard.press("Enter");
    await desk.arrives("The discharge letter");
    await tabsTo(page, "You sign as");
    await page.keyboard.type("Clin");
    await tabsTo(page, "Your statement");
    await page.keyboard.type("You saw what the letter was for.");
    await tabsTo(page, "Check and sign");
    await page.keyboard.press("Enter");
    await desk.shows(page.getByRole("dialog", { name: "Sign this?" }));
    await page.keyboard.press("Escape");
    await until("the focus to be back", async () => {
      return (await page.evaluate(nameOfFocused)) === "Check and sign";
    });
    await page.keyboard.press("Enter");
    await desk.shows(page.getByRole("dialog").getByText("You saw what the letter was for."));
    await tabsTo(page, "Sign");
    await page.keyboard.press("Enter");
    await desk.shows(page.getByRole("heading", { name: "You have answered this" }));
    await until("the signature on the phone", async () => {
      await ana.does("sync");
      const listed = await ana.does("sign-off", "list");
      return listed.asked_by_me.items[0].standing === "signed";
    });
    desk.behaved();
  }));

test("who deletes or settles a comment with the keyboard goes on beside it", () =>
  World.tell(async (world) => {
    const { ana, ben, id } = await Plan.of(world);
    const { page } = ben;
    const focused = (what: RegExp) =>
      until(`the focus at ${what}`, async () => what.test(await page.evaluate(nameOfFocused)));
    await ana.does("project", "add", id, "action", "text=Ask for lamps");
    for (const words of ["Why?", "Since when?"]) {
      await ana.does("project", "comment", id, words, "--on", "problem");
    }
    await ana.does("sync");
    await ben.shows("Since when?");
    await tabsTo(page, /^Settle, comment “Why\?”/);
    await page.keyboard.press("Enter");
    await focused(/^Settled by Ben Lee/);

    await ben.shows(page.getByRole("button", { name: /^Comment on action/ }));
    await tabsTo(page, /^Comment on action “Ask for lamps”/);
    const called = await page.evaluate(nameOfFocused);
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(nameOfFocused), called, "named once, and not twice");
    await page.keyboard.type("How many?");
    await tabsTo(page, /^Comment, action/);
    await page.keyboard.press("Enter");
    await ben.shows(page.getByRole("button", { name: /^Delete\s*, comment “How many\?”/ }));
    await tabsTo(page, /^Delete, comment “How many\?”/);
    await page.keyboard.press("Enter");
    // Nobody answered it: it is gone, and its action is what is nearest.
    await focused(/^Ask for lamps$|This comment was deleted/);

    await ana.begins("Fewer falls at noon", ["Ben Lee"]);
    await ben.goes("/invitations", "Invitations");
    await ben.shows(page.getByRole("button", { name: /^Accept/ }));
    await tabsTo(page, /^Accept/);
    await page.keyboard.press("Enter");
    await focused(/^Invitations$/);
    ben.behaved();
  }));
