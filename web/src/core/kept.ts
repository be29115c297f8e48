import { CoreError, forgetKey, hasKey } from "../../../bindings/wasm/js/core";
import { forgetFiles } from "./files";
import { forgetSealed } from "./sealed";

/** Where the account is on this device, and under which name its key is kept. */
export const folder = "account";

/**
 * Whether somebody keeps their work in this browser: there is a key. It is made for good before
 * anything is written that needs it, so that not even a kill finds the one without the other.
 */
export async function isKept(): Promise<boolean> {
  try {
    return await hasKey(folder);
  } catch {
    // A browser that keeps nothing has nothing of anybody.
    return false;
  }
}

/** Takes away everything that is kept in this browser, the key first. */
export async function forget(): Promise<void> {
  await forgetKey(folder);
  await forgetSealed().catch(() => {});
  // The core wiped its database; this takes its empty places, and what another build left.
  await forgetFiles().catch(() => {});
}

/** Rejected where no file can be kept: then memory is left. */
export async function mustKeepFiles(): Promise<void> {
  try {
    await navigator.storage.getDirectory();
  } catch {
    const reason =
      "this browser keeps no files for a page, as some do not in private windows; choose a shared computer instead, and nothing stays here";
    throw new CoreError({ type: "unexpected", code: "no_files", reason });
  }
}

/** Whether the browser promises not to clear what is kept here when it needs the room. */
export async function isPromised(): Promise<boolean> {
  try {
    return (await navigator.storage.persisted()) || (await navigator.storage.persist());
  } catch {
    return false;
  }
}
