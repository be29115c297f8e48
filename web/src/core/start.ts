import { CoreError, connect, type Opened } from "../../../bindings/wasm/js/core";
import { keyOf } from "../../../bindings/wasm/js/key";
import type { Changes, KeepInSync, LearningCore } from "./api";
import type { Desk, Keeping } from "./desk";
import { type Held, hold } from "./tabs";
import { scriptAddress } from "./trusted";
import workerAddress from "./worker?worker&url";

/** How long a tab waits for another that is being closed or reloaded. */
const patience = 2_500;
/** Where the account is on this device, and under which name its key is kept. */
export const folder = "account";

/** Starts a worker with the core in it and opens what this browser keeps, or a core in memory. */
export async function open(keeping: Keeping): Promise<Desk> {
  const held = keeping === "thisDevice" ? await holdOrSay() : undefined;
  const worker = new Worker(scriptAddress(workerAddress), { type: "module" });
  try {
    const stays = keeping === "thisDevice";
    const key = stays ? await keyOf(folder) : null;
    const opened = await Promise.race([connect(worker, { folder, stays, key }), failed(worker)]);
    return await deskOf(keeping, worker, opened, held);
  } catch (error) {
    worker.terminate();
    held?.release();
    throw error;
  }
}

/** Rejected if the worker's script cannot be loaded: it would answer nothing for ever. */
function failed(worker: Worker): Promise<never> {
  return new Promise((_, reject) => {
    const say = () => reject(new Error("The desk could not be loaded. Try again in a moment."));
    worker.addEventListener("error", say, { once: true });
  });
}

async function holdOrSay(): Promise<Held> {
  const held = await hold(patience);
  if (held) {
    return held;
  }
  const reason = "another tab of this browser has your work open; go on there, or close it";
  throw new CoreError({ type: "storage", fault: "inUse", code: "in_use", reason });
}

async function deskOf(
  keeping: Keeping,
  worker: Worker,
  opened: Opened,
  held: Held | undefined,
): Promise<Desk> {
  const { core } = opened;
  const listeners = new Set<(changes: Changes) => void>();
  const deaths = new Set<() => void>();
  const syncing = new Syncing(core);
  const hiding = new Hiding(keeping, core);
  await core.observe((changes) => {
    if (changes.topics.some(({ topic }) => topic === "account")) {
      void syncing.begin();
    }
    for (const heard of [...listeners]) {
      heard(changes);
    }
  });
  await syncing.begin();
  worker.addEventListener("error", () => {
    opened.broken();
    for (const died of [...deaths]) {
      died();
    }
  });
  return {
    core,
    keeping,
    observe: (heard) => added(listeners, heard),
    onDeath: (died) => added(deaths, died),
    onAsked: (act) => held?.onAsked(act),
    async sync() {
      await core.sync({ deadline: null, metered: false, maxBytes: null });
    },
    async close() {
      hiding.end();
      // What is closed already, or has no answer any more, is let go of all the same.
      await Promise.race([core.leave(), after(patience)]).catch(() => {});
      worker.terminate();
      held?.release();
    },
  };
}

function added<T>(all: Set<T>, one: T): () => void {
  all.add(one);
  return () => all.delete(one);
}

function after(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Syncing by itself, once somebody has signed in. */
class Syncing {
  private kept: Promise<KeepInSync> | undefined;

  constructor(private readonly core: LearningCore) {}

  async begin(): Promise<void> {
    if (!this.kept && (await this.core.account())) {
      this.kept ??= this.core.keepInSync();
      await this.kept;
    }
  }
}

/** A page that the browser puts away lets go of its files, and takes them again when it is back. */
class Hiding {
  constructor(
    private readonly keeping: Keeping,
    private readonly core: LearningCore,
  ) {
    if (this.keeping === "thisDevice") {
      addEventListener("pagehide", this.away);
      addEventListener("pageshow", this.back);
    }
  }

  end(): void {
    removeEventListener("pagehide", this.away);
    removeEventListener("pageshow", this.back);
  }

  private readonly away = () => void this.core.suspend().catch(() => {});

  private readonly back = ({ persisted }: PageTransitionEvent) => {
    if (persisted) {
      void this.core.resume().catch(() => {});
    }
  };
}
