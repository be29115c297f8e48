import assert from "node:assert/strict";
import { test } from "node:test";
import type { Desk } from "../harness/desk.ts";
import { nameOfFocused, tabsTo } from "../harness/keys.ts";
import { begins, TITLE } from "../harness/plans.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

/** Waits until the focus is on something of this name. */
async function isOn({ page }: Desk, name: string): Promise<void> {
  await until(`the focus on ${name}`, async () => (await page.evaluate(nameOfFocused)) === name);
}

/** Waits until this is said to who does not see the page. */
async function hears(desk: Desk, words: string): Promise<void> {
  const said = desk.page.getByRole("status").filter({ hasText: words });
  await said.first().waitFor({ state: "attached" });
}

/** Adds a thing by the keyboard: the focus is in its first field then. */
async function adds({ page }: Desk, button: string, words: string): Promise<void> {
  await page.getByRole("button", { name: button, exact: true }).focus();
  await page.keyboard.press("Enter");
  await until("a field", () => page.evaluate(() => document.activeElement?.tagName !== "BUTTON"));
  await page.keyboard.type(words);
}

test("who moves drivers by keyboard keeps the focus, and hears where they are", () =>
  World.tell(async (world) => {
    const ana = await world.desk("trainee", "Ana Costa");
    const { page } = ana;
    await begins(ana, TITLE);
    for (const name of ["Light", "Rounds", "Shoes"]) {
      await adds(ana, "Add a primary driver", name);
      await page.getByLabel(`Take back ${name}`).waitFor();
    }
    await tabsTo(page, "Move Shoes up");
    await page.keyboard.press("Enter");
    await hears(ana, "Shoes moved up, 2 of 3 of the primary drivers.");
    await isOn(ana, "Move Shoes up");
    await page.keyboard.press("Enter");
    await hears(ana, "Shoes moved up, 1 of 3 of the primary drivers.");
    // It is the first now, and can be moved down alone.
    await isOn(ana, "Move Shoes down");
    await page.keyboard.press("Enter");
    await hears(ana, "Shoes moved down, 2 of 3 of the primary drivers.");
    await isOn(ana, "Move Shoes down");
    await tabsTo(page, "Move Shoes under another driver");
    await page.keyboard.type("Light");
    await hears(ana, "Shoes moved, 1 of 1 under Light.");
    await isOn(ana, "Move Shoes under another driver");
    await tabsTo(page, "Make Shoes a primary driver");
    await page.keyboard.press("Enter");
    await hears(ana, "Shoes moved, 3 of 3 of the primary drivers.");
    await isOn(ana, "Move Shoes up");
    ana.behaved();
  }));

test("who takes something back by keyboard goes on beside it, and undoes it there", () =>
  World.tell(async (world) => {
    const ana = await world.desk("trainee", "Ana Costa");
    const { page } = ana;
    await begins(ana, TITLE);
    for (const words of ["Ask for lamps", "Count the falls"]) {
      await adds(ana, "Add an action", words);
      await page.getByRole("button", { name: `Take back action “${words}”` }).waitFor();
    }
    const press = async (name: string) => {
      await page.getByRole("button", { name }).focus();
      await page.keyboard.press("Enter");
    };
    await press("Take back action “Ask for lamps”");
    await hears(ana, "Action “Ask for lamps” was taken back.");
    await isOn(ana, "Count the falls");
    await page.keyboard.press("Shift+Tab");
    await isOn(ana, "Undo taking back action “Ask for lamps”");
    await page.keyboard.press("Enter");
    await hears(ana, "Action “Ask for lamps” is back.");
    await until("the focus in it", () =>
      page.evaluate(() => Reflect.get(document.activeElement ?? {}, "value") === "Ask for lamps"),
    );
    await press("Take back action “Ask for lamps”");
    await isOn(ana, "Count the falls");
    await press("Take back action “Count the falls”");
    await isOn(ana, "Add an action");
    await page.keyboard.press("Shift+Tab");
    await isOn(ana, "Undo taking back action “Count the falls”");

    await adds(ana, "Add a primary driver", "Light");
    await adds(ana, "Add a measure", "Falls a week");
    await page.getByLabel("Day of a new value").fill("2026-01-05");
    await page.getByLabel("Value of a new value").fill("9");
    await page.keyboard.press("Enter");
    await press("Take back the value of 5 January 2026");
    await hears(ana, "The value of 5 January 2026, measure “Falls a week” was taken back.");
    await isOn(ana, "Day of a new value, measure “Falls a week”");
    await press("Take back Light");
    await isOn(ana, "Add a primary driver");
    assert.equal(await page.getByRole("button", { name: /^Undo taking back/ }).count(), 1);
    ana.behaved();
  }));
