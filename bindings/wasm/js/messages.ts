// What page and worker say to each other.

/** Where the account is kept, and with which key. */
export interface Opening {
  /** The name of the place; one core at a time may have it open. */
  readonly folder: string;
  /** Whether it outlives the page, in the browser's own file system; if not it is in memory. */
  readonly stays: boolean;
  /** The key of the database, 32 bytes, if there is one already. */
  readonly key: Uint8Array | null;
}

/** To the worker. A call is answered under its number; `on` is what is called, 0 the core. */
export type ToWorker =
  | { readonly ask: number; readonly opening: Opening }
  | {
      readonly ask: number;
      readonly on: number;
      readonly method: string;
      readonly bytes: Uint8Array;
    }
  | { readonly cancel: number }
  | { readonly release: number }
  | { readonly end: true };

/**
 * From the worker: answers, what a listener hears, faults of the worker itself, how many bytes of
 * memory it has by now, and that it can do no more.
 */
export type ToPage =
  | { readonly ask: number; readonly bytes: Uint8Array }
  | { readonly ask: number; readonly broken: string }
  | { readonly heard: number; readonly bytes: Uint8Array }
  | { readonly memory: number }
  | { readonly ended: string };

/** What becomes of a worker beside its answers. */
export interface Hears {
  /** It can do no more. */
  ended(): void;
  /** It has so many bytes of memory by now, and never less. */
  memory(bytes: number): void;
}

/** A worker as a page has it, the page as a worker has it, or one end of a channel. */
export interface Port {
  /** Ends the worker from within. */
  close?(): void;
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: "message", heard: (event: MessageEvent) => void): void;
}
