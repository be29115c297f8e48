// One tab at a time holds what is kept on a device. The lock goes with the tab, also with one that
// is killed; a tab that is frozen gives it up when another asks.

import { CoreError } from "../../../bindings/wasm/js/core";

const lockName = "enhance-desk";
const channelName = "enhance-desk";

/** How long a tab waits for another that is being closed or reloaded. */
const patience = 2_500;

/** What tabs say to each other: that one wants to go on, who it is that holds it, and "I do". */
type Said = "give it up" | "who?" | "I";

/** The place of this tab among those of the browser. */
export class Place {
  private release: (() => void) | undefined;
  private channel: BroadcastChannel | undefined;
  private act: () => void = () => {};

  /** Takes the place, unless this tab has it. Rejected if another tab keeps it. */
  async take(): Promise<void> {
    this.release ??= await held();
    if (!this.release) {
      const reason = "another tab of this browser has your work open; go on there, or close it";
      throw new CoreError({ type: "storage", fault: "inUse", code: "in_use", reason });
    }
    this.channel ??= this.listening();
  }

  /** Lets another tab have it. */
  leave(): void {
    this.channel?.close();
    this.channel = undefined;
    this.release?.();
    this.release = undefined;
  }

  /** Another tab wants to go on instead of this one. */
  onAsked(act: () => void): void {
    this.act = act;
  }

  private listening(): BroadcastChannel {
    const channel = new BroadcastChannel(channelName);
    channel.onmessage = ({ data }: MessageEvent<Said>) => {
      if (data === "who?") {
        channel.postMessage("I" satisfies Said);
      } else if (data === "give it up") {
        this.act();
      }
    };
    return channel;
  }
}

/** Takes the lock and says how to let go of it; nothing if another tab keeps it. */
async function held(): Promise<(() => void) | undefined> {
  const wait = new AbortController();
  const end = () => wait.abort();
  const timer = setTimeout(end, patience);
  // One that is going says nothing any more, and only that is worth waiting for.
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }: MessageEvent<Said>) => data === "I" && end();
  channel.postMessage("who?" satisfies Said);
  try {
    return await locked(wait.signal);
  } finally {
    clearTimeout(timer);
    channel.close();
  }
}

function locked(signal: AbortSignal): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    // Chromium does not always hear that a request was given up which it has not taken up yet: then
    // it is not rejected, and has the lock in the end.
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
    const lock = navigator.locks.request(lockName, { signal }, () => {
      if (signal.aborted) {
        return;
      }
      return new Promise<void>((release) => resolve(release));
    });
    lock.catch((error: unknown) => (signal.aborted ? resolve(undefined) : reject(error)));
  });
}

/** Waits until no other tab has the place any more. Rejected once nobody waits. */
export async function freed(signal: AbortSignal): Promise<void> {
  await navigator.locks.request(lockName, { signal }, () => {});
  signal.throwIfAborted();
}

/** Asks the tab that has the place to give it up. */
export function askForPlace(): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage("give it up" satisfies Said);
  channel.close();
}
