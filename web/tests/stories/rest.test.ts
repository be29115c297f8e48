// The module comes in two parts. Nobody is to notice.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { Plan } from "../harness/plan.ts";
import { World } from "../harness/world.ts";

/** The part that is brought behind the page. */
const REST = /enhance_wasm_rest/;
/** Milliseconds after which what is brought ahead comes here. */
const LATE = 4_000;

test("what is called in the rest of the program is there, whether or not it was brought ahead", () =>
  World.tell(async (world) => {
    const asked: string[] = [];
    const ben = await world.browser();
    await ben.browser.context.route(REST, async (route) => {
      const how = route.request().resourceType();
      asked.push(how);
      if (how === "fetch") await setTimeout(LATE);
      await route.continue().catch(() => {});
    });
    await ben.visit();
    await ben.enrols(await world.server.invite("supervisor", "Ben Lee"), "My own device");
    const ana = await world.phone("trainee", "Ana Costa");
    await ana.does("sync");
    const project = await ana.begins("Fewer falls at night", ["Ben Lee"]);
    await ana.writes(project, "problem", "We see too many falls.");
    await ben.clicks(/Accept/);
    await ana.does("sync");
    const plan = Plan.at(ana, ben, project);
    await plan.opens();
    await plan.types(" Most at night.");
    await plan.reaches(/Most at night\.$/);
    await ben.goes("/search", "Search");
    await ben.page.getByLabel("Words to look for").fill("night");
    await ben.clicks("Search");
    await ben.shows("Fewer falls at night");
    assert.ok(asked.includes("fetch"), `it was asked for ahead: ${asked}`);
    ben.behaved();
  }));

test("whoever loses the network before it came waits for it, and nothing fails", () =>
  World.tell(async (world) => {
    const ben = await world.browser();
    let isLost = true;
    const asked: string[] = [];
    await ben.browser.context.route(REST, async (route) => {
      asked.push(route.request().resourceType());
      await (isLost ? route.abort("internetdisconnected") : route.continue()).catch(() => {});
    });
    await ben.visit();
    await ben.enrols(await world.server.invite("supervisor", "Ben Lee"), "My own device");
    await ben.goes("/search", "Search");
    await ben.page.getByLabel("Words to look for").fill("night");
    await ben.clicks("Search");
    await setTimeout(LATE);
    assert.ok(asked.length > 2 && asked.every((how) => how === "fetch"), `as often: ${asked}`);
    isLost = false;
    await ben.shows(/Nothing/);
    ben.behaved();
  }));
