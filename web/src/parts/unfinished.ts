import { useCallback, useEffect, useLayoutEffect, useState } from "preact/hooks";

// Texts in open forms and those that could not be kept, which are nowhere but on this page.
const open = new Set<object>();
const watching = new Set<() => void>();

/** How many texts stand in open forms or could not be kept. */
export function unfinishedTexts(): number {
  return open.size;
}

/** Counts a text among those until what is returned is called. */
export function markUnfinished(): () => void {
  const mark = {};
  open.add(mark);
  told();
  return () => {
    if (open.delete(mark)) told();
  };
}

/** How many there are, for what shows it. */
export function useUnfinishedTexts(): number {
  const [count, setCount] = useState(open.size);
  useEffect(() => {
    const hear = () => setCount(open.size);
    watching.add(hear);
    hear();
    return () => {
      watching.delete(hear);
    };
  }, []);
  return count;
}

function told(): void {
  for (const hear of [...watching]) hear();
}

/** Counts a text among those as long as there is something in it. */
export function useUnfinished(text: string): void {
  const isOpen = text.trim() !== "";
  // As soon as it is on the page: somebody may leave with the next key.
  useLayoutEffect(() => (isOpen ? markUnfinished() : undefined), [isOpen]);
}

/** Has the browser ask before the window goes away with texts, or with something else that is lost. */
export function useAskBeforeLeaving(loses = false): void {
  useEffect(() => {
    const ask = (event: Event) => {
      if (loses || unfinishedTexts() > 0) event.preventDefault();
    };
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [loses]);
}

interface HalfWritten {
  text: string;
  unmark(): void;
}

// By their place: what was written in forms and not sent, whatever page is shown meanwhile.
const halfWritten = new Map<string, HalfWritten>();

/** Whether words were begun at a place and not sent. */
export function isBegun(place: string): boolean {
  return halfWritten.has(place);
}

/** Forgets what was begun at a place, or anywhere: it was sent, or is wanted no more. */
export function forgetBegun(place?: string): void {
  for (const at of place === undefined ? [...halfWritten.keys()] : [place]) {
    halfWritten.get(at)?.unmark();
    halfWritten.delete(at);
  }
}

function keep(place: string, text: string): void {
  const unmark = halfWritten.get(place)?.unmark ?? markUnfinished();
  halfWritten.set(place, { text, unmark });
}

/**
 * Words of a form, kept while the desk is open until they are sent or given up. `before` is what the
 * form says at first.
 */
export function useWords(place: string, before = "") {
  const [words, setWords] = useState(() => halfWritten.get(place)?.text ?? before);
  const write = useCallback(
    (text: string) => {
      if (text === before || text.trim() === "") forgetBegun(place);
      else keep(place, text);
      setWords(text);
    },
    [place, before],
  );
  return [words, write] as const;
}
