import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

let arrived = false;

interface TitleProps {
  text: string;
  /**
   * The name of the window, where the text is in somebody's own words: a browser keeps what windows
   * were called, in plain letters.
   */
  windowName?: string;
  children?: ComponentChildren;
}

/** The heading of a page. It names the window, and takes the focus when a page follows another. */
export function Title({ text, windowName = text, children }: TitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${windowName} - Enhance`;
  }, [windowName]);
  useEffect(() => {
    if (arrived) {
      heading.current?.focus();
    }
    arrived = true;
  }, []);
  return (
    <h1 class="nhsuk-heading-l" tabIndex={-1} ref={heading}>
      {text}
      {children}
    </h1>
  );
}
