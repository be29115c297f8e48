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
    for (const said of ["Lamps at the bedside", "Ask the estates team for lamps", "2 March 2026"]) {
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

test("who prints the page of a plan has the plan in full, with what was never in sight", () =>
  World.tell(async (world) => {
    const { ben, project } = await invited(world);
    const { page } = ben;
    await accepts(ben, project);
    await page.locator(".plan-chart img").waitFor({ state: "attached" });
    const paper = page.getByRole("article", { name: "The plan in full" });
    assert.equal(await paper.count(), 0, "it is made for paper alone");
    await page.emulateMedia({ media: "print" });
    for (const said of ["Lamps at the bedside", "Ask the estates team for lamps", "2 March 2026"]) {
      await ben.shows(paper.getByText(said));
    }
    await ben.shows(paper.getByText("We see too many falls at night, most of them unseen."));
    const chart = paper.getByRole("img", { name: /6 values in order/ });
    assert.ok((await chart.boundingBox())?.height, "the chart is on paper");
    const toPress = page.locator("button, input, select, textarea, summary, a");
    for (const one of await toPress.all()) assert.equal(await one.isVisible(), false);
    await page.emulateMedia({ media: null });
    await paper.waitFor({ state: "detached" });

    // Whoever prints has seen the chart, which was drawn anew for another width.
    await until("the chart on the page", () =>
      page.evaluate(() => {
        const chart = document.querySelector<HTMLImageElement>(".plan-chart img");
        return chart?.complete === true && chart.naturalWidth > 0;
      }),
    );
    // The browser lays out what is there when it has told that it prints.
    await page.evaluate(() => {
      addEventListener("beforeprint", () => {
        const paper = document.querySelector(".plan-in-full");
        const chart = paper?.querySelector("img");
        document.title = `${paper?.querySelector("h2")?.textContent} ${chart?.complete}`;
      });
    });
    await sheets(ben);
    assert.equal(await page.title(), `${TITLE} true`);
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
