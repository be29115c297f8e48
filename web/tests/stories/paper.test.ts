import assert from "node:assert/strict";
import { test } from "node:test";
import type { Desk } from "../harness/desk.ts";
import { isFit } from "../harness/fit.ts";
import { accepts, begins, invited, TITLE } from "../harness/plans.ts";
import { printsAsKept } from "../harness/screens.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

/** How many sheets a page is when it is printed. */
async function sheets(desk: Desk): Promise<number> {
  const devtools = await desk.browser.context.newCDPSession(desk.page);
  const { data } = await devtools.send("Page.printToPDF", { preferCSSPageSize: true });
  const text = Buffer.from(data, "base64").toString("latin1");
  return text.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

test("the one page and the recipe of a plan are read here, and printed alone", () =>
  World.tell(async (world) => {
    const { ben, project } = await invited(world);
    const { page } = ben;
    await accepts(ben, project);
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
    await page.emulateMedia({ media: "print" });
    const save = page.getByText("Save it as a file");
    assert.equal(await save.isVisible(), false, "what is around the recipe is not printed");
    assert.ok(await page.getByText("Lamps at the bedside").isVisible());
    ben.behaved();
  }));

test("a plan is read and printed in full, without anything to write in or to press", () =>
  World.tell(async (world) => {
    const { ben, project } = await invited(world);
    const { page } = ben;
    await accepts(ben, project);
    await ben.clicks("The plan in full", "link");
    await ben.arrives("The plan in full");
    const paper = page.getByRole("article", { name: "The plan in full" });
    await ben.shows(paper.getByRole("img", { name: /6 values in order/ }));
    for (const said of ["Lamps at the bedside", "Ask the estates team for lamps", "2026-03-02"]) {
      await ben.shows(paper.getByText(said));
    }
    await isFit(ben, "in-full");
    await printsAsKept(page, "in-full");
    await page.emulateMedia({ media: "print" });
    assert.ok(await paper.getByRole("heading", { name: TITLE }).isVisible());
    const toPress = page.locator("button, input, select, textarea, summary, a");
    for (const one of await toPress.all()) assert.equal(await one.isVisible(), false);
    ben.behaved();
  }));

test("a plan is printed as a whole, with what was never in sight", () =>
  World.tell(async (world) => {
    const { ben, project } = await invited(world);
    const { page } = ben;
    await accepts(ben, project);
    const chart = page.locator(".plan-chart img");
    await chart.waitFor({ state: "attached" });
    const unseen = () =>
      page.evaluate(() => {
        const all = [...document.querySelectorAll(".plan-card > :first-child")];
        const isSeen = (one: Element) => one.checkVisibility({ contentVisibilityAuto: true });
        return all.filter((one) => !isSeen(one)).length;
      });
    assert.ok((await unseen()) > 0, "cards are far from sight");
    await page.emulateMedia({ media: "print" });
    // A page is laid out anew for paper some frames later.
    await until("all of it is on paper", async () => (await unseen()) === 0);
    assert.ok((await chart.boundingBox())?.height, "the chart is on paper");
    ben.behaved();
  }));

test("what may tell who somebody is, is looked at before the one page is shown", () =>
  World.tell(async (world) => {
    const ana = await world.desk("trainee", "Ana Costa");
    await begins(ana, TITLE);
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
