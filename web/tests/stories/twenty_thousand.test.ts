import { test } from "node:test";
import { typesFreely } from "../harness/frames.ts";
import { World } from "../harness/world.ts";

const CHANGES = 20_000;
/** Letters in the first section, of those in all five. */
const LETTERS = 10_000;

// Told by its name alone, since making the plan takes a while.
test("typing in a plan of 20,000 changes keeps the page free", (t) =>
  World.tell(async (world) => {
    const ana = await world.phone("trainee", "Ana Costa");
    const desk = await world.desk("supervisor", "Ben Lee", "My own device");
    const project = await world.server.longPlan("Ana Costa", CHANGES);
    await ana.does("sync");
    await ana.does("project", "invite", project, "Ben Lee", "--right", "edit");
    await ana.does("sync");
    await desk.clicks(/Accept/);
    await desk.goes(`/projects/${project}`, "Fewer falls at night");
    await typesFreely(t, desk, LETTERS);
    desk.behaved();
  }));
