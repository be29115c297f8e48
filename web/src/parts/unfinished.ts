import { useEffect } from "preact/hooks";

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
  useEffect(() => (isOpen ? markUnfinished() : undefined), [isOpen]);
}
