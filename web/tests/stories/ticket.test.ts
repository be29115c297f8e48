import assert from "node:assert/strict";
import { test } from "node:test";
import { isFit } from "../harness/fit.ts";
import { traces } from "../harness/profile.ts";
import { begins, follows, makes, opens, PURPOSE } from "../harness/tickets.ts";
import { World } from "../harness/world.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

test("a partner without an account reads a plan, and what they say comes back to its owner", () =>
  World.tell(async (world) => {
    const ana = await begins(world, "Fewer falls at night");
    const link = await makes(ana, { right: "Endorse", uses: 1 });
    await isFit(ana, "tickets");

    const sam = await world.browser();
    await follows(sam, link);
    await sam.arrives("Somebody asks for your view");
    assert.ok(!sam.page.url().includes("ticket="), "the secret is out of the address bar");
    await isFit(sam, "ticket-unopened");
    await sam.clicks("Open the ticket");
    await sam.shows("There is a problem");
    await sam.page.getByLabel("Your name").fill("Sam Reed, Age UK");
    await sam.clicks("Open the ticket");
    await sam.arrives("Fewer falls at night");
    await sam.shows(PURPOSE);
    await sam.shows("Ana Costa");
    assert.equal(await sam.page.getByRole("navigation").count(), 0, "a page without navigation");

    await sam.page.getByLabel("Your comment").fill("The carers come at six.");
    await sam.clicks("Send the comment");
    await sam.shows(sam.page.getByRole("status").getByText("The carers come at six."));
    await sam.page.getByLabel("What you stand behind, and why").fill("We would join in.");
    await sam.clicks("Send the endorsement");
    await sam.shows(sam.page.getByRole("status").getByText("We would join in."));
    await isFit(sam, "ticket");

    await ana.syncs();
    await ana.goes("/", "Inbox");
    await ana.clicks(/A ticket answered/, "link");
    await ana.arrives("Tickets for Fewer falls at night");
    const ticket = ana.page.getByRole("article", { name: PURPOSE });
    await ana.shows(ticket.getByText("The carers come at six."));
    await ana.shows(ticket.getByText("Sam Reed, Age UK").first());
    await ana.shows(ticket.getByText("An endorsement is no sign-off"));
    await ana.shows(ticket.getByText("Used up"));
    await isFit(ana, "tickets-answered");

    const kim = await world.browser();
    await opens(kim, link, "Kim Ode");
    await kim.arrives("This ticket is used up");
    for (const desk of [ana, sam, kim]) desk.behaved();
  }));

test("a ticket that was ended opens nothing more, and a wrong link never did", () =>
  World.tell(async (world) => {
    const ana = await begins(world, "Fewer falls at noon");
    const link = await makes(ana, { right: "Comment", uses: 3 });
    const sam = await world.browser();
    await opens(sam, link, "Sam Reed");
    await sam.arrives("Fewer falls at noon");
    assert.equal(await sam.page.getByRole("button", { name: /endorsement/ }).count(), 0);

    await ana.clicks(/End this/);
    await ana.clicks("End it");
    await ana.shows(ana.page.getByRole("article").getByText("Ended").first());

    await sam.page.getByLabel("Your comment").fill("Too late.");
    await sam.clicks("Send the comment");
    await sam.shows("This ticket was ended by who made it.");
    assert.equal(await sam.page.getByLabel("Your comment").inputValue(), "Too late.");
    await opens(sam, link, "Sam Reed");
    await sam.arrives("This ticket was ended");
    await opens(sam, `${link.slice(0, -4)}AAAA`, "Sam Reed");
    await sam.arrives("This link opens nothing");
    for (const desk of [ana, sam]) desk.behaved();
  }));

test("who may only read is offered no more, and the server says when the time is over", () =>
  World.tell(async (world) => {
    const ana = await begins(world, "Fewer falls at dawn");
    const reading = await makes(ana, { right: "Read", uses: 1 });
    const sam = await world.browser();
    await opens(sam, reading, "Sam Reed");
    await sam.arrives("Fewer falls at dawn");
    assert.equal(await sam.page.getByRole("textbox").count(), 0);

    const endorsing = await makes(ana, { right: "Endorse", uses: 1 });
    const kim = await world.browser();
    await kim.page.clock.install();
    await opens(kim, endorsing, "Kim Ode");
    await kim.arrives("Fewer falls at dawn");
    await kim.page.getByLabel("What you stand behind, and why").fill("We would join in.");
    // A computer whose clock is wrong keeps nobody from answering.
    await kim.page.clock.fastForward(15 * DAY_MS);
    assert.equal(await kim.page.getByText(/time of this ticket is over/).count(), 0);
    await kim.clicks("Send the endorsement");
    await kim.shows(kim.page.getByRole("status").getByText("We would join in."));
    for (const desk of [ana, sam, kim]) desk.behaved();
  }));

