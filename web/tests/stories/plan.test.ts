import assert from "node:assert/strict";
import { test } from "node:test";
import type { Desk } from "../harness/desk.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

const TITLE = "Fewer falls at night";

/** Ana begins a plan at her desk and invites Ben, who takes part at his. */
async function together(world: World): Promise<{ ana: Desk; ben: Desk }> {
  const ana = await world.desk("trainee", "Ana Costa");
  const ben = await world.desk("supervisor", "Ben Lee");
  await ana.goes("/projects/new", "Begin a plan");
  await ana.page.getByLabel("Title", { exact: true }).fill(TITLE);
  await ana.clicks("Begin the plan");
  await ana.arrives(TITLE);
  const whom = ana.page.getByLabel("Whom", { exact: true });
  await until("Ben to be known", async () => (await whom.locator("option").count()) > 1);
  await whom.selectOption({ label: "Ben Lee, supervisor" });
  await ana.page.getByLabel("What they may do", { exact: true }).selectOption("edit");
  await ana.clicks("Invite");
  await ben.clicks(/Accept/);
  const address = await ana.page.evaluate(() => location.hash.slice(1));
  await until("the plan at Ben's desk", async () => {
    await ben.goes(address, TITLE).catch(() => {});
    return ben.page.getByRole("heading", { level: 1, name: TITLE }).isVisible();
  });
  return { ana, ben };
}

const drivers = (desk: Desk, level: string) =>
  desk.page.locator(`${level} > li > .plan-card textarea`);

test("drivers are added and moved, and values are entered beside the chart of them", () =>
  World.tell(async (world) => {
    const { ana, ben } = await together(world);
    await ana.clicks("Add a primary driver");
    await until("the driver", async () => (await drivers(ana, ".plan-tree").count()) === 1);
    await drivers(ana, ".plan-tree").fill("The way is lit");
    await ana.clicks("Add a driver under it");
    const under = drivers(ana, ".plan-tree .plan-tree");
    await until("the driver under it", async () => (await under.count()) === 1);
    await under.fill("Lamps");
    await until("both at Ben's desk", async () => {
      return (await drivers(ben, ".plan-tree .plan-tree").inputValue()) === "Lamps";
    });
    await ben.clicks("Make Lamps a primary driver");
    await until("the move at Ana's desk", async () => (await under.count()) === 0);

    await ana.clicks("Add a measure");
    await ana.page.getByLabel("Name", { exact: true }).fill("Falls a week");
    await ana.page.keyboard.press("Tab");
    const value = ana.page.getByLabel("Value of a new value");
    for (const [day, count] of [
      ["2026-01-05", "9"],
      ["2026-01-12", "7"],
    ] as const) {
      await ana.page.getByLabel("Day of a new value").fill(day);
      await value.fill(count);
      await value.press("Enter");
      await until("the value", async () => (await value.inputValue()) === "");
    }
    const chart = ben.page.getByRole("img", { name: /2 values in order/ });
    await until("the chart at Ben's desk", () => chart.isVisible());
    for (const desk of [ana, ben]) desk.behaved();
  }));

test("what two people set differently at once is shown to both, and settled by one", () =>
  World.tell(async (world) => {
    const { ana, ben } = await together(world);
    const direction = (desk: Desk) => desk.page.getByLabel("Direction", { exact: true });
    await ben.browser.context.setOffline(true);
    await direction(ben).selectOption("increase");
    await direction(ana).selectOption("decrease");
    await until("Ana's word to be stored", () =>
      ana.page.getByText("Everything is stored on the server.").isVisible(),
    );
    await ben.browser.context.setOffline(false);
    await ben.clicks(/^Choose Decrease/);
    for (const desk of [ana, ben]) {
      const heading = desk.page.getByRole("heading", { name: "Set differently at once" });
      await until("peace", async () => !(await heading.isVisible()));
      assert.equal(await direction(desk).inputValue(), "decrease");
      desk.behaved();
    }
  }));

test("a plan is handed over, and who is taken out while typing keeps the words", () =>
  World.tell(async (world) => {
    const { ana, ben } = await together(world);
    await ana.page.getByText("Hand the plan over").click();
    await ana.page.getByLabel("To whom").selectOption({ label: "Ben Lee" });
    await ana.clicks("Offer it");
    await ben.clicks("Accept the plan");
    await ben.shows("Invite somebody");

    const problem = ana.page.getByLabel(/^Problem:/);
    await problem.pressSequentially("Nobody sees it");
    await ben.clicks("Take Ana Costa out of the plan");
    await problem.pressSequentially(" in time, since", { delay: 150 }).catch(() => {});
    // In her field if her device heard of it first; as refused work if the server did.
    await until("the words to be told of", async () => {
      const isLost = await ana.page.getByText("You cannot change this plan any more").isVisible();
      const isInField = isLost && (await problem.inputValue()).startsWith("Nobody sees it");
      return (
        isInField || ana.page.locator(".plan-quote", { hasText: "Nobody sees it" }).isVisible()
      );
    });
    for (const desk of [ana, ben]) desk.behaved();
  }));
