/** A day of this place's calendar, as the core writes it. */
export function dayOf(date: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Today, by the clock of this place. */
export function today(): string {
  return dayOf(new Date());
}

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** A day of the calendar, as a person of this place says it; what is no day stays as it is. */
export function dayInWords(on: string): string {
  const at = new Date(`${on}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? on : day.format(at);
}
