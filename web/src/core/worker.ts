import start, { open } from "@module/enhance_wasm.js";
import { serve } from "../../../bindings/wasm/js/worker";

// The module is fetched while the page still makes up its mind what is to be opened.
const started = start();
const page = {
  postMessage: (message: unknown, transfer: Transferable[]) =>
    self.postMessage(message, { transfer }),
  addEventListener: (type: "message", heard: (event: MessageEvent) => void) =>
    self.addEventListener(type, heard),
};
serve(page, async () => {
  await started;
  return { open };
});
