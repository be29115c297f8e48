// The desk on a person's own device: it is theirs for good, whatever becomes of browser and worker.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Desk } from "../harness/desk.ts";
import { isFit } from "../harness/fit.ts";
import { Plan } from "../harness/plan.ts";
import { begins } from "../harness/plans.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

const OWN = "My own device";

test("who joins on their own device is in when the browser is killed at once", () =>
  World.tell(async (world) => {
    const desk = await world.desk("trainee", "Dora Moss", OWN);
    await desk.browser.kill();
    await desk.reopens();
    await desk.arrives("Inbox");

    const written = await desk.reflects("The discharge letter");
    await desk.browser.context.setOffline(true);
    await written.fill("Nobody could read it.");
    // Elsewhere and back: what was typed is part of the reflection by then.
    await desk.goes("/reflections", "Reflections");
    await desk.clicks("The discharge letter", "link");
    const isWhole = async () => (await written.inputValue()) === "Nobody could read it.";
    await until("the words", isWhole);
    await desk.browser.kill();
    await desk.reopens();
    await desk.arrives("Inbox");
    await desk.goes("/reflections", "Reflections");
    await desk.clicks("The discharge letter", "link");
    const field = desk.page.getByLabel("What do you want to remember?");
    await until("the words", async () => (await field.inputValue()) === "Nobody could read it.");
    desk.behaved();
  }));

test("a wrong code keeps nobody from joining with the right one", () =>
  World.tell(async (world) => {
    const desk = await world.browser();
    await desk.page.getByLabel("Invitation code").fill("no-such-code");
    await desk.page.getByLabel(OWN).check();
    await desk.clicks("Sign in");
    await desk.shows(desk.page.getByRole("alert"));
    await desk.enrols(await world.server.invite("supervisor", "Ben Lee"), OWN);
    desk.behaved();
  }));

/** Ends every worker of a desk, as when the program in it breaks. */
async function ends({ page }: Desk): Promise<void> {
  const workers = page.workers();
  const gone = workers.map((worker) => new Promise((closed) => worker.once("close", closed)));
  for (const worker of workers) void worker.evaluate(() => self.close()).catch(() => {});
  await Promise.all(gone);
}

test("a program that stops again and again is opened again, with what was begun", () =>
  World.tell(async (world) => {
    const plan = await Plan.of(world);
    const { ben } = plan;
    await ben.clicks("I have read this");
    await plan.types(" Typed before.");
    await ben.clicks(/^Comment on Why it matters/);
    await ben.page.keyboard.type("A long remark");
    for (let times = 0; times < 4; times++) {
      await ends(ben);
      // What says that comes from the program: it is there again.
      await ben.goes("/sync", "Sync");
      await ben.shows("Last exchange with the server");
      await plan.opens();
    }
    await ben.shows(/was started again/);
    await ben.shows(plan.problem);
    await plan.says(/Typed before\.$/);
    const box = ben.page.getByRole("textbox", { name: /^Comment on Why it matters/ });
    assert.equal(await box.inputValue(), "A long remark");
    await plan.types(" And after.");
    await plan.reaches(/Typed before\. And after\.$/);
    ben.behaved();
  }));

test("a program that stops while it is opened is told of, and the next try opens it", () =>
  World.tell(async (world) => {
    const ben = await world.browser();
    const { page } = ben;
    // What the program consists of does not come: so it is opened for as long as the story likes.
    const never = () => {};
    await ben.browser.context.route(/\.wasm$/, never);
    await page.reload();
    await page.getByLabel("Invitation code").fill(await world.server.invite("fellow", "Ben Lee"));
    await ben.clicks("Sign in");
    await until("the program to run", () =>
      page.evaluate(async () => {
        const { held = [] } = await navigator.locks.query();
        return held.some(({ name }) => name?.startsWith("enhance-worker"));
      }),
    );
    await ends(ben);
    await ben.shows("The program of the desk stopped while it was opened.");
    await ben.browser.context.unroute(/\.wasm$/, never);
    await ben.clicks("Sign in");
    await ben.arrives("Write down your recovery key");
    ben.behaved();
  }));

test("on a shared computer a program that stops leaves what was typed on the page", () =>
  World.tell(async (world) => {
    const ben = await world.desk("supervisor", "Ben Lee");
    await begins(ben, "Fewer falls at night");
    await ben.clicks(/^Comment on Governance/);
    await ben.page.keyboard.type("A long remark");
    await ben.page.getByRole("textbox", { name: /^Problem:/ }).fill("We see too many falls.");
    await ends(ben);
    await ben.arrives("The desk stopped");
    await ben.shows("A long remark");
    await ben.shows("Problem: what is wrong, for whom, in the plan “Fewer falls at night”");
    await ben.shows("We see too many falls.");
    await isFit(ben, "stopped");
    await ben.clicks("Sign in again");
    await ben.arrives("Sign in to your desk");
    assert.equal(await ben.page.getByText("A long remark").count(), 0);
    ben.behaved();
  }));

test("a worker that dies is replaced, and no letter of what was typed is lost", () =>
  World.tell(async (world) => {
    const plan = await Plan.of(world);
    const { ana, ben, id } = plan;
    await plan.types(" Stored.");
    await plan.reaches(/Stored\.$/);
    const typing = plan.types(" Typed while the program stopped and was started again.", 15);
    await new Promise((later) => setTimeout(later, 300));
    await ends(ben);
    await typing;
    await ben.shows(/was started again/);
    await plan.reaches(/Stored\. Typed while the program stopped and was started again\.$/);
    await ana.writes(id, "problem", "We see far too many falls.");
    await plan.says(/far too many/);
    await ben.page.reload();
    await plan.opens();
    await plan.says(/far too many/);
    ben.behaved();
  }));
