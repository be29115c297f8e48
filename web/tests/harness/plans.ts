// A plan in which two people at desks take part.

import type { Desk } from "./desk.ts";
import { furnishPlan } from "./furnished.ts";
import type { Phone } from "./phone.ts";
import { until } from "./wait.ts";
import type { World } from "./world.ts";

export const TITLE = "Fewer falls at night";

/** Ana begins a plan at her desk and invites Ben, who takes part at his. */
export async function together(world: World): Promise<{ ana: Desk; ben: Desk }> {
  const ana = await world.desk("trainee", "Ana Costa");
  const ben = await world.desk("supervisor", "Ben Lee");
  await begins(ana, TITLE);
  const whom = ana.page.getByLabel("Whom", { exact: true });
  await until("Ben to be known", async () => (await whom.locator("option").count()) > 1);
  await whom.selectOption({ label: "Ben Lee, supervisor" });
  await ana.page.getByLabel("What they may do", { exact: true }).selectOption("edit");
  await ana.clicks("Invite");
  await ben.clicks(/Accept/);
  const address = await ana.page.evaluate(() => location.hash.slice(1));
  await until("the plan at Ben's desk", async () => {
    await ben.goes(address, TITLE).catch(() => {});
    return ben.page.getByRole("heading", { level: 1, name: TITLE }).isVisible();
  });
  return { ana, ben };
}

/** Somebody begins a plan of this title at their desk. */
export async function begins(desk: Desk, title: string): Promise<void> {
  await desk.goes("/projects/new", "Begin a plan");
  await desk.page.getByLabel("Title", { exact: true }).fill(title);
  await desk.clicks("Begin the plan");
  await desk.arrives(title);
}

/** Ana's plan, to which Ben is invited. */
export async function invited(world: World): Promise<{ ana: Phone; ben: Desk; project: string }> {
  const ana = await world.phone("trainee", "Ana Costa");
  const ben = await world.desk("supervisor", "Ben Lee");
  await ana.does("sync");
  const project = await ana.begins(TITLE, ["Ben Lee"]);
  await ana.writes(project, "problem", "We see too many falls at night, most of them unseen.");
  await furnishPlan(ana, project);
  await ben.shows(ben.page.getByRole("button", { name: /Accept/ }));
  return { ana, ben, project };
}

/** Ben accepts, and is at the plan once it has come. */
export async function accepts(ben: Desk, project: string): Promise<void> {
  await ben.clicks(/Accept/);
  await until("the plan", async () => {
    await ben.goes(`/projects/${project}`, TITLE).catch(() => {});
    return ben.page.getByRole("heading", { level: 1, name: TITLE }).isVisible();
  });
}
