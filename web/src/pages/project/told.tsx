import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Finding, TextPlace } from "../../core/api";
import type { ItemNoun } from "./declared";
import { placeOf, snake } from "./things";

/** What in the plan may tell its other readers who somebody is, by where it is written. */
export type Told = ReadonlyMap<string, readonly Finding[]>;

export const ToldContext = createContext<Told>(new Map());

const NOTHING: readonly Finding[] = [];

/** What a place tells those who read it. */
export function useTold(place: string): readonly Finding[] {
  return useContext(ToldContext).get(place) ?? NOTHING;
}

/** Sorts what was found by where it is written. */
export function toldBy(findings: readonly Finding[]): Told {
  const told = new Map<string, Finding[]>();
  for (const finding of findings) {
    const place = placeIn(finding.place);
    told.set(place, [...(told.get(place) ?? []), finding]);
  }
  return told;
}

/** The place of a text as comments name it; none for what is nowhere on the page by itself. */
function placeIn(place: TextPlace): string {
  switch (place.type) {
    case "title":
    case "setting":
      return place.type;
    case "section":
      return snake(place.value);
    case "aimSentence":
      return "aim/sentence";
    case "item":
      return placeOf(place.what as ItemNoun, place.id);
    default:
      return "";
  }
}

/** Says it quietly: what is written is kept, and others read it as it is. */
export function ToldHere({ findings }: { findings: readonly Finding[] }) {
  return (
    <>
      {findings.map(({ kind, start, text, reason }) => (
        <p class="plan-quiet" key={`${kind} ${start} ${text}`}>
          Others read “{text}”. {reason}
        </p>
      ))}
    </>
  );
}
