import { CoreError, connect, type Opened } from "../../../bindings/wasm/js/core";
import type { Changes, KeepInSync, LearningCore } from "./api";
import type { Desk, Keeping } from "./desk";
import { forgetFiles } from "./files";
import { keepingHere } from "./kept";
import { keepKey, keptKey } from "./key_store";
import { type Held, hold } from "./tabs";
import { scriptAddress } from "./trusted";
import workerAddress from "./worker?worker&url";

/** How long a tab waits for another that is being closed or reloaded. */
const patience = 2_500;
const folder = "/account";

/** Starts a worker with the core in it and opens what this browser keeps, or a core in memory. */
export async function open(keeping: Keeping): Promise<Desk> {
  const held = keeping === "thisDevice" ? await holdOrSay() : undefined;
  const worker = new Worker(scriptAddress(workerAddress), { type: "module" });
  try {
    const stays = keeping === "thisDevice";
    const key = stays ? await keyOrNothing() : null;
    const opened = await connect(worker, { folder, stays, key });
    if (stays && opened.newKey) {
      await keepKey(opened.newKey);
    }
    return await deskOf(keeping, worker, opened, held);
  } catch (error) {
    worker.terminate();
    held?.release();
    throw error;
  }
}

/**
 * The key that was kept; none if none was. A database that was made in a tab that was closed before
 * anybody signed in has no key, and nobody's words in it: it would only be in the way.
 */
async function keyOrNothing(): Promise<Uint8Array | null> {
  const key = await keptKey();
  if (!key && keepingHere() === "memory") {
    // A browser that keeps no files says so when the core is opened.
    await forgetFiles().catch(() => {});
  }
  return key;
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
