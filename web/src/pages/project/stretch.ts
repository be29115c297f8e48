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
  /** The version, once it is known. */
  in?: Version;
  /** Asks for it; that does not outlive the page. */
  readonly ask?: () => Promise<Version>;
}

/** The version in which the words stood; none if that was never known. */
export async function versionOf(stretch: Stretch): Promise<Version | null> {
  return stretch.in ?? (await stretch.ask?.()) ?? null;
}

/** The words that are selected. */
export function quoteOf({ selection, text }: Selected): string {
  return text.slice(selection.start, selection.end);
}

/** What is selected, as it stands now: `version` makes the text part of the document. */
export function stretchOf({ selection, text }: Selected, version: () => Promise<Version>): Stretch {
  const now = version();
  const stretch: Stretch = {
    quote: quoteOf({ selection, text }),
    range: {
      start: charactersBefore(text, selection.start),
      end: charactersBefore(text, selection.end),
    },
    ask: () => now.catch(version),
  };
  now.then(
    (version) => {
      stretch.in = version;
    },
    // It is asked for anew when the words are sent.
    () => {},
  );
  return stretch;
}

/** What a comment on such words is called. */
export function commentOn(quote: string): string {
  const short = quote.length > SHOWN ? `${quote.slice(0, SHOWN - 1)}…` : quote;
  return `Comment on “${short}”`;
}
