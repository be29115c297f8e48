import { type ComponentChildren, createContext } from "preact";
import { useContext } from "preact/hooks";

/** What a part of a page is about, where others like it stand beside: `action “Ask for lamps”`. */
export const OfContext = createContext("");

/** What a field or a button is about, for who hears its name without seeing what is around it. */
export function Of() {
  const of = useContext(OfContext);
  return of === "" ? null : <span class="nhsuk-u-visually-hidden">, {of}</span>;
}

/** The same as a part of a name: nothing where a page has but one of it. */
export function useOf(): string {
  const of = useContext(OfContext);
  return of === "" ? "" : `, ${of}`;
}

interface ApartProps<T> {
  items: readonly T[];
  itemKey(item: T): string;
  /** What each is called; nothing where no two can be the same. */
  itemName: ((item: T) => string) | undefined;
  children(item: T): ComponentChildren;
}

/** The things of a list, of which those of the same name say which they are: see `Of`. */
export function Apart<T>({ items, itemKey, itemName, children }: ApartProps<T>) {
  const of = useContext(OfContext);
  const told = itemName ? apart(items.map(itemName)) : [];
  return items.map((item, at) => (
    <OfContext.Provider key={itemKey(item)} value={[told[at], of].filter(Boolean).join(", ")}>
      {children(item)}
    </OfContext.Provider>
  ));
}

/** Letters of what something says that are part of its name at most. */
const SHORT = 40;

/** A text in quotes, shortened, as a part of a name. */
export function quoted(text: string): string {
  const letters = [...text.replaceAll(/\s+/g, " ").trim()];
  const short = letters.length > SHORT ? [...letters.slice(0, SHORT - 1), "…"] : letters;
  return `“${short.join("")}”`;
}

/** Names of which no two are the same: the second of a name says so. */
export function unlike(names: readonly string[]): readonly string[] {
  const times = timesOf(names);
  return names.map((name, at) => (times[at] === 1 ? name : `${name} (${times[at]})`));
}

/** What tells a thing in a list from those before it of the same name. Empty for the first. */
function apart(names: readonly string[]): readonly string[] {
  return timesOf(names).map((time) => (time === 1 ? "" : `number ${time}`));
}

/** The how manieth of its name each one is, from 1. */
function timesOf(names: readonly string[]): readonly number[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const time = (seen.get(name) ?? 0) + 1;
    seen.set(name, time);
    return time;
  });
}
