/**
 * One text field while a person types into it: what the element shows, what goes to the core's
 * typing machine, and what comes back from it. The machine works in the worker, so that a key may
 * be pressed while a newer text is on its way here.
 */

import { begun, type Composition, ended, held } from "./composition";
import { carried, type Selection, selectionInto } from "./patch";
import * as undoing from "./undo";

/** The element, as far as it is needed: a `<textarea>` or an `<input>` is one. */
export interface TextBox {
  value: string;
  selectionStart: number | null;
  selectionEnd: number | null;
  setSelectionRange(start: number, end: number): void;
}

/** The typing machine of one field. What it is told first it takes first. */
export interface Typing {
  /** The whole text of the field now. */
  typed(text: string): void;
  /** The newer text that waits; null if none does. What is typed after this is typed on it. */
  refresh(): Promise<string | null>;
  /** The field lost the focus: its text becomes part of the document at once. */
  leave(): void;
  /** The field goes away. Its text is settled first. */
  close(): void;
}

/** A field over an element. `open` begins typing in the core, with the first key. */
export class Field {
  readonly #box: TextBox;
  readonly #open: () => Typing;
  #typing: Typing | undefined;
  #text: string;
  #steps = undoing.NOTHING_DONE;
  #composition: Composition | undefined;
  /** Whether a newer text was asked for: until it is here nothing else is sent. */
  #isAsking = false;
  #isClosed = false;

  constructor(box: TextBox, text: string, open: () => Typing) {
    this.#box = box;
    this.#open = open;
    this.#text = text;
    box.value = text;
  }

  /** What it says, with a word that is being composed. */
  get text(): string {
    return this.#box.value;
  }

  /** Whether anything was typed into it, so that the core's machine has its text. */
  get isTypedInto(): boolean {
    return this.#typing !== undefined;
  }

  /** The element has another text, at a moment in milliseconds: the person typed. */
  input(now: number): void {
    if (this.#composition !== undefined) return;
    this.#take(this.#box.value, now);
  }

  /** A word begins to be composed. */
  compositionStart(): void {
    this.#composition ??= begun(this.#text);
  }

  /** A word is done, or given up because the field lost the focus. */
  compositionEnd(now: number): void {
    const composition = this.#composition;
    if (composition === undefined) return;
    this.#composition = undefined;
    const composed = this.#box.value;
    if (composition.arrived === undefined) {
      this.#take(composed, now);
      return;
    }
    this.#steps = undoing.typed(this.#steps, this.#text, composed, now);
    this.#text = composed;
    const merged = ended(composition, composed);
    this.#show(merged);
    if (merged !== composition.arrived) this.#send(merged);
  }

  /** The document says something else, and nobody typed here yet. */
  becomes(text: string): void {
    if (this.#typing === undefined) this.#arrive(text);
  }

  /** A newer text waits in the machine: shows it, unless a word is being composed. */
  async pull(): Promise<void> {
    const typing = this.#typing;
    if (typing === undefined || this.#isAsking || this.#composition !== undefined) return;
    const base = this.#text;
    let newer: string | null = null;
    this.#isAsking = true;
    try {
      newer = await typing.refresh();
    } finally {
      this.#isAsking = false;
      const merged = newer === null ? this.#text : carried(base, this.#text, newer);
      if (merged !== (newer ?? base)) typing.typed(merged);
      if (this.#isClosed) typing.close();
      else if (newer !== null) this.#arrive(merged);
    }
  }

  /** Takes back what this person typed last. False if there is nothing. */
  undo(): boolean {
    return this.#step(undoing.undo(this.#steps, this.#text));
  }

  /** Types again what was taken back last. False if there is nothing. */
  redo(): boolean {
    return this.#step(undoing.redo(this.#steps, this.#text));
  }

  leave(now: number): void {
    this.compositionEnd(now);
    this.#typing?.leave();
  }

  close(now: number): void {
    this.compositionEnd(now);
    this.#isClosed = true;
    if (!this.#isAsking) this.#typing?.close();
  }

  #arrive(text: string): void {
    if (this.#composition === undefined) this.#show(text);
    else this.#composition = held(this.#composition, text);
  }

  #step(undone: undoing.Undone | undefined): boolean {
    if (undone === undefined || this.#composition !== undefined) return false;
    this.#steps = undone.list;
    this.#box.value = undone.text;
    this.#box.setSelectionRange(undone.caret, undone.caret);
    this.#send(undone.text);
    return true;
  }

  #take(text: string, now: number): void {
    if (text === this.#text) return;
    this.#steps = undoing.typed(this.#steps, this.#text, text, now);
    this.#send(text);
  }

  #send(text: string): void {
    this.#text = text;
    this.#typing ??= this.#open();
    if (!this.#isAsking) this.#typing.typed(text);
  }

  /** Shows a text that others had a part in, with caret and selection where they were in it. */
  #show(text: string): void {
    const before = this.#box.value;
    this.#steps = undoing.arrived(this.#steps, this.#text, text);
    this.#text = text;
    if (before === text) return;
    const selection = selectionInto(selectionOf(this.#box), before, text);
    this.#box.value = text;
    this.#box.setSelectionRange(selection.start, selection.end);
  }
}

function selectionOf({ selectionStart, selectionEnd, value }: TextBox): Selection {
  const end = selectionEnd ?? value.length;
  return { start: selectionStart ?? end, end };
}
