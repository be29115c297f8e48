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

/** Fills a plan with something of each kind, as far as it is the same on every day. */
export async function furnishPlan(ana: Phone, project: string): Promise<void> {
  const add = async (...words: string[]): Promise<string> =>
    (await ana.does("project", "add", project, ...words)).item;
  const light = await add("driver", "name=The way to the bathroom is lit");
  const lamps = await add("driver", "name=Lamps at the bedside", `parent=${light}`);
  await add("idea", "text=A lamp that comes on by itself", `drivers=${lamps}`);
  const measure = await add("measure", "name=Falls a week", "kind=outcome", "unit=count");
  const weeks = [9, 7, 8, 6, 7, 5];
  for (const [week, falls] of weeks.entries()) {
    const day = new Date(Date.UTC(2026, 0, 5 + 7 * week)).toISOString().slice(0, 10);
    await add("observation", `measure=${measure}`, `at=${day}`, `value=${falls}`);
  }
  await add("cycle", "change_idea=One lamp in one bay", "prediction=Two falls fewer in a week");
  await add("action", "text=Ask the estates team for lamps", "due=2026-03-02");
  await add("impact", "kind=environment", "text=Less light all night");
  await ana.does("sync");
}
