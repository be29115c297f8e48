import start, * as module from "@module/enhance_wasm.js";
import { serve } from "../../../bindings/wasm/js/worker";

const page = {
  postMessage: (message: unknown, transfer: Transferable[]) =>
    self.postMessage(message, { transfer }),
  addEventListener: (type: "message", heard: (event: MessageEvent) => void) =>
    self.addEventListener(type, heard),
};
// The module is fetched while the page says what to open.
const started = start();
serve(page, async () => {
  await started;
  return module;
});
