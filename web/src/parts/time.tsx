const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" });
const minute = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short" });

const dayThere = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** A moment as a person of this place says it. */
export function Moment({ at, dayOnly = false }: { at: Date; dayOnly?: boolean }) {
  return <time dateTime={at.toISOString()}>{(dayOnly ? day : minute).format(at)}</time>;
}

/** A moment that is a part of a sentence. */
export function momentInWords(at: Date): string {
  return minute.format(at);
}

/** The day of a moment by the clocks where it was noted, `+01:00` ahead of UTC; else by those here. */
export function DayThere({ at, offset }: { at: Date; offset: string | null }) {
  const there = offset === null ? null : new Date(at.getTime() + minutesAhead(offset) * 60_000);
  const shown = there === null ? day.format(at) : dayThere.format(there);
  return <time dateTime={at.toISOString()}>{shown}</time>;
}

/** Minutes that `+01:00` or `-03:30` is ahead of UTC. */
export function minutesAhead(offset: string): number {
  const [hours = "0", minutes = "0"] = offset.slice(1).split(":");
  const ahead = Number(hours) * 60 + Number(minutes);
  return offset.startsWith("-") ? -ahead : ahead;
}

const printed = /^([^:\n]+: )(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)$/gm;

/** A text of documents, with lines such as `done at: 2026-11-22T08:30:00Z` as a person says them. */
export function withMoments(text: string): string {
  return text.replace(printed, (_, name: string, at: string) => name + minute.format(new Date(at)));
}

/** A count with its noun: "1 plan", "3 plans". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
