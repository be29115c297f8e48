// Two tabs of a browser on a person's own device, of which one takes the other's place.

import { test } from "node:test";
import { Plan } from "../harness/plan.ts";
import { World } from "../harness/world.ts";

test("two tabs have one desk: it can be taken over, and goes on where one is closed", () =>
  World.tell(async (world) => {
    const { ben, title } = await Plan.of(world);
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
    await ben.arrives(title);
    ben.behaved();
  }));
