// Links that people are handed, followed where something is open already, or written wrongly.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Desk } from "../harness/desk.ts";
import { isFit } from "../harness/fit.ts";
import { begins, follows, makes, opens } from "../harness/tickets.ts";
import { World } from "../harness/world.ts";

/** Follows a link in the window as it stands, as when it is put into the address bar. */
async function followsHere({ page }: Desk, link: string): Promise<void> {
  await page.evaluate((to) => {
    location.href = to;
  }, link);
}

function hasNo(secret: string, { page }: Desk): void {
  assert.ok(!page.url().includes(secret), "it is out of the address bar");
}

test("an invitation that comes to somebody's desk waits until they signed out", () =>
  World.tell(async (world) => {
    const desk = await world.desk("trainee", "Ana Costa");
    const { page } = desk;
    const code = await world.server.invite("supervisor", "Ben Lee");
    await desk.goes("/projects/new", "Begin a plan");
    await page.getByLabel("Title", { exact: true }).fill("Fewer falls at night");
    const dialog = page.getByRole("dialog", { name: "You are signed in as Ana Costa" });

    await followsHere(desk, `/#join=${code}`);
    await desk.shows(dialog.getByText("It was not used"));
    await desk.shows(dialog.getByText("1 text not finished"));
    hasNo(code, desk);
    await isFit(desk, "invitation-here");
    await dialog.getByRole("button", { name: "Stay signed in" }).click();
    await dialog.waitFor({ state: "hidden" });
    await desk.arrives("Begin a plan");
    assert.equal(
      await page.getByLabel("Title", { exact: true }).inputValue(),
      "Fewer falls at night",
    );

    await page.getByLabel("Title", { exact: true }).fill("");
    await followsHere(desk, `/#join=${code}`);
    await dialog.getByRole("button", { name: "Sign out and use it" }).click();
    await desk.arrives("You are signed out");
    hasNo(code, desk);
    await desk.clicks("Go on with the invitation");
    await desk.arrives("Sign in to your desk");
    assert.equal(await page.getByLabel("Invitation code").inputValue(), code);
    await desk.enrols(code, "A shared computer");
    await desk.shows("Ben Lee");
    desk.behaved();
  }));

test("signing out for an invitation says first what would be lost", () =>
  World.tell(async (world) => {
    const ana = await world.phone("trainee", "Ana Costa");
    const ben = await world.desk("supervisor", "Ben Lee");
    await ana.does("sync");
    await ana.shares("A night on call", "I asked too late.", "Ben Lee");
    await ben.clicks("A night on call", "link");
    await ben.page.getByLabel("Your comment").fill("Whom did you ask?");
    await followsHere(ben, "/#join=NO-SUCH-CODE");
    await ben.shows("1 text not finished");
    const out = ben.page.getByRole("button", { name: /^Sign out and/ });
    assert.equal(await out.count(), 0, "not without having said so");
    await ben.clicks("Stay signed in");
    assert.equal(await ben.page.getByLabel("Your comment").inputValue(), "Whom did you ask?");
    ben.behaved();
  }));

test("an invitation that comes to a device of somebody's says so in every tab", () =>
  World.tell(async (world) => {
    const ben = await world.desk("supervisor", "Ben Lee", "My own device");
    const code = await world.server.invite("trainee", "Ana Costa");
    ben.page = await ben.browser.context.newPage();
    ben.watch(ben.page);
    await ben.page.goto(`${world.server.url}/#join=${code}`);
    await ben.arrives("The desk is open in another tab");
    await ben.shows(/is an invitation. It was not used/);
    hasNo(code, ben);
    await ben.clicks("Open it here");
    await ben.shows(ben.page.getByRole("dialog", { name: "You are signed in as Ben Lee" }));
    ben.behaved();
  }));

