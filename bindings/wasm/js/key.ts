// The key of a database on one's own device. It is kept sealed under a key of the browser's own,
// which no script can read: who copies the profile's files has both, and still no way to use them
// outside of a browser; who only gets at the database's files has neither.

import { type Drawer, isThere, within } from "./drawer.js";

const KEYS: Drawer = { database: "enhance", store: "keys" };
const BYTES = 32;

interface Kept {
  readonly key: CryptoKey;
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

/** The key of the database of this name. It is made if there is none yet. */
export async function keyOf(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const kept = await within<Kept | undefined>(KEYS, "readonly", (keys) => keys.get(name));
  if (kept !== undefined) {
    const algorithm = { name: "AES-GCM", iv: kept.nonce };
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, kept.key, kept.sealed));
  }
  const made = crypto.getRandomValues(new Uint8Array(BYTES));
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const usages: KeyUsage[] = ["encrypt", "decrypt"];
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, usages);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, made);
  // Whoever was quicker in another tab has made the one that counts: `add` refuses a second one.
  await within(KEYS, "readwrite", (keys) => keys.add({ key, nonce, sealed } satisfies Kept, name));
  return made;
}

/**
 * Whether there is a key of this name. It is made, durably, before the database is: where there is
 * an account there is a key.
 */
export async function hasKey(name: string): Promise<boolean> {
  // To ask makes nothing: a browser in which nobody keeps anything stays as it was, and a page that
  // is left while it makes a database has the next one wait for it.
  if (!(await isThere(KEYS))) return false;
  return (await within(KEYS, "readonly", (keys) => keys.count(name))) > 0;
}

/** Forgets the key of a database: nobody can open it any more. */
export async function forgetKey(name: string): Promise<void> {
  await within(KEYS, "readwrite", (keys) => keys.delete(name));
}
