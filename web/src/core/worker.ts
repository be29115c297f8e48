import start, { open } from "@module/enhance_wasm.js";
import inFirst from "@module/enhance_wasm_first.json";
import restAddress from "@module/enhance_wasm_rest.wasm?url";
import { NotReached, Rest } from "../../../bindings/wasm/js/rest";
import { type Module, serve } from "../../../bindings/wasm/js/worker";

/** Milliseconds between two tries to bring the rest of the module. */
const PAUSE = 1_000;

// The module is fetched while the page still makes up its mind what is to be opened.
const started = start().then((module) => {
  const rest = new Rest(module, new Set(inFirst), { now: restNow, later: restLater, pause });
  globalThis.enhanceRest = () => rest.bring();
  return { memory: module.memory, rest };
});
const page = {
  postMessage: (message: unknown, transfer: Transferable[]) =>
    self.postMessage(message, { transfer }),
  addEventListener: (type: "message", heard: (event: MessageEvent) => void) =>
    self.addEventListener(type, heard),
  close: () => self.close(),
};

/** The rest of the module, while the worker waits. */
function restNow(): ArrayBuffer {
  const request = new XMLHttpRequest();
  request.open("GET", restAddress, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) {
    throw new Error(`the rest of the program cannot be had: status ${request.status}`);
  }
  return request.response;
}

async function restLater(): Promise<WebAssembly.Module> {
  const lost = (why: unknown) => Promise.reject(new NotReached(String(why)));
  const answer = await fetch(restAddress).catch(lost);
  if (!answer.ok) throw new Error(`the rest of the program cannot be had: status ${answer.status}`);
  const bytes = await answer.arrayBuffer().catch(lost);
  return WebAssembly.compile(bytes);
}

function pause(): Promise<void> {
  return new Promise((passed) => setTimeout(passed, PAUSE));
}

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
  const { memory, rest } = await started;
  await living;
  const opening: Module["open"] = async (...given) => {
    const opened = await open(...given);
    // Nobody is to notice that it was cut off.
    void rest.ahead();
    return opened;
  };
  return { open: opening, memory, before: (method) => rest.before(method) };
});
