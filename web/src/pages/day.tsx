import type { CalendarDate } from "../core/api";
import { dayInWords } from "../parts/days";

/** A day of the calendar, as a person of this place says it. */
export function Day({ day }: { day: CalendarDate }) {
  return <time dateTime={day}>{dayInWords(day)}</time>;
}
