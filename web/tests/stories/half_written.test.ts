// What people began to write in forms, and left for another page.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Desk } from "../harness/desk.ts";
import { furnish } from "../harness/furnished.ts";
import { Plan } from "../harness/plan.ts";
import { begins } from "../harness/plans.ts";
import { traces } from "../harness/profile.ts";
import { selectIn } from "../harness/selecting.ts";
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
    await ben.shows("Governance, in the plan “Fewer falls at night”");
    await ben.shows(typed);
    await ben.goes("/sign-out", "Sign out");
    await ben.shows("Sign out and lose what was not sent");
    await ben.shows(typed);
    ben.behaved();
  }));

test("what is begun in the lines of forms is there again, and signing out asks", () =>
  World.tell(async (world) => {
    const ana = await world.desk("trainee", "Ana Costa", "My own device");
    const { page } = ana;
    const forms = [
      ["/log", "Log", { "What it was": "Frailty teaching", Minutes: "90", Day: "2026-11-02" }],
      ["/deadlines", "Deadlines", { "What closes": "Portfolio", "Last day": "2027-05-30" }],
      ["/projects/new", "Begin a plan", { Title: "Fewer falls", "Where it takes": "Ward 4" }],
    ] as const;
    for (const [address, heading, fields] of forms) {
      await ana.goes(address, heading);
      for (const [label, words] of Object.entries(fields)) await page.getByLabel(label).fill(words);
    }
    await ana.goes("/log", "Log");
    await page.getByLabel("How it counts").selectOption({ label: "Life support" });
    await ana.goes("/sign-out", "Sign out");
    await ana.shows("Only here: 3 texts not finished");
    await ana.shows("Sign out and lose what was not sent");
    for (const [address, heading, fields] of forms) {
      await ana.goes(address, heading);
      for (const [label, words] of Object.entries(fields)) {
        assert.equal(await page.getByLabel(label).inputValue(), words, label);
      }
    }
    await ana.goes("/log", "Log");
    const kind = page.getByLabel("How it counts").locator("option:checked");
    assert.equal(await kind.textContent(), "Life support");
    await ana.clicks("Add");
    await ana.shows("The session is saved here.");
    assert.equal(await page.getByLabel("What it was").inputValue(), "");
    await ana.goes("/sign-out", "Sign out");
    await ana.shows("Only here: 2 texts not finished");
    ana.behaved();
  }));

test("the titles of reflections are kept half written", () =>
  World.tell(async (world) => {
    const ana = await world.desk("trainee", "Ana Costa", "My own device");
    await ana.reflects("A long night");
    const title = ana.page.getByLabel("Title");
    await ana.clicks("Change the title");
    await title.fill("A long night on");
    await ana.goes("/reflections", "Reflections");
    await title.fill("A short day");
    await ana.goes("/", "Inbox");
    await ana.goes("/reflections", "Reflections");
    await until("the new title", async () => (await title.inputValue()) === "A short day");
    await ana.clicks("A long night", "link");
    await ana.arrives("A long night");
    assert.equal(await title.inputValue(), "A long night on");
    await ana.clicks("Save the title");
    await ana.arrives("A long night on");
    ana.behaved();
  }));

test("a comment on some words that is half written is still on these words later", () =>
  World.tell(async (world) => {
    const plan = await Plan.of(world);
    const { ben, problem } = plan;
    await selectIn(plan.problem, "falls");
    await ben.clicks("Comment on “falls”");
    await ben.page.keyboard.type("How many a week?");
    await ben.goes("/", "Inbox");
    await plan.opens();
    const box = ben.page.getByRole("textbox", { name: "Comment on “falls”" });
    await until("the remark", async () => (await box.inputValue()) === "How many a week?");
    // What was written before it meanwhile does not move it to other words.
    await problem.press("Home");
    await problem.pressSequentially("Each night: ");
    await box.press("Tab");
    await ben.page.keyboard.press("Enter");
    await ben.shows(ben.page.locator("blockquote", { hasText: /^falls$/ }));

    await selectIn(plan.problem, "too many");
    await ben.clicks("Suggest other words");
    await ben.page.getByLabel("Instead of “too many”").fill("three");
    await ben.goes("/", "Inbox");
    await plan.opens();
    await ben.clicks("Suggest this");
    await ben.shows(ben.page.locator("ins", { hasText: "three" }));
    await ben.shows(ben.page.locator("del", { hasText: /^too many$/ }));
    ben.behaved();
  }));

