// What stands under the desk on a person's own device: it is theirs for good, whatever becomes of the
// browser, its tabs, its room and its workers.

import { test } from "node:test";
import type { Desk } from "../harness/desk.ts";
import type { Phone } from "../harness/phone.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

const OWN = "My own device";
const TITLE = "Fewer falls at night";

const problem = (desk: Desk) => desk.page.getByLabel(/^Problem:/);

async function says(desk: Desk, words: RegExp): Promise<void> {
  await until(String(words), async () => words.test(await problem(desk).inputValue()));
}

/** Ben has Ana's plan before him, on his own device. */
async function withPlan(world: World): Promise<{ ana: Phone; ben: Desk; project: string }> {
  const ana = await world.phone("trainee", "Ana Costa");
  const ben = await world.desk("supervisor", "Ben Lee", OWN);
  await ana.does("sync");
  const project = await ana.begins(TITLE, ["Ben Lee"]);
  await ana.writes(project, "problem", "We see too many falls.");
  await ben.clicks(/Accept/);
  await ana.does("sync");
  await ben.goes(`/projects/${project}`, TITLE);
  await says(ben, /falls/);
  return { ana, ben, project };
}

async function types(desk: Desk, words: string, delay = 0): Promise<void> {
  await problem(desk).press("ControlOrMeta+End");
  await problem(desk).pressSequentially(words, { delay });
}

async function sent(ana: Phone, project: string, words: RegExp): Promise<void> {
  await until(`${words} on the phone`, async () => words.test(await ana.reads(project, "problem")));
}

test("who joins on their own device is in when the browser is killed at once", () =>
  World.tell(async (world) => {
    const desk = await world.desk("trainee", "Dora Moss", OWN);
    await desk.browser.kill();
    await desk.reopens();
    await desk.arrives("Inbox");

    const written = await desk.reflects("The discharge letter");
    await desk.browser.context.setOffline(true);
    await written.fill("Nobody could read it.");
    await desk.shows(/not yet sent/);
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
    const { ana, ben, project } = await withPlan(world);
    await types(ben, " Stored.");
    await sent(ana, project, /Stored\.$/);
    const typing = types(ben, " Typed while the program stopped and was started again.", 15);
    await new Promise((later) => setTimeout(later, 300));
    for (const worker of ben.page.workers()) {
      void worker.evaluate(() => self.close()).catch(() => {});
    }
    await typing;
    await ben.shows(/was started again/);
    await sent(ana, project, /Stored\. Typed while the program stopped and was started again\.$/);
    await ana.writes(project, "problem", "We see far too many falls.");
    await says(ben, /far too many/);
    await ben.page.reload();
    await ben.goes(`/projects/${project}`, TITLE);
    await says(ben, /far too many/);
    ben.behaved();
  }));

test("two tabs have one desk: it can be taken over, and goes on where one is closed", () =>
  World.tell(async (world) => {
    const { ben } = await withPlan(world);
    const first = ben.page;
    const second = await ben.browser.context.newPage();
    ben.watch(second);
    ben.page = second;
    await ben.visit();
    await ben.arrives("The desk is open in another tab");
    await ben.clicks("Open it here");
    await ben.arrives("Inbox");
    ben.page = first;
    await ben.arrives("The desk is open in another tab");
    await second.close();
    await ben.arrives(TITLE);
    ben.behaved();
  }));

test("a page that is put away lets another one in, and goes on when it is back", () =>
  World.tell(async (world) => {
    const { ana, ben, project } = await withPlan(world);
    const first = ben.page;
    await types(ben, " Before it was put away,");
    await sent(ana, project, /away,$/);
    // As when the browser keeps the page for a way back; with its tools attached it keeps none.
    const turn = (page: typeof first, name: string) =>
      page.evaluate((name) => {
        dispatchEvent(new PageTransitionEvent(name, { persisted: true }));
      }, name);
    await turn(first, "pagehide");
    const second = await ben.browser.context.newPage();
    ben.watch(second);
    ben.page = second;
    await ben.visit();
    await ben.arrives("Inbox");
    await second.close();
    ben.page = first;
    await turn(first, "pageshow");
    await ben.clicks("Go on");
    await types(ben, " and after.");
    await sent(ana, project, /away, and after\.$/);
    ben.behaved();
  }));
