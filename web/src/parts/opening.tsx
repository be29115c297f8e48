import "./opening.scss";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { isBegun } from "./unfinished";

interface OpeningProps {
  /** The button that opens it. */
  button(open: () => void): ComponentChildren;
  /** What is opened, and how it is closed again. */
  children(close: () => void): ComponentChildren;
  isOpenAtFirst?: boolean;
  /** Where words are kept that were begun in it: with some it is open at first. */
  place?: string;
}

/** A button in whose place something is opened. The focus goes along, into it and back. */
export function Opening({ button, children, isOpenAtFirst = false, place }: OpeningProps) {
  const [isOpen, setIsOpen] = useState(isOpenAtFirst || (place !== undefined && isBegun(place)));
  const element = useRef<HTMLDivElement>(null);
  const isChanged = useRef(false);
  useLayoutEffect(() => {
    if (isChanged.current) focusFirst(element.current);
  }, [isOpen]);
  const change = (to: boolean) => {
    isChanged.current = true;
    setIsOpen(to);
  };
  return (
    <div class="desk-opening" ref={element}>
      {isOpen ? children(() => change(false)) : button(() => change(true))}
    </div>
  );
}

/** Brings the focus to the first field of something, or to its first button. */
export function focusFirst(within: Element | null): void {
  const fields = within?.querySelector<HTMLElement>("textarea, input, select");
  (fields ?? within?.querySelector<HTMLElement>("button"))?.focus();
}
