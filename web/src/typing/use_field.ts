import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Fault, faultOf } from "../core/fault";
import { Field, type TextBox, type Typing } from "./field";
import { heldAt, Opened, type Said } from "./held";

type Box = TextBox & EventTarget;

/** A text that the core keeps while a person types. */
export interface Kept {
  /** Which text of which document it is. */
  where: string;
  /** What people call it when it is not on the page. */
  called(): string;
  /** What the document says, with what was typed and is not settled. */
  text: string;
  /** Begins typing in the core on this text, and hears what it says from then on. */
  open(text: string, show: (said: Said) => void): Typing;
}

/** How a field stands, and what it hears from its element. */
export interface FieldOnPage<E extends Box> {
  ref(element: E | null): void;
  /** Why the newest text is not kept; undefined if it is. */
  fault: Fault | undefined;
  /** What somebody else set meanwhile, where a text is set as a whole. */
  others: string | undefined;
  /** What the element says now. */
  text(): string;
}

/** Binds a `<textarea>` or an `<input>` to a text that the core keeps. */
export function useField<E extends Box>({ where, called, text, open }: Kept): FieldOnPage<E> {
  const [failure, setFailure] = useState<Error | null>(null);
  const [others, setOthers] = useState<string>();
  const field = useRef<Field | undefined>(undefined);
  const element = useRef<E | null>(null);
  const opening = useRef(open);
  opening.current = open;
  const naming = useRef(called);
  naming.current = called;

  useLayoutEffect(() => {
    const box = element.current;
    if (!box) return;
    const hear = (said: Said) => {
      made.arrives(said.text);
      setFailure(said.failure);
      setOthers(said.others);
    };
    const place = { place: where, called: () => naming.current() };
    const begin = (on: string) => new Opened(place, on, (show) => opening.current(on, show), hear);
    const before = heldAt(where);
    const made: Field = new Field(box, before?.said.text ?? text, begin, before);
    before?.resume(hear);
    setFailure(before?.said.failure ?? null);
    field.current = made;
    const stop = listening(box, made);
    return () => {
      stop();
      made.close(performance.now());
      field.current = undefined;
    };
    // The text that it begins with; what comes later is given to it below.
  }, []);
  useLayoutEffect(() => field.current?.becomes(text), [text]);
  return {
    ref: (box) => {
      element.current = box;
    },
    others,
    fault: failure ? faultOf(failure) : undefined,
    text: () => field.current?.text ?? text,
  };
}

/** What the element tells: keys, words that are composed, undo and redo, that it is left. */
function listening(box: Box, field: Field): () => void {
  const now = () => performance.now();
  const heard: Record<string, (event: Event) => void> = {
    input: () => field.input(now()),
    compositionstart: () => field.compositionStart(),
    compositionend: () => field.compositionEnd(now()),
    blur: () => field.leave(now()),
    beforeinput: (event) => {
      const kind = event instanceof InputEvent ? event.inputType : "";
      if (kind === "historyUndo") prevented(event, () => field.undo());
      if (kind === "historyRedo") prevented(event, () => field.redo());
    },
    keydown: (event) => {
      const wanted = event instanceof KeyboardEvent ? historyKey(event) : undefined;
      if (wanted === "undo") prevented(event, () => field.undo());
      if (wanted === "redo") prevented(event, () => field.redo());
    },
  };
  for (const [name, hear] of Object.entries(heard)) box.addEventListener(name, hear);
  return () => {
    for (const [name, hear] of Object.entries(heard)) box.removeEventListener(name, hear);
  };
}

/** The browser's own list knows nothing of what others wrote: it must not be used. */
function prevented(event: Event, act: () => void): void {
  event.preventDefault();
  act();
}

function historyKey({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent) {
  if (altKey || ctrlKey === metaKey) return undefined;
  const letter = key.toLowerCase();
  if (letter === "z") return shiftKey ? "redo" : "undo";
  return letter === "y" && ctrlKey ? "redo" : undefined;
}
