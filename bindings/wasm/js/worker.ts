// The worker's side: holds the core, and answers what the page asks of it.
import type { Port, ToPage, ToWorker } from "./messages.js";

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

/** The WebAssembly module, as `wasm-bindgen` offers it. */
export interface Module {
  open(
    folder: string,
    stays: boolean,
    key: Uint8Array | undefined,
    heard: (by: number, bytes: Uint8Array) => void,
  ): Promise<{ readonly bytes: Uint8Array; core(): CoreInWorker | undefined }>;
}

/** Answers what is asked through `port` from now on. The module is started when it is needed. */
export function serve(port: Port, start: () => Promise<Module>): void {
  let core: CoreInWorker | undefined;

  const tell = (message: ToPage): void => {
    port.postMessage(message, "bytes" in message ? [message.bytes.buffer as ArrayBuffer] : []);
  };

  const answered = async (
    ask: number,
    answer: () => Uint8Array | Promise<Uint8Array>,
  ): Promise<void> => {
    try {
      const given = answer();
      // What is local is answered in the order in which it was asked.
      tell({ ask, bytes: given instanceof Uint8Array ? given : await given });
    } catch (failure) {
      tell({ ask, broken: String(failure) });
    }
  };

  port.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
    if ("cancel" in data) core?.cancel(data.cancel);
    else if ("release" in data) core?.release(data.release);
    else if ("opening" in data) {
      const { folder, stays, key } = data.opening;
      const heard = (by: number, bytes: Uint8Array): void => tell({ heard: by, bytes });
      void answered(data.ask, async () => {
        const module = await start();
        const opened = await module.open(folder, stays, key ?? undefined, heard);
        core = opened.core() ?? core;
        return opened.bytes;
      });
    } else {
      const { ask, on, method, bytes } = data;
      void answered(ask, () => {
        if (core === undefined) throw new Error("nothing is open");
        return core.call(ask, on, method, bytes);
      });
    }
  });
}
