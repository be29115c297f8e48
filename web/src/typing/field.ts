/**
 * One text field while a person types into it: what the element shows, what goes to the core, and
 * what comes back from it. What this person typed can be taken back, and nothing that others wrote.
 */

import { begun, type Composition, ended, held } from "./composition";
import { type Selection, selectionInto } from "./patch";
import * as undoing from "./undo";

/** The element, as far as it is needed: a `<textarea>` or an `<input>` is one. */
export interface TextBox {
  value: string;
  selectionStart: number | null;
  selectionEnd: number | null;
  setSelectionRange(start: number, end: number): void;
}

/** What the core does with one text: its ready binding of a text field is one. */
export interface Typing {
  /** The whole text of the field now. */
  typed(text: string): void;
  /** Whether a word is being composed: nothing newer is shown until it is not. */
  compose(is: boolean): void;
  /** The field lost the focus: its text becomes part of the document soon. */
  leave(): void;
  /** The field goes away. Its text is settled first. */
  close(): void;
}

/** A field over an element. `open` begins typing in the core, on the text that it is handed. */
export class Field {
  readonly #box: TextBox;
  readonly #open: (text: string) => Typing;
  #typing: Typing | undefined;
  /** What it says, but for a word that is being composed. */
  #text: string;
  #steps = undoing.NOTHING_DONE;
  #composition: Composition | undefined;

  /** `typing` goes on with what was typed before, which is the text that it is handed. */
  constructor(box: TextBox, text: string, open: (text: string) => Typing, typing?: Typing) {
    this.#box = box;
    this.#open = open;
    this.#text = shown(text);
    this.#typing = typing;
    box.value = this.#text;
  }

  /** What it says, with a word that is being composed. */
  get text(): string {
    return this.#box.value;
  }

  /** The element has another text, at a moment in milliseconds: the person typed. */
  input(now: number): void {
    if (this.#composition === undefined) this.#take(this.#box.value, now);
  }

  /** A word begins to be composed. */
  compositionStart(): void {
    this.#composition ??= begun(this.#text);
    this.#typing?.compose(true);
  }

  /** A word is done, or given up because the field lost the focus. */
  compositionEnd(now: number): void {
    const composition = this.#composition;
    if (composition === undefined) return;
    this.#composition = undefined;
    const composed = this.#box.value;
    if (composition.arrived === undefined) {
      this.#take(composed, now);
    } else {
      this.#steps = undoing.typed(this.#steps, this.#text, composed, now);
      const merged = ended(composition, composed);
      this.#text = composed;
      this.#show(merged);
      if (merged !== composition.arrived) this.#send(merged, composition.arrived);
    }
    this.#typing?.compose(false);
  }

  /** The document says something else, and nobody typed here yet. */
  becomes(text: string): void {
    if (this.#typing === undefined) this.arrives(text);
  }

  /** The core has a newer text, in which is what was typed here. */
  arrives(from: string): void {
    const text = shown(from);
    if (this.#composition === undefined) this.#show(text);
    else if (text !== this.#text) this.#composition = held(this.#composition, text);
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
    this.#typing?.close();
  }

  #step(undone: undoing.Undone | undefined): boolean {
    if (undone === undefined || this.#composition !== undefined) return false;
    const before = this.#text;
    this.#steps = undone.list;
    this.#box.value = undone.text;
    this.#box.setSelectionRange(undone.caret, undone.caret);
    this.#send(undone.text, before);
    return true;
  }

  #take(text: string, now: number): void {
    if (text === this.#text) return;
    const before = this.#text;
    this.#steps = undoing.typed(this.#steps, before, text, now);
    this.#send(text, before);
  }

  #send(text: string, before: string): void {
    this.#text = text;
    this.#typing ??= this.#open(before);
    this.#typing.typed(text);
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

/** A text as an element has it, which ends lines in one way. */
function shown(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n");
}

function selectionOf({ selectionStart, selectionEnd, value }: TextBox): Selection {
  const end = selectionEnd ?? value.length;
  return { start: selectionStart ?? end, end };
}
