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
serve(page, async ({ folder, stays, key }, heard) => {
  await started;
  const opening = await open(folder, stays, key, heard);
  return { bytes: opening.bytes, core: opening.core() ?? null };
});