test("nothing of what a ticket shows or is told stays in the browser of its holder", () =>
  World.tell(async (world) => {
    const ana = await begins(world, "The Kanarienvogel");
    const link = await makes(ana, { right: "Comment", uses: 1 });
    const sam = await world.browser();
    await opens(sam, link, "Zeisig");
    await sam.arrives("The Kanarienvogel");
    await sam.page.getByLabel("Your comment").fill("I know the Stieglitz.");
    await sam.clicks("Send the comment");
    await sam.shows(sam.page.getByRole("status").getByText("Stieglitz"));
    await sam.clicks("Close the ticket");
    await sam.clicks("Close it");
    await sam.arrives("The ticket is closed");
    sam.behaved();
    await sam.browser.kill();
    // That the link was followed is in the browser's own history: no page can take it out there.
    const words = ["Kanarienvogel", "Zeisig", "Stieglitz"];
    assert.deepEqual(traces(sam.browser.profile, words), []);
  }));

test("the browser asks before words for a ticket are lost, and a page that lost them says so", () =>
  World.tell(async (world) => {
    const ana = await begins(world, "The Kanarienvogel");
    const link = await makes(ana, { right: "Comment", uses: 2 });
    const sam = await world.browser();
    await opens(sam, link, "Sam Reed");
    await sam.arrives("The Kanarienvogel");
    const comment = sam.page.getByLabel("Your comment");
    await comment.click();
    await sam.page.keyboard.type("I know the Stieglitz", { delay: 5 });

    for (const leave of ["location.reload()", "history.back()"]) {
      const asked = sam.page.waitForEvent("dialog");
      void sam.page.evaluate(leave).catch(() => {});
      const dialog = await asked;
      assert.equal(dialog.type(), "beforeunload", leave);
      await dialog.dismiss();
      assert.equal(await comment.inputValue(), "I know the Stieglitz", leave);
    }
    await sam.clicks("Close the ticket");
    await sam.shows("What you wrote and did not send is lost.");
    await sam.clicks("Keep it open");

    sam.page.once("dialog", (dialog) => void dialog.accept());
    await sam.page.evaluate("location.reload()").catch(() => {});
    await sam.arrives("The ticket is no longer open here");
    await sam.shows(/open the link again/);
    await isFit(sam, "ticket-left");
    await opens(sam, link, "Sam Reed");
    await sam.arrives("The Kanarienvogel");
    sam.behaved();
    await sam.browser.kill();
    assert.deepEqual(traces(sam.browser.profile, ["Kanarienvogel", "Stieglitz"]), []);
  }));

test("words whose answer was lost may have arrived: so it says, and sent again they count once", () =>
  World.tell(async (world) => {
    const ana = await begins(world, "Fewer falls at dusk");
    const link = await makes(ana, { right: "Comment", uses: 1 });
    const sam = await world.browser();
    const { context } = sam.browser;
    const asked = "**/v1/tickets/*";
    /** The server does what it is asked, and what it says to that is lost. */
    const lose = () =>
      context.route(asked, async (route) => {
        await route.fetch();
        await route.abort("connectionreset");
      });
    await lose();
    await opens(sam, link, "Sam Reed");
    await sam.shows(/It may have arrived/);
    await context.unroute(asked);
    await sam.clicks("Open the ticket");
    await sam.arrives("Fewer falls at dusk");

    await lose();
    const comment = sam.page.getByLabel("Your comment");
    await comment.fill("The carers come at six.");
    await sam.clicks("Send the comment");
    await sam.shows(/It may have arrived/);
    assert.equal(await sam.page.getByText(/nothing was sent/i).count(), 0);
    assert.equal(await comment.inputValue(), "The carers come at six.");
    await context.unroute(asked);
    await sam.clicks("Send the comment");
    await sam.shows("has what you said");

    await ana.clicks("Ask for news");
    const ticket = ana.page.getByRole("article", { name: PURPOSE });
    await ana.shows(ticket.getByText("The carers come at six."));
    assert.equal(await ticket.getByText("The carers come at six.").count(), 1);
    assert.equal(await ticket.getByText(/^Sam Reed, /).count(), 1, "it was opened once");
    sam.behaved();
  }));
