const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });
const minute = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** A moment as a person of this place says it. */
export function Moment({ at, dayOnly = false }: { at: Date; dayOnly?: boolean }) {
  return <time dateTime={at.toISOString()}>{(dayOnly ? day : minute).format(at)}</time>;
}

/** A count with its noun: "1 plan", "3 plans". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
