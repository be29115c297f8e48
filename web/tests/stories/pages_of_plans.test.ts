import assert from "node:assert/strict";
import { test } from "node:test";
import type { Desk } from "../harness/desk.ts";
import { isFit, stumbles } from "../harness/fit.ts";
import { furnishPlan } from "../harness/furnished.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

const TITLE = "Fewer falls at night";

/** Ana's plan, to which Ben is invited. */
async function invited(world: World): Promise<{ ben: Desk; project: string }> {
  const ana = await world.phone("trainee", "Ana Costa");
  const ben = await world.desk("supervisor", "Ben Lee");
  await ana.does("sync");
  const project = await ana.begins(TITLE, ["Ben Lee"]);
  await ana.writes(project, "problem", "We see too many falls at night, most of them unseen.");
  await furnishPlan(ana, project);
  await ben.shows(ben.page.getByRole("button", { name: /Accept/ }));
  return { ben, project };
}

/** How many sheets a page is when it is printed. */
async function sheets(desk: Desk): Promise<number> {
  const devtools = await desk.browser.context.newCDPSession(desk.page);
  const { data } = await devtools.send("Page.printToPDF", { preferCSSPageSize: true });
  const text = Buffer.from(data, "base64").toString("latin1");
  return text.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

test("each page of a plan keeps nobody out, and is walked through by keyboard", () =>
  World.tell(async (world) => {
    const { ben, project } = await invited(world);
    const { page } = ben;
    await ben.goes("/invitations", "Invitations");
    await isFit(ben, "invitations");
    await ben.clicks(/Accept/);
    await until("the plan", async () => {
      await ben.goes(`/projects/${project}`, TITLE).catch(() => {});
      return page.getByRole("heading", { level: 1, name: TITLE }).isVisible();
    });
    await ben.shows(page.getByRole("img", { name: /6 values in order/ }));
    await isFit(ben, "plan");
    for (const forcedColors of ["none", "active"] as const) {
      await page.emulateMedia({ forcedColors });
      assert.deepEqual(await stumbles(page), [], `by keyboard, forced colours: ${forcedColors}`);
    }
    ben.behaved();
  }));

test("the one page and the recipe of a plan are read here, and printed alone", () =>
  World.tell(async (world) => {
    const { ben, project } = await invited(world);
    const { page } = ben;
    await ben.clicks(/Accept/);
    await until("the plan", async () => {
      await ben.goes(`/projects/${project}`, TITLE).catch(() => {});
      return page.getByRole("heading", { level: 1, name: TITLE }).isVisible();
    });
    await ben.clicks("The one page", "link");
    await ben.arrives("The one page");
    const sheet = page.getByRole("article", { name: "The one page" });
    await ben.shows(sheet.getByRole("heading", { name: TITLE }));
    await ben.shows(sheet.getByRole("img", { name: /Falls a week/ }));
    await isFit(ben, "one-page");
    await page.emulateMedia({ media: "print" });
    for (const shown of [page.getByText("Back to the plan"), page.getByRole("banner")]) {
      assert.equal(await shown.isVisible(), false, "what is around the sheet is not printed");
    }
    assert.ok(await sheet.getByRole("heading", { name: TITLE }).isVisible());
    assert.equal(await sheets(ben), 1, "on one sheet");
    await page.emulateMedia({ media: null });

    await ben.clicks("Back to the plan", "link");
    await ben.clicks("The recipe", "link");
    await ben.arrives("The recipe");
    await ben.shows("Lamps at the bedside");
    await ben.shows("To be tested: A lamp that comes on by itself");
    assert.equal(await page.getByText("Ana Costa").count(), 0, "no names");
    await isFit(ben, "recipe");
    ben.behaved();
  }));

test("what may tell who somebody is, is looked at before the one page is shown", () =>
  World.tell(async (world) => {
    const ana = await world.desk("trainee", "Ana Costa");
    await ana.goes("/projects/new", "Begin a plan");
    await ana.page.getByLabel("Title", { exact: true }).fill(TITLE);
    await ana.clicks("Begin the plan");
    await ana.arrives(TITLE);
    await ana.page.getByLabel(/^Problem:/).fill("Mr Peter Hall of ward 4, born 3 May 1941, fell.");
    await ana.clicks("The one page", "link");
    await ana.arrives("The one page");
    await ana.shows("What may tell who somebody is");
    assert.equal(await ana.page.getByRole("button", { name: "Print it" }).count(), 0);
    await ana.page.getByLabel(/I have looked at what was found/).check();
    await ana.clicks("Show the page");
    await ana.shows(ana.page.getByRole("article").getByText(/Mr Peter Hall/));
    ana.behaved();
  }));
