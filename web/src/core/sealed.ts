// A text that outlives the page on one's own device. It is sealed under a key of the browser's own,
// which no script can read: the database of the core, which is sealed too, is open only while its
// worker lives, and what a key just changed must not wait for that.

import { type Drawer, isThere, takeAway, within } from "../../../bindings/wasm/js/drawer";

const BEGUN: Drawer = { database: "enhance-begun", store: "begun" };
const NAME = "all";
const ALGORITHM = "AES-GCM";

interface Kept {
  readonly key: CryptoKey;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

/** The key of what is kept. It is made with the first text, and goes with the last. */
let key: CryptoKey | undefined;
/** One thing after the other: what is forgotten does not come back with what was under way. */
let turn: Promise<unknown> = Promise.resolve();

function next<T>(act: () => Promise<T>): Promise<T> {
  const done = turn.then(act);
  turn = done.catch(() => {});
  return done;
}

/** Keeps a text in the place of the one before. */
export function keepSealed(text: string): Promise<void> {
  return next(async () => {
    key ??= await crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, [
      "encrypt",
      "decrypt",
    ]);
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(text);
    const sealed = await crypto.subtle.encrypt({ name: ALGORITHM, iv: nonce }, key, plain);
    await within(BEGUN, "readwrite", (all) => all.put({ key, nonce, sealed } as Kept, NAME));
  });
}

/** The text that is kept, if there is one. To ask makes nothing. */
export function openSealed(): Promise<string | undefined> {
  return next(async () => {
    if (!(await isThere(BEGUN))) return undefined;
    const kept = await within<Kept | undefined>(BEGUN, "readonly", (all) => all.get(NAME));
    if (!kept) return undefined;
    const algorithm = { name: ALGORITHM, iv: kept.nonce };
    const plain = await crypto.subtle.decrypt(algorithm, kept.key, kept.sealed);
    key = kept.key;
    return new TextDecoder().decode(plain);
  });
}

/** Forgets the text with its key: nobody can read it any more. */
export function forgetSealed(): Promise<void> {
  return next(async () => {
    key = undefined;
    await takeAway(BEGUN);
  });
}
