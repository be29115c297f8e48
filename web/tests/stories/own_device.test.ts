// The desk on a person's own device: it is theirs for good, whatever becomes of browser and worker.

import { test } from "node:test";
import { Plan } from "../harness/plan.ts";
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

test("a worker that dies is replaced, and no letter of what was typed is lost", () =>
  World.tell(async (world) => {
    const plan = await Plan.of(world);
    const { ana, ben, id } = plan;
    await plan.types(" Stored.");
    await plan.reaches(/Stored\.$/);
    const typing = plan.types(" Typed while the program stopped and was started again.", 15);
    await new Promise((later) => setTimeout(later, 300));
    for (const worker of ben.page.workers()) {
      void worker.evaluate(() => self.close()).catch(() => {});
    }
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
