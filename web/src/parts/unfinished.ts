import { useEffect } from "preact/hooks";

// Texts in open forms, which are nowhere but on the screen.
const open = new Set<object>();

/** How many texts stand in open forms. */
export function unfinishedTexts(): number {
  return open.size;
}

/** Counts a text among those as long as there is something in it. */
export function useUnfinished(text: string): void {
  const isOpen = text.trim() !== "";
  useEffect(() => {
    if (!isOpen) {
      return;
    }
    const mark = {};
    open.add(mark);
    return () => {
      open.delete(mark);
    };
  }, [isOpen]);
}
