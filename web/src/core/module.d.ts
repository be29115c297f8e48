// The core as it is built for browsers: see bindings/wasm/src/module.rs.
declare module "@module/enhance_wasm.js" {
  import type { CoreInWorker } from "../../../bindings/wasm/js/worker";

  export interface Opening {
    readonly bytes: Uint8Array;
    core(): CoreInWorker | undefined;
  }

  export default function start(): Promise<unknown>;

  export function open(
    folder: string,
    stays: boolean,
    key: Uint8Array | undefined,
    heard: (by: number, bytes: Uint8Array) => void,
  ): Promise<Opening>;
}

declare module "*?worker&url" {
  const address: string;
  export default address;
}
