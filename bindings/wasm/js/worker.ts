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
  /** What it keeps its values in, which only grows. */
  readonly memory?: { readonly buffer: { readonly byteLength: number } };
  /** What a call of a method waits for, if for anything. Whoever does not wait is called before. */
  before?(method: string): Promise<void> | undefined;
}

/** Answers what is asked through `port` from now on. The module is started when it is needed. */
export function serve(port: Port, start: () => Promise<Module>): void {
  let core: CoreInWorker | undefined;
  let started: Module | undefined;
  let grown = 0;

  const tell = (message: ToPage): void => {
    port.postMessage(message, "bytes" in message ? [message.bytes.buffer as ArrayBuffer] : []);
  };

  const weigh = (): void => {
    const bytes = started?.memory?.buffer.byteLength ?? 0;
    if (bytes <= grown) return;
    grown = bytes;
    tell({ memory: bytes });
  };

  const answered = async (
    ask: number,
    answer: () => Uint8Array | Promise<Uint8Array>,
  ): Promise<void> => {
    try {
      const given = answer();
      // What is local is answered in the order in which it was asked.
      const bytes = given instanceof Uint8Array ? given : await given;
      weigh();
      tell({ ask, bytes });
    } catch (failure) {
      tell({ ask, broken: String(failure) });
      // After a panic the core is whole; a trap, as for want of memory, left it as it was just then.
      if (failure instanceof WebAssembly.RuntimeError) tell({ ended: String(failure) });
    }
  };

  port.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
    if ("cancel" in data) core?.cancel(data.cancel);
    else if ("release" in data) core?.release(data.release);
    else if ("end" in data) port.close?.();
    else if ("opening" in data) {
      const { folder, stays, key } = data.opening;
      const heard = (by: number, bytes: Uint8Array): void => tell({ heard: by, bytes });
      void answered(data.ask, async () => {
        started = await start();
        const opened = await started.open(folder, stays, key ?? undefined, heard);
        core = opened.core() ?? core;
        return opened.bytes;
      });
    } else {
      const { ask, on, method, bytes } = data;
      void answered(ask, () => {
        const called = core;
        if (called === undefined) throw new Error("nothing is open");
        const call = () => called.call(ask, on, method, bytes);
        return started?.before?.(method)?.then(call) ?? call();
      });
    }
  });
}
