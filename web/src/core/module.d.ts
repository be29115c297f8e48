// The core as it is built for browsers: see bindings/wasm/src/module.rs.
declare module "@module/enhance_wasm.js" {
  import type { Module } from "../../../bindings/wasm/js/worker";

  export default function start(): Promise<WebAssembly.Exports & { memory: WebAssembly.Memory }>;
  export const open: Module["open"];
}

declare module "@module/enhance_wasm_rest.wasm?url" {
  const address: string;
  export default address;
}

/** The methods that the first part does by itself. */
declare module "@module/enhance_wasm_first.json" {
  const methods: readonly string[];
  export default methods;
}

declare module "*?worker&url" {
  const address: string;
  export default address;
}

/** Called by the core's module where it needs its rest: has it there when it returns. */
declare var enhanceRest: () => void;