test("a ticket that comes to somebody's desk is opened in a tab of its own, by nobody", () =>
  World.tell(async (world) => {
    const ana = await begins(world, "Fewer falls at night");
    const link = await makes(ana, { right: "Read", uses: 1 });
    const secret = link.split("=")[1] ?? "";
    const ben = await world.desk("supervisor", "Ben Lee");
    const desk = ben.page;
    await ben.goes("/sync", "Sync");
    await followsHere(ben, link);
    await ben.shows(/A ticket is opened without an account/);
    hasNo(secret, ben);
    const opened = ben.browser.context.waitForEvent("page");
    await ben.clicks("Open it in a new tab", "link");
    ben.page = await opened;
    ben.watch(ben.page);
    await ben.arrives("Somebody asks for your view");
    hasNo(secret, ben);
    await ben.page.getByLabel("Your name").fill("A passer-by");
    await ben.clicks("Open the ticket");
    await ben.arrives("Fewer falls at night");
    assert.equal(await ben.page.evaluate(() => window.opener), null);

    ben.page = desk;
    await ben.arrives("Sync");
    assert.equal(await desk.getByRole("dialog").count(), 0);
    ben.behaved();
  }));

test("a link that is followed where words for a ticket stand takes nothing away", () =>
  World.tell(async (world) => {
    const ana = await begins(world, "Fewer falls at night");
    const link = await makes(ana, { right: "Comment", uses: 2 });
    const sam = await world.browser();
    await opens(sam, link, "Sam Reed");
    await sam.arrives("Fewer falls at night");
    const comment = sam.page.getByLabel("Your comment");
    await comment.fill("The carers come at six.");
    await followsHere(sam, "/#join=NO-SUCH-CODE");
    await sam.shows(/in a tab of its own, and nothing here is lost/);
    await sam.clicks("Stay here");
    assert.equal(await comment.inputValue(), "The carers come at six.");
    await sam.clicks("Send the comment");
    await sam.shows("has what you said");
    // Nothing is lost any more.
    await followsHere(sam, "/#join=NO-SUCH-CODE");
    await sam.arrives("Sign in to your desk");
    assert.equal(await sam.page.getByLabel("Invitation code").inputValue(), "NO-SUCH-CODE");
    sam.behaved();
  }));

test("a link is understood however it was written on the way, or said not to be whole", () =>
  World.tell(async (world) => {
    const { url } = world.server;
    const sam = await world.browser();
    for (const written of ["/#/ticket=", "/#Ticket=", "/#ticket%3D"]) {
      await follows(sam, `${url}${written}AAAAAAAAAAAAAAAAAAAAAA`);
      await sam.arrives("Somebody asks for your view");
      hasNo("AAAA", sam);
    }
    const asked: string[] = [];
    sam.page.on("request", (request) => asked.push(request.url()));
    for (const written of ["/?ticket=", "/?utm_source=mail&ticket=", "/#/?ticket="]) {
      asked.length = 0;
      await follows(sam, `${url}${written}AAAAAAAAAAAAAAAAAAAAAA`);
      await sam.arrives("Somebody asks for your view");
      hasNo("AAAA", sam);
      hasNo("?", sam);
      assert.ok(
        asked.slice(1).every((other) => !other.includes("AAAA")),
        "only the visit has it",
      );
      await sam.page.reload();
      await sam.arrives("The ticket is no longer open here");
    }
    for (const cut of ["/#ticket=", "/#/ticket=", "/#ticket=AAAAAAAA"]) {
      await follows(sam, `${url}${cut}`);
      await sam.arrives("This link is not whole");
      hasNo("AAAA", sam);
      await sam.page.reload();
      await sam.arrives("This link is not whole");
    }
    await follows(sam, `${url}/#join=`);
    await sam.arrives("Sign in to your desk");
    await sam.shows("This link is not whole");
    for (const written of ["/#/join%3DAB-12", "/?join=AB-12"]) {
      await follows(sam, `${url}${written}`);
      await sam.arrives("Sign in to your desk");
      assert.equal(await sam.page.getByLabel("Invitation code").inputValue(), "AB-12");
      hasNo("AB-12", sam);
    }
    sam.behaved();
  }));
