// A trainee who has done a little of everything, for pages that show it.

import type { Phone } from "./phone.ts";

/** What there is to be looked at. */
export interface Furniture {
  project: string;
  copy: string;
  request: string;
  reflection: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** A day so many days from today, as commands take it. */
export function dayFromNow(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
}

const NIGHT = `I was the only doctor for four wards, and I waited too long before I rang.

When I did, she came at once. I had been afraid of a voice that nobody has.`;

/** Fills the phone of a trainee, and shares of it with a supervisor. */
export async function furnish(ana: Phone, supervisor: string): Promise<Furniture> {
  await ana.does("sync");
  const project = await ana.begins("Fewer falls at night", [supervisor]);
  await ana.writes(project, "problem", "We see too many falls at night, most of them unseen.");
  const copy = await ana.shares("A night on call", NIGHT, supervisor);
  await ana.does("reflect", "comment", copy, "Would you tell the others about this?");
  const reflection = await ana.reflects(
    "The discharge letter",
    "Mr Peter Hall of ward 4 could not read his own letter, and nobody had asked.",
  );
  const asking = ["--copy", copy, "--with", supervisor, "--message", "Before Friday, please"];
  const { request } = await ana.does("sign-off", "ask", ...asking);
  await ana.does("log", "add", "--minutes", "90", "--kind", "core", "--title", "Frailty teaching");
  await ana.does(
    "log",
    "add",
    "--minutes",
    "20",
    "--kind",
    "elearning",
    "--title",
    "Sepsis update",
  );
  const due = ["name=Portfolio closes", `at=${dayFromNow(12)}`, "scope=All sign-offs"];
  await ana.does("deadline", "add", ...due);
  await ana.does("activity", "start", "pop-read-causes");
  await ana.does("sync");
  return { project, copy, request, reflection };
}
