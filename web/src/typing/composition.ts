/**
 * A word that an input method is still composing. Setting the text of a field then breaks the word,
 * so nothing goes in or out until it is done: what the person typed is sent in one piece, what
 * arrived is shown after that, with what was composed in its place.
 */

import { carried } from "./patch";

/** What waits while a word is composed. */
export interface Composition {
  /** The text of the field before the first key of the word. */
  readonly base: string;
  /** The newest text that arrived since; undefined if none did. */
  readonly arrived: string | undefined;
}

/** A word is begun in a field that says this. */
export function begun(base: string): Composition {
  return { base, arrived: undefined };
}

/** A newer text arrived, to be shown later. */
export function held(composition: Composition, arrived: string): Composition {
  return { ...composition, arrived };
}

/** What the field says once the word is done: the word, in the newest text. */
export function ended({ base, arrived }: Composition, composed: string): string {
  return arrived === undefined ? composed : carried(base, composed, arrived);
}
