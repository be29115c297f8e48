import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

let arrived = false;

/** The heading of a page. It names the window, and takes the focus when a page follows another. */
export function Title({ text, children }: { text: string; children?: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${text} - Enhance`;
  }, [text]);
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
