const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });
const minute = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

const dayThere = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });

/** A moment as a person of this place says it. */
export function Moment({ at, dayOnly = false }: { at: Date; dayOnly?: boolean }) {
  return <time dateTime={at.toISOString()}>{(dayOnly ? day : minute).format(at)}</time>;
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

/** A count with its noun: "1 plan", "3 plans". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
