// Two tabs of a browser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Plan } from "../harness/plan.ts";
import { until } from "../harness/wait.ts";
import { World } from "../harness/world.ts";

test("a page that is put away lets another one in, and goes on when it is back", () =>
  World.tell(async (world) => {
    const plan = await Plan.of(world);
    const { ben } = plan;
    const first = ben.page;
    await plan.types(" Before it was put away,");
    await plan.reaches(/away,$/);
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
    await plan.types(" and after.");
    await plan.reaches(/away, and after\.$/);
    ben.behaved();
  }));

test("on a shared computer each tab says whose desk is open in another, and who signed out there", () =>
  World.tell(async (world) => {
    const desk = await world.desk("supervisor", "Ben Lee");
    const first = desk.page;
    const second = await desk.browser.context.newPage();
    desk.watch(second);
    desk.page = second;
    await desk.visit();
    await desk.arrives("Sign in to your desk");
    await desk.shows(/Ben Lee is signed in in another tab.*That desk stays as it is/);
    await desk.enrols(await world.server.invite("trainee", "Ana Costa"), "A shared computer");
    await desk.shows(/Ben Lee is signed in.*Each tab keeps what is typed in it/);
    desk.page = first;
    await desk.shows(/Ana Costa is signed in in another tab/);

    desk.page = second;
    await desk.goes("/sign-out", "Sign out");
    await desk.page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
    await desk.arrives("You are signed out");
    desk.page = first;
    await desk.shows(/Ana Costa signed out in another tab.*still signed in as Ben Lee/);
    await until("Ana's desk to be no longer open", async () => {
      return (await first.getByText(/Ana Costa is signed in/).count()) === 0;
    });
    await desk.clicks("Sign out here as well", "link");
    await desk.arrives("Sign out");
    await desk.clicks("I have read this");
    await until("it to be read", async () => {
      return (await first.getByText(/signed out in another tab/).count()) === 0;
    });
    desk.behaved();
  }));

test("a ticket's page that is loaded again leads to the desk in another tab, not to a second one", () =>
  World.tell(async (world) => {
    const ben = await world.desk("supervisor", "Ben Lee", "My own device");
    const second = await ben.browser.context.newPage();
    ben.watch(second);
    await second.goto(`${world.server.url}/#/ticket`);
    ben.page = second;
    await ben.arrives("The ticket is no longer open here");
    await ben.shows(/The desk of Ben Lee is open in another tab.*go on there/);
    assert.equal(await second.getByRole("button", { name: /go to the desk/ }).count(), 0);
    ben.behaved();
  }));
