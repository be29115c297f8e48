import { scriptAddress } from "./trusted";

/** Milliseconds that signing out waits for a page that is still being kept. */
const patience = 5_000;

/** Keeps the page in this browser, so that it opens without a network. */
export async function keepPage(): Promise<void> {
  // In development there is no such file, and nothing is kept.
  if ("serviceWorker" in navigator && import.meta.env.PROD) {
    await navigator.serviceWorker.register(scriptAddress("/service.js"), { scope: "/" });
  }
}

/** Takes the page out of this browser again. */
export async function forgetPage(): Promise<void> {
  if (!("serviceWorker" in navigator)) {
    return;
  }
  for (const kept of await navigator.serviceWorker.getRegistrations()) {
    await settled(kept.installing);
    await kept.unregister();
  }
  for (const name of await caches.keys()) {
    await caches.delete(name);
  }
}

/** One that is still being installed would put its files back after they were taken away. */
function settled(worker: ServiceWorker | null): Promise<void> {
  return new Promise((resolve) => {
    if (!worker) {
      resolve();
      return;
    }
    worker.addEventListener("statechange", () => resolve(), { once: true });
    setTimeout(resolve, patience);
  });
}
