// What people type into the fields of a plan for which the core keeps no drafts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Plan } from "../harness/plan.ts";
import { together } from "../harness/plans.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

const AIM = "The aim in one sentence";
const PLACE = "Where it takes place";

test("two people who write the aim at once both find their words in it", () =>
  World.tell(async (world) => {
    const { ana, ben } = await together(world);
    const fields = [ana, ben].map(({ page }) => page.getByRole("textbox", { name: AIM }));
    for (const field of fields) await field.click();
    await Promise.all([
      ana.page.keyboard.type("Ana wants fewer falls. ", { delay: 40 }),
      ben.page.keyboard.type("Ben wants safer nights. ", { delay: 40 }),
    ]);
    await ana.page.keyboard.press("Tab");
    await ben.page.keyboard.press("Tab");
    for (const field of fields) {
      await until("both sentences", async () => {
        const said = await field.inputValue();
        return /fewer falls/.test(said) && /safer nights/.test(said);
      });
    }
    for (const desk of [ana, ben]) desk.behaved();
  }));

test("what two people set differently at once is kept and shown with both", () =>
  World.tell(async (world) => {
    const { ana, ben } = await together(world);
    const fields = [ana, ben].map(({ page }) => page.getByRole("textbox", { name: PLACE }));
    for (const field of fields) await field.click();
    await Promise.all([
      ana.page.keyboard.type("Ward four and the garden", { delay: 60 }),
      ben.page.keyboard.type("Ward five and the day room", { delay: 60 }),
    ]);
    // Who sees in the field what the other one set is who typed what is not shown meanwhile.
    const notes = [ana, ben].map(({ page }) => page.getByText(/Somebody else set this meanwhile/));
    await until("the field to say so", async () => {
      return (await Promise.all(notes.map((note) => note.count()))).some((count) => count > 0);
    });
    await ana.page.keyboard.press("Tab");
    await ben.page.keyboard.press("Tab");
    for (const desk of [ana, ben]) {
      await desk.shows("Set differently at once");
      await desk.shows(/Ward four and the garden, set by/);
      await desk.shows(/Ward five and the day room, set by/);
      desk.behaved();
    }
  }));

test("what is typed in the aim and in a line stays through a kill of the browser", () =>
  World.tell(async (world) => {
    const plan = await Plan.of(world);
    const { ben } = plan;
    const typed = [
      [AIM, "Halve the falls by June"],
      [PLACE, "Ward four"],
    ] as const;
    for (const [label, words] of typed) {
      await ben.page.getByRole("textbox", { name: label }).pressSequentially(words);
      await ben.page.waitForTimeout(1_500);
    }
    await ben.browser.kill();
    await ben.reopens();
    await plan.opens();
    for (const [label, words] of typed) {
      const field = ben.page.getByRole("textbox", { name: label });
      await until(words, async () => (await field.inputValue()) === words);
    }
    ben.behaved();
  }));

test("a value that two people set differently at once is shown with both", () =>
  World.tell(async (world) => {
    const plan = await Plan.of(world);
    const { ana, ben, id } = plan;
    const add = async (...said: string[]): Promise<string> =>
      (await ana.does("project", "add", id, ...said)).item;
    const of = `measure=${await add("measure", "name=Falls", "unit=count")}`;
    const first = await add("observation", of, "at=2026-01-05", "value=9");
    const second = await add("observation", of, "at=2026-01-12", "value=7");
    await ana.does("sync");
    const values = ben.page.getByRole("textbox", { name: /^Value of the value of/ });
    await until("the values", async () => (await values.count()) === 2);
    // While Ben is in a cell Ana sets the same one, and what she set is on his page before he leaves.
    const meanwhile = async (item: string, said: string, words: string) => {
      await ana.does("project", "set", id, item, `value=${said}`);
      await ana.writes(id, "problem", words);
      await plan.says(new RegExp(words));
    };
    await values.nth(0).fill("11");
    await meanwhile(first, "12", "Falls at night.");
    await values.nth(0).blur();
    await ben.shows("Set differently at once");
    await ben.shows(/12, set by Ana Costa/);
    await ben.shows(/11, set by Ben Lee/);
    await ben.clicks("Choose 11 of Ben Lee");
    const told = ben.page.getByText("Set differently at once");
    await told.waitFor({ state: "hidden" });

    // What one took away before they saw what the other set is there.
    const sources = ben.page.getByRole("textbox", { name: /^Source of the value of/ });
    await ana.does("project", "set", id, second, "source=Incident reports");
    await ana.does("sync");
    await until("the source", async () => (await sources.nth(1).inputValue()) !== "");
    await sources.nth(1).fill("");
    await ana.does("project", "set", id, second, "source=The ward book");
    await ana.writes(id, "problem", "Falls by day.");
    await plan.says(/by day/);
    await sources.nth(1).blur();
    await until("hers", async () => (await sources.nth(1).inputValue()) === "The ward book");
    await ana.does("sync");
    const rows = await ana.does("project", "observations", id);
    assert.equal(rows[1].source, "The ward book");
    ben.behaved();
  }));
