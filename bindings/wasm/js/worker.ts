// The worker's side: holds the core, and answers what the page asks of it.
import type { Opening, Port, ToPage, ToWorker } from "./messages.js";

/** The core as the WebAssembly module has it. */
export interface CoreInWorker {
  /** Calls a method: the answer, or a promise of it where the network is waited for. */
  call(
    ask: number,
    on: number,
    method: string,
    bytes: Uint8Array,
  ): Uint8Array | Promise<Uint8Array>;
  cancel(ask: number): void;
  release(held: number): void;
}

/** Starts the module and opens the account; the bytes say how that went, as an answer does. */
export type Open = (
  opening: Opening,
  heard: (by: number, bytes: Uint8Array) => void,
) => Promise<{ readonly bytes: Uint8Array; readonly core: CoreInWorker | null }>;

/** Answers what is asked through `port`, from now on. */
export function serve(port: Port, open: Open): void {
  let core: CoreInWorker | null = null;

  const tell = (message: ToPage): void => {
    port.postMessage(message, "bytes" in message ? [message.bytes.buffer as ArrayBuffer] : []);
  };

  const heard = (by: number, bytes: Uint8Array): void => tell({ heard: by, bytes });

  const answered = async (ask: number, answer: () => unknown): Promise<void> => {
    try {
      const now = answer();
      // What is local is answered in the order it was asked for.
      tell({ ask, bytes: (now instanceof Uint8Array ? now : await now) as Uint8Array });
    } catch (failure) {
      tell({ ask, broken: String(failure) });
    }
  };

  port.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
    if ("cancel" in data) core?.cancel(data.cancel);
    else if ("release" in data) core?.release(data.release);
    else if ("opening" in data) {
      void answered(data.ask, async () => {
        const opened = await open(data.opening, heard);
        core = opened.core ?? core;
        return opened.bytes;
      });
    } else {
      void answered(data.ask, () => {
        if (core === null) throw new Error("nothing is open");
        return core.call(data.ask, data.on, data.method, data.bytes);
      });
    }
  });
}
