import start, { open } from "@module/enhance_wasm.js";
import { serve } from "../../../bindings/wasm/js/worker";

// The module is fetched while the page still makes up its mind what is to be opened.
const started = start();
const page = {
  postMessage: (message: unknown, transfer: Transferable[]) =>
    self.postMessage(message, { transfer }),
  addEventListener: (type: "message", heard: (event: MessageEvent) => void) =>
    self.addEventListener(type, heard),
  close: () => self.close(),
};

/** Holds a lock for as long as this worker lives: the page hears by it that it does no more. */
function lives(): Promise<void> {
  return new Promise((held) => {
    if (!navigator.locks) {
      held();
      return;
    }
    void navigator.locks.request(self.name, () => {
      held();
      return new Promise(() => {});
    });
  });
}

const living = lives();
serve(page, async () => {
  const { memory } = await started;
  await living;
  return { open, memory };
});
