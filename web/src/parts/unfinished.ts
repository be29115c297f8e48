import { useEffect, useLayoutEffect } from "preact/hooks";

// Texts in open forms and those that could not be kept, which are nowhere but on this page.
const open = new Set<object>();

/** How many texts stand in open forms or could not be kept. */
export function unfinishedTexts(): number {
  return open.size;
}

/** Counts a text among those until what is returned is called. */
export function markUnfinished(): () => void {
  const mark = {};
  open.add(mark);
  return () => {
    open.delete(mark);
  };
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
