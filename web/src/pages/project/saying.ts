/** What the fields of a plan say, as people read it. */

import type { ChangeProject, Person } from "../../core/api";
import { dayInWords } from "../../parts/days";
import { momentInWords } from "../../parts/time";
import { type Field, type ItemNoun, names } from "./declared";
import { labelOf, thingsOf } from "./things";
import { inWords } from "./value";

/** Where the names are that a field has nothing but ids of. */
export interface Around {
  /** The plan, and versions of it in which something may be that is no longer in it. */
  readonly plans: readonly ChangeProject[];
  readonly people: readonly Person[];
}

/** What a field says; empty if it says nothing. */
export function saidBy(field: Field, value: unknown, around: Around): string {
  switch (field.kind) {
    case "words":
      return value ? (field.words[String(value)] ?? String(value)) : "";
    case "person":
      return value ? (around.people.find(({ id }) => id === value)?.name ?? "Somebody") : "";
    case "item":
    case "items":
      return [value ?? []]
        .flat()
        .map((id) => labelAt(field.noun, String(id), around))
        .join(", ");
    case "ticks":
      return "";
    case "day":
      return dayInWords(inWords(value));
    case "moment":
      return value instanceof Date ? momentInWords(value) : inWords(value);
    default:
      return inWords(value);
  }
}

function labelAt(noun: ItemNoun, id: string, { plans }: Around): string {
  const thing = plans.flatMap((plan) => thingsOf(plan, noun)).find((one) => one.id === id);
  return (thing && labelOf(noun, thing)) || `${names[noun][0]} without a name`;
}
