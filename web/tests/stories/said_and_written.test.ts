import assert from "node:assert/strict";
import { test } from "node:test";
import type { Desk } from "../harness/desk.ts";
import { TITLE, together } from "../harness/plans.ts";
import { selectIn } from "../harness/selecting.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

test("who wrote what is shown where it is asked for, and so is the plan as it was once", () =>
  World.tell(async (world) => {
    const { ana, ben } = await together(world);
    const problem = (desk: Desk) => desk.page.getByLabel(/^Problem:/);
    await problem(ana).pressSequentially("We see many falls.");
    await until("Ana's words", async () => (await problem(ben).inputValue()).endsWith("falls."));
    await problem(ben).press("ControlOrMeta+End");
    await problem(ben).pressSequentially(" Most are unseen.");
    await until("Ben's words", async () => (await problem(ana).inputValue()).endsWith("unseen."));
    const { page } = ana;
    assert.equal(await page.getByText("Who wrote what:").count(), 0);
    await ana.clicks("Show who wrote what");
    await ana.shows(page.locator(".plan-author", { hasText: "We see many falls." }));
    await ana.shows(page.locator(".plan-author", { hasText: "[Ben Lee]" }));
    await ana.clicks("Show who wrote what");
    await until("it to be hidden", async () => (await page.locator(".plan-author").count()) === 0);

    await ana.clicks("Show what changed");
    await ana.shows("Show the plan as it was then");
    await page.getByRole("button", { name: "Show the plan as it was then" }).last().click();
    await ana.arrives("The plan as it was");
    await ana.shows(page.getByRole("heading", { name: "Background and plan" }));
    assert.equal(await page.getByText("Most are unseen.").count(), 0, "that came later");
    assert.equal(await page.getByRole("textbox").count(), 0, "nothing is written in it");
    await ana.clicks("Back to the plan as it is now");
    await ana.arrives(TITLE);
    for (const desk of [ana, ben]) desk.behaved();
  }));

test("words are commented on and others suggested beside them, and one is accepted", () =>
  World.tell(async (world) => {
    const { ana, ben } = await together(world);
    const problem = ana.page.getByLabel(/^Problem:/);
    await problem.fill("We see many falls.");
    const bens = ben.page.getByLabel(/^Problem:/);
    await until("the words", async () => (await bens.inputValue()) === "We see many falls.");
    await selectIn(bens, "many");
    await ben.clicks("Comment on “many”");
    const comment = ben.page.getByRole("textbox", { name: "Comment on “many”" });
    assert.ok(
      await comment.evaluate((box) => box === document.activeElement),
      "the focus is in it",
    );
    await comment.fill("How many a week?");
    await ben.page.keyboard.press("Tab");
    await ben.page.keyboard.press("Enter");
    await ana.shows("How many a week?");

    await selectIn(bens, "many");
    await ben.clicks("Suggest other words");
    await ben.page.getByLabel("Instead of “many”").fill("nine a week,");
    await ben.clicks("Suggest this");
    await ana.clicks("Accept");
    for (const field of [problem, bens]) {
      await until("the words that were suggested", async () => {
        return (await field.inputValue()) === "We see nine a week, falls.";
      });
    }
    for (const desk of [ana, ben]) desk.behaved();
  }));

test("a suggestion is rejected, taken back, or accepted though its words were changed", () =>
  World.tell(async (world) => {
    const { ana, ben } = await together(world);
    const problem = ana.page.getByLabel(/^Problem:/);
    await problem.fill("We see many falls.");
    const bens = ben.page.getByLabel(/^Problem:/);
    const reads = (words: string) => async () => (await bens.inputValue()) === words;
    await until("the words", reads("We see many falls."));
    const suggests = async (words: string, instead: string) => {
      await selectIn(bens, words);
      await ben.clicks("Suggest other words");
      await ben.page.getByLabel(`Instead of “${words}”`).fill(instead);
      await ben.clicks("Suggest this");
      await ana.shows(ana.page.locator("ins", { hasText: instead }));
    };

    await selectIn(bens, "many");
    await ben.clicks("Suggest other words");
    await ben.clicks("Suggest this");
    await ben.shows("Nothing was changed: say what it should read");
    const summary = ben.page.getByRole("alert");
    await until("the focus at it", () =>
      summary.evaluate((one) => one.contains(document.activeElement)),
    );
    await ben.clicks("Cancel");
    await suggests("many", "few");
    await ana.clicks("Reject");
    for (const desk of [ana, ben]) await desk.shows(/: rejected by Ana Costa/);
    assert.ok(await reads("We see many falls.")());

    await suggests("many", "some");
    await ben.clicks("Take it back");
    for (const desk of [ana, ben]) await desk.shows(/: taken back/);

    await suggests("many", "nine");
    await problem.fill("We see too many falls.");
    await ana.clicks("Accept");
    await until("the words that were suggested", async () => /nine/.test(await bens.inputValue()));
    assert.doesNotMatch(await bens.inputValue(), /many/);
    for (const desk of [ana, ben]) {
      await desk.shows(/: accepted by Ana Costa/);
      desk.behaved();
    }
  }));

test("what others read that may tell who somebody is stands beside it, and stops nobody", () =>
  World.tell(async (world) => {
    const { ana, ben } = await together(world);
    const problem = ana.page.getByLabel(/^Problem:/);
    await problem.fill("Mrs Okafor fell.");
    const told = (desk: Desk) => desk.page.locator("#at-problem").getByText(/^Others read/);
    await until("it to be said", async () => (await told(ana).count()) === 1);
    assert.match((await told(ana).textContent()) ?? "", /“Mrs Okafor”/);
    const bens = ben.page.getByLabel(/^Problem:/);
    await until("the words", async () => (await bens.inputValue()) === "Mrs Okafor fell.");
    await problem.fill("A patient fell.");
    await until("it to be gone", async () => (await told(ana).count()) === 0);
    for (const desk of [ana, ben]) desk.behaved();
  }));
