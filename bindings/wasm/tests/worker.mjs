// The worker of a page, in Node: loads the module and serves the core.
import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";

const { serve } = await import(`${workerData.js}/worker.js`);
const { Rest } = await import(`${workerData.js}/rest.js`);
const read = (file) => readFileSync(new URL(`${workerData.module}/${file}`));

const port = {
  postMessage: (message, transfer) => parentPort.postMessage(message, transfer),
  addEventListener: (_, heard) => parentPort.on("message", (data) => heard({ data })),
};

serve(port, async () => {
  const module = await import(`${workerData.module}/enhance_wasm.js`);
  const started = await module.default({ module_or_path: read("enhance_wasm_bg.wasm") });
  const { memory } = started;
  // Nothing is brought ahead: whatever is called in the rest has it brought.
  const rest = new Rest(started, new Set(), { now: () => read("enhance_wasm_rest.wasm") });
  globalThis.enhanceRest = () => rest.bring();
  return { open: workerData.throws ? opening(module, workerData.throws) : module.open, memory };
});

/** Opens a core of which a method fails as a module can: by a trap, or by a panic that was caught. */
function opening(module, { method, trap }) {
  return async (...given) => {
    const opened = await module.open(...given);
    const core = opened.core();
    const call = core.call.bind(core);
    core.call = (ask, on, called, bytes) => {
      if (called !== method) return call(ask, on, called, bytes);
      throw trap ? new WebAssembly.RuntimeError("unreachable") : new Error("it panicked");
    };
    return { bytes: opened.bytes, core: () => core };
  };
}
