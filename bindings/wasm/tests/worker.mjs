// The worker of a page, in Node: loads the module and serves the core.
import { readFile } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";

const { serve } = await import(`${workerData.js}/worker.js`);

const port = {
  postMessage: (message, transfer) => parentPort.postMessage(message, transfer),
  addEventListener: (_, heard) => parentPort.on("message", (data) => heard({ data })),
};

serve(port, async () => {
  const module = await import(`${workerData.module}/enhance_wasm.js`);
  const bytes = await readFile(new URL(`${workerData.module}/enhance_wasm_bg.wasm`));
  await module.default({ module_or_path: bytes });
  return module;
});
