import assert from "node:assert/strict";
import { test } from "node:test";
import type { Desk } from "../harness/desk.ts";
import { dayFromNow, furnish } from "../harness/furnished.ts";
import { looksAsKept } from "../harness/screens.ts";
import { World } from "../harness/world.ts";

/** Nobody is kept out of the page as it stands, and it looks as it did. */
async function isFit(desk: Desk, name: string): Promise<void> {
  await desk.rests();
  assert.deepEqual(await desk.barriers(), [], `barriers on ${name}`);
  await looksAsKept(desk.page, name);
}

test("each page of a supervisor keeps nobody out and looks as it did", () =>
  World.tell(async (world) => {
    const ana = await world.phone("trainee", "Ana Costa");
    const desk = await world.browser();
    await isFit(desk, "join");
    await desk.enrols(await world.server.invite("supervisor", "Ben Lee"), "A shared computer");
    const { copy, request } = await furnish(ana, "Ben Lee");
    await desk.shows(desk.page.getByText("Before Friday, please"));
    await isFit(desk, "inbox");
    await desk.clicks(/Accept/);
    const visits: readonly (readonly [string, string, string])[] = [
      ["/sign-offs", "Sign-offs", "sign-offs"],
      [`/sign-offs/${request}`, "A night on call", "sign-off"],
      [`/copies/${copy}`, "A night on call", "copy"],
      ["/cohort", "Cohort", "cohort"],
      ["/sync", "Sync", "sync"],
      ["/devices", "Devices", "devices"],
      ["/sign-out", "Sign out", "sign-out"],
    ];
    for (const [address, heading, name] of visits) {
      await desk.goes(address, heading);
      await isFit(desk, name);
    }
    await desk.goes("/search", "Search");
    await desk.page.getByLabel("Words to look for").fill("afraid");
    await desk.clicks("Search");
    await desk.shows(desk.page.getByRole("link", { name: "A night on call" }));
    await isFit(desk, "search");
    desk.behaved();
  }));

test("each page of a trainee keeps nobody out and looks as it did", () =>
  World.tell(async (world) => {
    await world.phone("supervisor", "Ben Lee");
    const desk = await world.desk("trainee", "Dora Moss");
    const { page } = desk;
    await desk.goes("/modules", "Modules");
    await desk.clicks("Fetch it");
    await desk.shows(page.getByRole("link", { name: "Population health" }));
    await isFit(desk, "modules");
    await desk.clicks("Population health", "link");
    await desk.arrives("Population health");
    await desk.clicks("Begin The causes of the causes");
    await desk.clicks("Complete The causes of the causes");
    await desk.clicks("Note as completed");
    await desk.shows("Completed");
    await isFit(desk, "module");
    await desk.clicks("The causes of the causes", "link");
    await desk.arrives("The causes of the causes");
    await isFit(desk, "page");

    await desk.goes("/log", "Learning log");
    await page.getByLabel("What it was").fill("Frailty teaching");
    await page.getByLabel("Minutes").fill("90");
    await desk.clicks("Add");
    await desk.shows(page.getByRole("button", { name: "Take out Frailty teaching" }));
    await isFit(desk, "log");

    await desk.goes("/deadlines", "Deadlines");
    await page.getByLabel("What closes").fill("Portfolio closes");
    await page.getByLabel("Last day").fill(dayFromNow(12));
    await desk.clicks("Add");
    await desk.shows("12 days left");
    await isFit(desk, "deadlines");

    await desk.goes("/reflections", "Reflections");
    await page.getByLabel("Title").fill("The discharge letter");
    await desk.clicks("Begin");
    await desk.arrives("The discharge letter");
    const text = "Mr Peter Hall of ward 4 could not read his own letter.";
    await page.getByLabel("What do you want to remember?").fill(text);
    await desk.clicks("Share a copy");
    await page.getByLabel("With whom").selectOption({ label: "Ben Lee (supervisor)" });
    await desk.clicks("Look through it first");
    await desk.shows(page.getByRole("rowheader", { name: "Mr Peter Hall" }));
    await isFit(desk, "reflection");
    await page.getByLabel(/I have looked at what was found/).check();
    await desk.clicks("Share it with Ben Lee");
    await desk.shows(page.getByText("their copy"));
    await desk.goes("/reflections", "Reflections");
    await isFit(desk, "reflections");
    desk.behaved();
  }));