/** Whether the browser would ask before it loads the page anew. */
function asks({ page }: Desk): Promise<boolean> {
  return page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));
}

test("on one's own device what is half written outlives a reload and a kill of the browser", () =>
  World.tell(async (world) => {
    const plan = await Plan.of(world);
    const { ben } = plan;
    await selectIn(plan.problem, "falls");
    await ben.clicks("Comment on “falls”");
    await ben.page.keyboard.type("How many a week, Kanarienvogel?");
    await ben.clicks(/^Comment on Why it matters/);
    await ben.page.keyboard.type("A long remark");
    await until("all of it to be kept", async () => !(await asks(ben)));

    await ben.page.reload();
    await plan.opens();
    // Another browser has pages of its own.
    const onWords = () => ben.page.getByRole("textbox", { name: "Comment on “falls”" });
    const onText = () => ben.page.getByRole("textbox", { name: /^Comment on Why it matters/ });
    await until("the remark", async () => (await onText().inputValue()) === "A long remark");
    await plan.problem.press("Home");
    await plan.problem.pressSequentially("Each night: ");
    await ben.page.keyboard.press("Tab");
    await ben.browser.kill();
    assert.deepEqual(
      traces(ben.browser.profile, ["Kanarienvogel"]),
      [],
      "nothing in plain letters",
    );

    await ben.reopens();
    await ben.arrives("Inbox");
    await plan.opens();
    assert.equal(await onText().inputValue(), "A long remark");
    assert.equal(await onWords().inputValue(), "How many a week, Kanarienvogel?");
    await onWords().press("Tab");
    await ben.page.keyboard.press("Enter");
    await ben.shows(ben.page.locator("blockquote", { hasText: /^falls$/ }));
    await ben.page.reload();
    await plan.opens();
    await ben.shows(onText());
    assert.equal(await onWords().count(), 0, "what was sent is not there again");

    await ben.goes("/sign-out", "Sign out");
    await ben.shows("Only here: 1 text not finished");
    await ben.page.getByLabel("Sign out and lose what was not sent").check();
    await ben.clicks("Sign out and lose it");
    await ben.arrives("You are signed out");
    const left = () =>
      ben.page.evaluate(async () => (await indexedDB.databases()).map((one) => one.name));
    assert.ok(!(await left()).includes("enhance-begun"));
    ben.behaved();
  }));

test("on a shared computer the browser asks before what is half written is lost", () =>
  World.tell(async (world) => {
    const ben = await world.desk("supervisor", "Ben Lee");
    await begins(ben, "Fewer falls at night");
    await ben.syncs();
    assert.equal(await asks(ben), false);
    await ben.page.goBack();
    await ben.clicks(/^Comment on Governance/);
    await ben.page.keyboard.type("A long remark");
    assert.equal(await asks(ben), true);
    const left = await ben.page.evaluate(async () => (await indexedDB.databases()).length);
    assert.equal(left, 0, "nothing is kept");
    ben.behaved();
  }));

test("words that were sent do not come back, however soon the page is loaded again", () =>
  World.tell(async (world) => {
    const plan = await Plan.of(world);
    const { ben } = plan;
    await ben.clicks(/^Comment on Problem/);
    await ben.page.keyboard.type("Sent at once");
    await ben.page.evaluate(() => {
      // What keeps it is busy, as on a slow device.
      crypto.subtle.encrypt = () => new Promise(() => {});
    });
    await ben.page.keyboard.press("Tab");
    await ben.page.keyboard.press("Enter");
    await ben.shows(ben.page.locator(".plan-thread").getByText("Sent at once"));
    await ben.page.reload();
    await plan.opens();
    await ben.shows(ben.page.locator(".plan-thread").getByText("Sent at once"));
    const boxes = await ben.page.getByRole("textbox").all();
    const said = await Promise.all(boxes.map((box) => box.inputValue()));
    assert.ok(!said.includes("Sent at once"), "in no field");
    ben.behaved();
  }));
