import type { SessionKind } from "../../core/api";
import { dayOf } from "../../parts/days";

/** How the learning log counts a session. */
export const kinds: readonly { value: SessionKind; text: string }[] = [
  { value: "core", text: "Core teaching" },
  { value: "nonCore", text: "Other teaching" },
  { value: "elearning", text: "E-learning" },
  { value: "statutory", text: "Statutory and mandatory training" },
  { value: "induction", text: "Induction" },
  { value: "lifeSupport", text: "Life support" },
  { value: "other", text: "Anything else" },
];

/** The name of a kind. */
export function kindInWords(kind: SessionKind): string {
  return kinds.find(({ value }) => value === kind)?.text ?? kind;
}

/** The day before another. */
export function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

/** What is noted of another day than today is taken to have begun in the morning. */
const MORNING = "09:00";

/** When something of a day began that took so many minutes; of today it has just ended. */
export function startOn(day: string, minutes: number, now: Date): Date {
  const isToday = day === dayOf(now);
  return isToday ? new Date(now.getTime() - minutes * 60_000) : new Date(`${day}T${MORNING}`);
}
