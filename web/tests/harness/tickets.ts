// A ticket for a plan, from its owner to somebody without an account.

import type { Desk } from "./desk.ts";
import { begins as beginsPlan } from "./plans.ts";
import { until } from "./wait.ts";
import type { World } from "./world.ts";

export const PURPOSE = "Does this fit what your carers see?";

interface Asking {
  right: "Read" | "Comment" | "Endorse";
  uses: number;
}

/** Ana begins a plan at her desk and goes to its tickets. */
export async function begins(world: World, title: string): Promise<Desk> {
  const ana = await world.desk("trainee", "Ana Costa");
  await beginsPlan(ana, title);
  await ana.clicks("Let somebody without an account read this plan", "link");
  await ana.arrives(`Tickets for ${title}`);
  return ana;
}

/** She makes a ticket, of which this is the link. */
export async function makes(ana: Desk, { right, uses }: Asking): Promise<string> {
  const { page } = ana;
  const newest = page.getByLabel("Link").first();
  const before = (await newest.count()) > 0 ? await newest.inputValue() : "";
  await ana.clicks("Make a ticket for this plan");
  await page.getByLabel("What you ask for").fill(PURPOSE);
  await page.getByLabel(right, { exact: true }).check();
  await page.getByLabel("How often it can be opened").fill(String(uses));
  await ana.clicks("Look through it first");
  await ana.clicks("Make the ticket");
  await ana.shows("The ticket is made");
  // The link of a ticket before stands there until this one's does.
  await until("its link", async () => (await newest.inputValue()) !== before);
  return newest.inputValue();
}

/** Somebody follows a link, in a window that showed something else before. */
export async function follows(holder: Desk, link: string): Promise<void> {
  await holder.page.goto("about:blank");
  await holder.page.goto(link);
}

/** Somebody without an account opens a ticket, in a browser of their own. */
export async function opens(holder: Desk, link: string, name: string): Promise<void> {
  await follows(holder, link);
  await holder.arrives("Somebody asks for your view");
  await holder.page.getByLabel("Your name").fill(name);
  await holder.clicks("Open the ticket");
}
