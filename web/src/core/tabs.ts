// One tab at a time holds what is kept on a device. The lock goes with the tab, also with one that
// is killed; a tab that is frozen gives it up when another asks.

const lockName = "enhance-desk";
const channelName = "enhance-desk";

/** The lock of this tab, until it is released. */
export interface Held {
  release(): void;
  /** Another tab wants to go on instead of this one. */
  onAsked(act: () => void): void;
}

/** Takes the lock, or none if another tab has it. Waits as long as `patience` for it. */
export function hold(patience: number): Promise<Held | undefined> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(patience);
    const held = navigator.locks.request(lockName, { signal }, () => {
      const { promise, resolve: release } = Promise.withResolvers<void>();
      resolve(heldUntil(release));
      return promise;
    });
    held.catch((error: unknown) => (signal.aborted ? resolve(undefined) : reject(error)));
  });
}

function heldUntil(release: () => void): Held {
  const channel = new BroadcastChannel(channelName);
  return {
    release() {
      channel.close();
      release();
    },
    onAsked(act) {
      channel.onmessage = act;
    },
  };
}

/** Asks the tab that holds the lock to give it up. */
export function askForLock(): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage("give it up");
  channel.close();
}
