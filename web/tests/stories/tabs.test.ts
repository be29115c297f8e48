// Two tabs of a browser on a person's own device.

import { test } from "node:test";
import { Plan } from "../harness/plan.ts";
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
