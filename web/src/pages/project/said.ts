/** What people say about a plan, by the place that they say it about. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { SuggestionView, ThreadView } from "../../core/api";

/** What was said about one place. */
export interface SaidHere {
  readonly threads: readonly ThreadView[];
  readonly suggestions: readonly SuggestionView[];
}

const NOTHING: SaidHere = { threads: [], suggestions: [] };

/** What was said, by place. What is about the whole, or about what is not there, has no place. */
export type Said = ReadonlyMap<string, SaidHere>;

export const SaidContext = createContext<Said>(new Map());

/** What was said about a place. */
export function useSaid(place: string): SaidHere {
  return useContext(SaidContext).get(place) ?? NOTHING;
}

/** Sorts what was said by where it stands now. */
export function saidBy(
  threads: readonly ThreadView[],
  suggestions: readonly SuggestionView[],
): Said {
  const said = new Map<string, { threads: ThreadView[]; suggestions: SuggestionView[] }>();
  const at = (anchor: string, standing: ThreadView["standing"]) => {
    const isGone = standing.type === "takenBack" || standing.type === "notHere";
    const place = isGone ? "" : anchor;
    const here = said.get(place) ?? { threads: [], suggestions: [] };
    said.set(place, here);
    return here;
  };
  for (const thread of threads) at(thread.anchor, thread.standing).threads.push(thread);
  for (const view of suggestions) at(view.suggestion.anchor, view.standing).suggestions.push(view);
  return said;
}

/** How many threads and suggestions are open. */
export function openOf({ threads, suggestions }: SaidHere): number {
  const open = threads.filter(({ resolvedAt }) => resolvedAt === null);
  return open.length + suggestions.filter(({ state }) => state === "open").length;
}
