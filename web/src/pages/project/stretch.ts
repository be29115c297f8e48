/** A stretch of a text that something is said about. */

import type { TextRange, Version } from "../../core/api";
import { charactersBefore } from "../../typing/patch";
import type { Selected } from "../../typing/typed_text";

/** Letters of a stretch that are shown where it is named. */
const SHOWN = 60;

/** The words that were selected, in the version of the text in which they stood then. */
export interface Stretch {
  readonly quote: string;
  readonly range: TextRange;
  version(): Promise<Version>;
}

/** The words that are selected. */
export function quoteOf({ selection, text }: Selected): string {
  return text.slice(selection.start, selection.end);
}

/** What is selected, as it stands now: `version` makes the text part of the document. */
export function stretchOf({ selection, text }: Selected, version: () => Promise<Version>): Stretch {
  const now = version();
  // It is asked for anew when the words are sent.
  now.catch(() => {});
  return {
    quote: quoteOf({ selection, text }),
    range: {
      start: charactersBefore(text, selection.start),
      end: charactersBefore(text, selection.end),
    },
    version: () => now.catch(version),
  };
}

/** What a comment on such words is called. */
export function commentOn(quote: string): string {
  const short = quote.length > SHOWN ? `${quote.slice(0, SHOWN - 1)}…` : quote;
  return `Comment on “${short}”`;
}
