// What crosses between the page and the core, as the bindings write it down.
export type * from "../../../bindings/wasm/api";
