/**
 * Texts that the core could not keep, as for want of room. While their field is on the screen they
 * are in it; once it is left they are held here, where they are tried again until they are kept,
 * and the field goes on with them when somebody comes back to it.
 */

import { markUnfinished } from "../parts/unfinished";
import type { Typing } from "./field";

/** What the core says of a text that is being typed. */
export interface Said {
  readonly text: string;
  /** Why the newest text is not kept or not part of the document; null if it is, or will be. */
  readonly failure: Error | null;
  /** What somebody else set meanwhile, where a text is set as a whole. */
  readonly others?: string | undefined;
}

/** Which text it is, and what people call it now, where it is not beside the rest. */
export interface Place {
  readonly place: string;
  called(): string;
}

type Hear = (said: Said) => void;

const held = new Map<string, Opened>();
const onPage = new Set<Opened>();

/** The text that is held at a place, if one is that goes on there. */
export function heldAt(place: string): Opened | undefined {
  const at = held.get(place);
  return at?.isClosed ? undefined : at;
}

/** A text that is nowhere but in this window. */
export interface HeldText {
  readonly place: string;
  readonly called: string;
  readonly text: string;
}

/** All texts that are held while their fields are not on the page. */
export function heldTexts(): readonly HeldText[] {
  return [...held].map(([place, text]) => ({
    place,
    called: text.called(),
    text: text.said.text,
  }));
}

/** Holds all that was typed into fields on the page: the core that would keep it is gone for good. */
export function holdAll(): void {
  for (const text of onPage) text.hold();
}

/** Gives up a text that is held, since its person took it elsewhere. */
export function giveUp(place: string): void {
  held.get(place)?.giveUp();
}

/** A text at a place, from the first key until it is kept, whatever page is shown meanwhile. */
export class Opened implements Typing {
  readonly #place: string;
  readonly #called: () => string;
  readonly #typing: Typing;
  #hear: Hear | undefined;
  #said: Said;
  #unmark: (() => void) | undefined;
  #isClosed = false;

  /** `open` begins typing in the core, and has it say how the text stands. */
  constructor(at: Place, text: string, open: (show: Hear) => Typing, hear: Hear) {
    this.#place = at.place;
    this.#called = () => at.called();
    this.#hear = hear;
    this.#said = { text, failure: null };
    this.#typing = open((said) => this.#hears(said));
    onPage.add(this);
  }

  /** What people call the text now. */
  called(): string {
    return this.#called();
  }

  /** How it stands. */
  get said(): Said {
    return this.#said;
  }

  /** Whether its typing was ended before the core said that it could not be kept. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** A field shows it again. */
  resume(hear: Hear): void {
    held.delete(this.#place);
    this.#hear = hear;
    onPage.add(this);
  }

  typed(text: string): void {
    this.#said = { ...this.#said, text };
    this.#typing.typed(text);
  }

  compose(is: boolean): void {
    this.#typing.compose(is);
  }

  leave(): void {
    this.#typing.leave();
  }

  /** It is held whatever the core says of it. */
  hold(): void {
    this.#hear = undefined;
    this.#unmark ??= markUnfinished(true);
    held.set(this.#place, this);
  }

  /** Its field goes away. */
  close(): void {
    onPage.delete(this);
    if (held.has(this.#place)) return;
    this.#hear = undefined;
    if (this.#said.failure === null) {
      this.#isClosed = true;
      this.#typing.close();
      return;
    }
    held.set(this.#place, this);
    this.#typing.leave();
  }

  /** It is wanted no more. */
  giveUp(): void {
    held.delete(this.#place);
    this.#unmark = void this.#unmark?.();
    this.#typing.close();
  }

  #hears(said: Said): void {
    this.#said = said;
    const isLost = said.failure !== null && !isOver(said.failure);
    if (isLost) this.#unmark ??= markUnfinished(true);
    else this.#unmark = void this.#unmark?.();
    if (this.#hear) {
      this.#hear(said);
    } else if (isLost) {
      held.set(this.#place, this);
    } else if (!isLost && held.delete(this.#place)) {
      this.#typing.close();
    }
  }
}

/** Whether there is no account any more that could keep it. */
function isOver(failure: Error): boolean {
  return "code" in failure && (failure.code === "signed_out" || failure.code === "closed");
}
