// The core as it is built for browsers: see bindings/wasm/src/module.rs.
declare module "@module/enhance_wasm.js" {
  import type { Module } from "../../../bindings/wasm/js/worker";

  export default function start(): Promise<{ memory: WebAssembly.Memory }>;
  export const open: Module["open"];
}

declare module "*?worker&url" {
  const address: string;
  export default address;
}
