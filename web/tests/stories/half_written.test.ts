// What people began to write in forms, and left for another page.

import { test } from "node:test";
import { furnish } from "../harness/furnished.ts";
import { Plan } from "../harness/plan.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

test("a comment that is half written is there again after another page", () =>
  World.tell(async (world) => {
    const plan = await Plan.of(world);
    const { ben } = plan;
    await ben.clicks(/^Comment on Problem/);
    await ben.page.keyboard.type("A long remark");
    await ben.goes("/", "Inbox");
    await plan.opens();
    const box = ben.page.getByLabel(/^Comment on Problem/);
    await until("the remark", async () => (await box.inputValue()) === "A long remark");
    ben.behaved();
  }));

test("a statement that is half written is there again after another page", () =>
  World.tell(async (world) => {
    const ben = await world.desk("supervisor", "Ben Lee", "My own device");
    const ana = await world.phone("trainee", "Ana Costa");
    const made = await furnish(ana, "Ben Lee");
    await ben.clicks(/Accept/);
    await ben.goes(`/sign-offs/${made.request}`, "A night on call");
    const box = ben.page.getByLabel("Your statement");
    await box.pressSequentially("I read this with care and");
    await ben.goes("/", "Inbox");
    await ben.goes(`/sign-offs/${made.request}`, "A night on call");
    await until("the statement", async () => /with care/.test(await box.inputValue()));
    ben.behaved();
  }));

test("what is typed after a right was taken away is read under Sync, and signing out asks", () =>
  World.tell(async (world) => {
    const plan = await Plan.of(world);
    const { ana, ben, id } = plan;
    const field = ben.page.getByRole("textbox", { name: "Governance" });
    await field.click();
    const words = "First words go, and then come those that were typed after the right was taken.";
    const keys = ben.page.keyboard.type(words, { delay: 60 });
    await ben.page.waitForTimeout(1_500);
    await ana.does("project", "member", "remove", id, "Ben Lee");
    await ana.does("sync");
    await keys;
    await ben.shows(/You cannot change this plan any more|You can read this plan/);
    await ben.page.waitForTimeout(1_500);
    const typed = await field.inputValue();
    await ben.goes("/sync", "Sync");
    await ben.shows("Only in this window");
    await ben.shows(typed);
    await ben.goes("/sign-out", "Sign out");
    await ben.shows("Sign out and lose what was not sent");
    await ben.shows(typed);
    ben.behaved();
  }));
