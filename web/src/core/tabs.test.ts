import assert from "node:assert/strict";
import { test } from "node:test";
import { Place } from "./tabs";

/** A browser in which another tab has the lock, and which forgets that a request was given up. */
function forgetful() {
  let granted: (() => unknown) | undefined;
  const request = (_name: string, _options: unknown, has: () => unknown) => {
    granted = has;
    return new Promise(() => {});
  };
  Object.defineProperty(globalThis, "navigator", { value: { locks: { request } } });
  return { letsGo: () => granted?.() };
}

const title = "a tab that may not open what another has is told so, whatever the browser forgets";

test(title, { timeout: 10_000 }, async () => {
  const browser = forgetful();
  const other = new BroadcastChannel("enhance-desk");
  other.onmessage = () => other.postMessage("I");
  try {
    await assert.rejects(new Place().take(), { code: "in_use" });
    // What was given up, and is granted all the same, is kept from nobody.
    assert.equal(browser.letsGo(), undefined);
  } finally {
    other.close();
  }
});
