/**
 * A text of a document for which the core keeps no drafts: it is written with edits of the
 * document, each on the version that was on screen, so that the core sees what disagrees.
 */

import type { Version } from "../core/api";
import { markUnfinished } from "../parts/unfinished";
import type { Typing } from "./field";
import type { Said } from "./held";
import { carried } from "./patch";

/** What a document says in a field, and in which version. */
export interface SaidIn {
  readonly text: string;
  readonly version: Version;
}

/** How such a text is written and read. */
export interface Written {
  /** Whether several people write it together; if not, each sets it as a whole. */
  readonly isShared: boolean;
  /** Writes it on a version: the version in which it is. */
  write(base: Version, text: string): Promise<Version>;
  read(): Promise<SaidIn>;
  /** Tells when the document may say something else, until what is returned is called. */
  observe(changed: () => void): () => void;
}

/** Milliseconds after a key until what was typed is written, and until what failed is tried again. */
const PAUSE = 600;
const AGAIN = 3_000;

const open = new Set<WholeTyping>();

/** Writes what is being typed into such texts now. What fails stays in its field. */
export async function settleWhole(): Promise<void> {
  await Promise.all([...open].map((typing) => typing.settle().catch(() => {})));
}

/** A text while a person types into it, from the first key to the last. */
export class WholeTyping implements Typing {
  readonly #written: Written;
  readonly #show: (said: Said) => void;
  readonly #deaf: () => void;
  #base: Version;
  #text: string;
  /** What the document says as far as this person had a part in it or saw it. */
  #known: string;
  #failure: Error | null = null;
  #others: string | undefined;
  #isNew = false;
  #isIn = true;
  #isComposing = false;
  #isClosed = false;
  #isOver = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unmark: (() => void) | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(written: Written, on: SaidIn, show: (said: Said) => void) {
    this.#written = written;
    this.#show = show;
    this.#base = on.version;
    this.#text = on.text;
    this.#known = on.text;
    this.#deaf = written.observe(() => void this.#next(() => this.#read()));
    open.add(this);
  }

  typed(text: string): void {
    this.#text = text;
    this.#isNew = true;
    this.#isIn = true;
    // One that failed is counted by whoever was told so.
    if (!this.#failure) this.#unmark ??= markUnfinished();
    this.#later(PAUSE);
  }

  compose(is: boolean): void {
    this.#isComposing = is;
    if (!is) this.#later(PAUSE);
  }

  leave(): void {
    this.#isIn = false;
    void this.#work();
  }

  close(): void {
    this.#isIn = false;
    this.#isClosed = true;
    // Who closes it after its failure was told has taken the words elsewhere, or wants them no more.
    if (this.#failure) this.#end();
    else void this.#work();
  }

  /** Writes what was typed by now: the version in which it is. */
  async settle(): Promise<Version> {
    await this.#work();
    if (this.#failure) throw this.#failure;
    return this.#base;
  }

  #later(pause: number): void {
    clearTimeout(this.#timer);
    if (this.#isOver) return;
    this.#timer = setTimeout(() => void this.#work(), pause);
  }

  #work(): Promise<void> {
    clearTimeout(this.#timer);
    return this.#next(async () => {
      await this.#write();
      await this.#read();
      if (this.#isClosed && !this.#isNew) this.#end();
    });
  }

  #next(act: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(act);
    return this.#turn;
  }

  async #write(): Promise<void> {
    while (this.#isNew) {
      const text = this.#text;
      this.#isNew = false;
      try {
        this.#base = await this.#written.write(this.#base, text);
        this.#known = text;
        this.#failure = null;
      } catch (error) {
        this.#isNew = true;
        this.#failure = error instanceof Error ? error : new Error(String(error));
        this.#later(AGAIN);
      }
      if (this.#failure || !this.#isNew) this.#unmark = void this.#unmark?.();
      this.#tell();
      if (this.#failure) return;
    }
  }

  /** Takes what others wrote. What is typed meanwhile is typed on it, or waits for its own turn. */
  async #read(): Promise<void> {
    if (this.#isNew || this.#isComposing || this.#isClosed) return;
    const before = this.#text;
    const found = await this.#written.read().catch(() => undefined);
    if (!found || this.#isComposing) return;
    const { text, version } = found;
    if (!this.#written.isShared && (this.#isIn || this.#isNew)) {
      this.#others = text === this.#known ? undefined : text;
      this.#tell();
      return;
    }
    this.#base = version;
    this.#known = text;
    this.#others = undefined;
    this.#text = this.#isNew ? carried(before, this.#text, text) : text;
    this.#tell();
  }

  #tell(): void {
    this.#show({ text: this.#text, failure: this.#failure, others: this.#others });
  }

  #end(): void {
    this.#isOver = true;
    this.#isNew = false;
    clearTimeout(this.#timer);
    this.#deaf();
    open.delete(this);
  }
}
