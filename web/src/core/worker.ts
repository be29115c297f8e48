import start, { open } from "@module/enhance_wasm.js";
import { serve } from "../../../bindings/wasm/js/worker";

// The module is fetched while the page says what to open: what it says waits in the worker's line.
const started = start();
const page = {
  postMessage: (message: unknown, transfer: Transferable[]) =>
    self.postMessage(message, { transfer }),
  addEventListener: (type: "message", heard: (event: MessageEvent) => void) =>
    self.addEventListener(type, heard),
};
serve(page, async (opening, heard) => {
  await started;
  return open(opening, heard);
});
