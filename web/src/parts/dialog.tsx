import { type ComponentChildren, createContext } from "preact";
import { useContext, useId, useLayoutEffect, useRef } from "preact/hooks";

interface DialogProps {
  title: string;
  children: ComponentChildren;
  onClose(): void;
}

/** Whether the desk is in sight. A dialog of one that is not would keep everything else from it. */
export const InSightContext = createContext(true);

/** A dialog over the page. Escape closes it, and focus goes back to where it was. */
export function Dialog({ title, children, onClose }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  const isInSight = useContext(InSightContext);
  // At once: closed before it leaves the page, it gives the focus back.
  useLayoutEffect(() => {
    if (!isInSight) return;
    const dialog = element.current;
    dialog?.showModal();
    // The question first: Enter alone answers nothing.
    heading.current?.focus();
    return () => dialog?.close();
  }, [isInSight]);
  const cancel = (event: Event) => {
    event.preventDefault();
    onClose();
  };
  return (
    <dialog ref={element} class="desk-dialog" aria-labelledby={id} onCancel={cancel}>
      <h2 id={id} ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </dialog>
  );
}
