import type { CalendarDate } from "../core/api";

const inWords = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });

/** A day of the calendar, as a person of this place says it. */
export function Day({ day }: { day: CalendarDate }) {
  return <time dateTime={day}>{inWords.format(new Date(`${day}T00:00:00Z`))}</time>;
}
