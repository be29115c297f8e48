// The core as it is built for the browser: see bindings/wasm.
declare module "@module/enhance_wasm.js" {
  import type { Open } from "../../../bindings/wasm/js/worker";

  export default function start(): Promise<unknown>;
  export const open: Open;
}

declare module "*?worker&url" {
  const address: string;
  export default address;
}
