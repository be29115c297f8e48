/**
 * Drives the core's typing machine of one field: hands it what happens, comes back when a step is
 * due, and tells how it stands. The machine and all its work are in the worker.
 */

import type { TypingEvent, TypingHandle, TypingState, Version } from "../core/api";
import type { Typing } from "./field";

/** Time, as far as a driver needs it. Moments are whole milliseconds from any fixed start. */
export interface Clock {
  now(): number;
  /** Calls back after so many milliseconds, and returns how to give that up. */
  after(millis: number, then: () => void): () => void;
}

/** The clock of the browser, which never goes back. */
export const clock: Clock = {
  now: () => Math.round(performance.now()),
  after: (millis, then) => {
    const timer = setTimeout(then, millis);
    return () => clearTimeout(timer);
  },
};

/** Hears how a field stands, and that it could not be opened or asked. */
export interface Listener {
  stands(state: TypingState): void;
  failed(error: unknown): void;
}

export class DrivenTyping implements Typing {
  readonly #handle: Promise<TypingHandle>;
  readonly #listener: Listener;
  readonly #clock: Clock;
  #giveUp: (() => void) | undefined;
  #isWorking = false;
  #worksAgain = false;

  constructor(handle: Promise<TypingHandle>, listener: Listener, time: Clock = clock) {
    this.#handle = handle;
    this.#listener = listener;
    this.#clock = time;
    // What changed between the page's reading and this was told to nobody.
    this.on({ type: "changed" });
  }

  typed(text: string): void {
    this.#tell((handle) => handle.typed(text, this.#clock.now()));
  }

  async refresh(): Promise<string | null> {
    const handle = await this.#handle;
    const newer = await handle.refresh();
    void this.#work();
    return newer;
  }

  leave(): void {
    this.on({ type: "leave" });
  }

  close(): void {
    this.on({ type: "close" });
  }

  on(event: TypingEvent): void {
    this.#tell((handle) => handle.on(event));
  }

  /** Makes what was typed by now part of the document: the version that the field shows then. */
  async settle(): Promise<Version> {
    const handle = await this.#handle;
    try {
      return await handle.settle(this.#clock.now());
    } finally {
      void this.#work();
    }
  }

  #tell(what: (handle: TypingHandle) => Promise<unknown>): void {
    this.#handle.then(what).catch((error: unknown) => this.#listener.failed(error));
    void this.#work();
  }

  /** Does what is due. While that is under way further occasions are one more. */
  async #work(): Promise<void> {
    if (this.#isWorking) {
      this.#worksAgain = true;
      return;
    }
    this.#isWorking = true;
    try {
      const handle = await this.#handle;
      do {
        this.#worksAgain = false;
        await handle.work(this.#clock.now());
        this.#publish(await handle.state());
      } while (this.#worksAgain);
    } catch (error) {
      this.#listener.failed(error);
    } finally {
      this.#isWorking = false;
    }
  }

  #publish(state: TypingState): void {
    this.#giveUp?.();
    this.#giveUp = undefined;
    if (state.due !== null) {
      const wait = Math.max(0, state.due - this.#clock.now());
      this.#giveUp = this.#clock.after(wait, () => void this.#work());
    }
    this.#listener.stands(state);
  }
}
