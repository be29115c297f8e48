import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator } from "playwright-core";
import type { Desk } from "../harness/desk.ts";
import { begins, TITLE, together } from "../harness/plans.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

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
    await ana.page.getByLabel(/^Name, measure/).fill("Falls a week");
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

test("a value is read as people write it, or answered with how to write it", () =>
  World.tell(async (world) => {
    const ana = await world.desk("trainee", "Ana Costa");
    const { page } = ana;
    await begins(ana, TITLE);
    await ana.clicks("Add a measure");
    await page.getByLabel(/^Name, measure/).fill("Falls a week");
    await page.keyboard.press("Tab");
    const [day, value] = ["Day of a new value", "Value of a new value"].map((label) =>
      page.getByLabel(label),
    ) as [Locator, Locator];
    for (const [typed, answer] of [
      ["12,5", "Use a full stop for decimals: 12.5."],
      ["1,234", "Write 1234 without a comma, or 1.234 with a full stop for decimals."],
      ["50%", /^Leave out the % sign: say first that the unit/],
    ] as const) {
      await day.fill("2026-01-05");
      await value.fill(typed);
      await value.press("Enter");
      await ana.shows(answer);
    }
    await value.fill("\u22124");
    await value.press("Enter");
    const entered = page.getByLabel("Value of the value of 5 January 2026");
    await until("the value", async () => (await entered.inputValue()) === "-4");
    const seen = page.getByLabel("Day of the value of 5 January 2026");
    await seen.fill("");
    await seen.blur();
    await ana.shows("Enter a day.");

    await page.getByText("Tally sheets (0)").click();
    await ana.clicks("Add a tally sheet");
    await ana.shows(page.getByText("0 of 0", { exact: true }));
    const takeBack = page.getByRole("button", { name: "Take a yes back" });
    assert.ok(await takeBack.isDisabled(), "there is none");
    await ana.clicks("Yes (+1 of 1)");
    await ana.shows(page.getByText("1 of 1", { exact: true }));
    await ana.clicks("Yes (+1 of 1)");
    await ana.shows(page.getByText("2 of 2", { exact: true }));
    await takeBack.click();
    await ana.shows(page.getByText("1 of 1", { exact: true }));
    assert.ok(await takeBack.isDisabled(), "a sheet cannot say 0 of 0");
    ana.behaved();
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

test("drivers are moved by buttons, and by dragging", () =>
  World.tell(async (world) => {
    const ana = await world.desk("trainee", "Ana Costa");
    const { page } = ana;
    await begins(ana, TITLE);
    const names = drivers(ana, ".plan-part > .plan-tree");
    const order = () => names.evaluateAll((all) => all.map((box) => Reflect.get(box, "value")));
    for (const [at, name] of ["Light", "Rounds", "Shoes"].entries()) {
      await ana.clicks("Add a primary driver");
      await until("the driver", async () => (await names.count()) === at + 1);
      await names.nth(at).fill(name);
      await until("its name", () => page.getByLabel(`Take back ${name}`).isVisible());
    }
    await ana.clicks("Move Light down");
    await until("the order", async () => String(await order()) === "Rounds,Light,Shoes");
    await page.getByRole("button", { name: "Move Shoes up" }).press("Enter");
    await until("the order", async () => String(await order()) === "Rounds,Shoes,Light");

    await page.locator(".plan-handle").nth(2).hover();
    await page.mouse.down();
    await page.mouse.move(400, 300, { steps: 5 });
    const first = page.locator(".plan-gap").first();
    await first.waitFor();
    await first.hover();
    await first.hover();
    await page.mouse.up();
    await until("the order", async () => String(await order()) === "Light,Rounds,Shoes");
    ana.behaved();
  }));
