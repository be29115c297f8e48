import assert from "node:assert/strict";
import { test } from "node:test";
import { dayFromNow, furnishPlan } from "../harness/furnished.ts";
import { sameNames } from "../harness/names.ts";
import { accepts, invited, TITLE } from "../harness/plans.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

test("things that say the same in a plan are told apart by name", () =>
  World.tell(async (world) => {
    const { ana, ben, project } = await invited(world);
    const { page } = ben;
    await furnishPlan(ana, project);
    for (let time = 0; time < 2; time++) {
      await ana.does("project", "comment", project, "Why?");
      await ana.does("project", "comment", project, "Why here?", "--on", "problem");
    }
    await ana.does("sync");
    await accepts(ben, project);
    await until("both measures", async () => {
      return (await page.getByText("More about this measure").count()) === 2;
    });
    await until("all comments", async () => (await page.locator(".plan-thread").count()) === 4);
    await ben.clicks("Show what changed");
    await ben.shows("Show the plan as it was then");
    for (const name of [/Show it by group/, /Should a new phase begin/]) {
      for (const button of await page.getByRole("button", { name }).all()) await button.click();
    }
    assert.deepEqual(await sameNames(page), []);
    ben.behaved();
  }));

test("what has the same title in a list is told apart by name", () =>
  World.tell(async (world) => {
    const ana = await world.phone("trainee", "Ana Costa");
    const ben = await world.desk("supervisor", "Ben Lee");
    await ana.does("sync");
    for (let time = 0; time < 2; time++) {
      await ana.begins(TITLE, ["Ben Lee"]);
      const copy = await ana.shares("A night on call", "I asked too late.", "Ben Lee");
      await ana.does("sign-off", "ask", "--copy", copy, "--with", "Ben Lee");
    }
    await ana.does("sync");
    await until("all of it", async () => {
      return (await ben.page.getByRole("button", { name: /Accept/ }).count()) === 2;
    });
    assert.deepEqual(await sameNames(ben.page), [], "inbox");
    for (const [address, heading] of [
      ["/sign-offs", "Sign-offs"],
      ["/invitations", "Invitations"],
      ["/cohort", "Cohort"],
    ] as const) {
      await ben.goes(address, heading);
      await ben.rests();
      assert.deepEqual(await sameNames(ben.page), [], address);
    }
    ben.behaved();
  }));

test("what a trainee noted twice is told apart by name", () =>
  World.tell(async (world) => {
    const desk = await world.desk("trainee", "Dora Moss");
    const { page } = desk;
    for (const [time, title] of ["The discharge letter", "The discharge letter"].entries()) {
      if (time === 0) await desk.reflects(title);
      else {
        await desk.goes("/reflections", "Reflections");
        await page.getByLabel("Title").fill(title);
        await desk.clicks("Begin");
        await desk.arrives(title);
      }
      await desk.goes("/log", "Learning log");
      await page.getByLabel("What it was").fill("Frailty teaching");
      await page.getByLabel("Minutes").fill("90");
      await desk.clicks("Add");
      await until("it", async () => {
        return (await page.getByRole("button", { name: /^Take out/ }).count()) === time + 1;
      });
      await desk.goes("/deadlines", "Deadlines");
      await page.getByLabel("What closes").fill("Portfolio closes");
      await page.getByLabel("Last day").fill(dayFromNow(12));
      await desk.clicks("Add");
      await until("it", async () => {
        return (await page.getByRole("button", { name: /^Take back/ }).count()) === time + 1;
      });
      await desk.goes("/projects/new", "Begin a plan");
      await page.getByLabel("Title", { exact: true }).fill(TITLE);
      await desk.clicks("Begin the plan");
      await desk.arrives(TITLE);
    }
    for (const [address, heading] of [
      ["/", "Inbox"],
      ["/log", "Learning log"],
      ["/deadlines", "Deadlines"],
      ["/reflections", "Reflections"],
      ["/projects", "Plans"],
    ] as const) {
      await desk.goes(address, heading);
      await desk.rests();
      await page
        .getByRole("main")
        .getByRole("link")
        .or(page.getByRole("main").getByRole("button"))
        .first()
        .waitFor();
      assert.deepEqual(await sameNames(page), [], address);
    }
    desk.behaved();
  }));
