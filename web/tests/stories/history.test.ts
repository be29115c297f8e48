import { test } from "node:test";
import { accepts, invited } from "../harness/plans.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

test("the history tells what fields said before and after, from the first sitting on", () =>
  World.tell(async (world) => {
    const { ben, project } = await invited(world);
    const { page } = ben;
    await accepts(ben, project);
    const direction = page.getByLabel("Direction", { exact: true });
    await direction.selectOption("increase");
    const history = page.getByRole("region", { name: "History" });
    await history.getByRole("button", { name: "Show what changed" }).click();
    const sittings = history.locator(".desk-list > li");
    await until("Ben's sitting", async () => (await sittings.count()) > 1);
    const tells = async (at: "first" | "last", ...lines: string[]) => {
      const sitting = at === "first" ? sittings.first() : sittings.last();
      await sitting.getByRole("button", { name: /before and after/ }).click();
      for (const line of lines) await ben.shows(sitting.getByText(line));
    };
    await tells("first", "Aim: Direction: set to “Increase”");
    await tells(
      "last",
      "Title: set to “Fewer falls at night”",
      "Problem: what is wrong, for whom: 52 letters written",
      "Measure “Falls a week”: Unit: set to “Count”",
    );
    ben.behaved();
  }));
