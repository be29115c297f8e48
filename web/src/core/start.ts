import { keyOf, LastingCore } from "../../../bindings/wasm/js/core";
import type { Changes, LearningCore } from "./api";
import type { Desk, Keeping } from "./desk";
import { engine } from "./engine";
import { folder, isKept, mustKeepFiles } from "./kept";
import { Place } from "./tabs";
import { Waking } from "./waking";

/** Milliseconds that closing waits for a core that may have no answer any more. */
const patience = 2_500;

/** The core of this page that is kept on the device. Whoever opens it again has the same. */
let ours: Promise<Desk> | undefined;

/** Opens what this browser keeps, or a core in memory. */
export function open(keeping: Keeping): Promise<Desk> {
  if (keeping === "memory") {
    return opened(keeping, undefined);
  }
  ours ??= opened(keeping, new Place()).catch((error: unknown) => {
    ours = undefined;
    throw error;
  });
  return ours;
}

/** Opens what somebody keeps in this browser; none if nobody does. */
export async function openKept(): Promise<Desk | undefined> {
  return (await isKept()) ? open("thisDevice") : undefined;
}

/** Closes what is open on the device, if anything is. */
export async function closeOurs(): Promise<boolean> {
  const desk = await ours?.catch(() => undefined);
  await desk?.close();
  return desk !== undefined;
}

async function opened(keeping: Keeping, place: Place | undefined): Promise<Desk> {
  const deaths = new Set<(error: unknown) => void>();
  const mishaps = new Set<() => void>();
  const stays = place !== undefined;
  const key = async () => {
    await Promise.all([place?.take(), place && mustKeepFiles()]);
    return place ? keyOf(folder) : null;
  };
  const lasting = await LastingCore.open({
    stays,
    async start(hears) {
      return engine({ folder, stays, key: await key() }, hears);
    },
    onMishap: () => told(mishaps, undefined),
    onLost: (error) => told(deaths, error),
  }).catch((error: unknown) => {
    place?.leave();
    throw error;
  });
  const { core } = lasting;
  const listeners = new Set<(changes: Changes) => void>();
  const syncing = new Syncing(core);
  const hiding = place && new Hiding(lasting, place);
  const waking = new Waking(() => void comeBack(core).catch(() => {}));
  await core.observe((changes) => {
    if (changes.topics.some(({ topic }) => topic === "account")) {
      void syncing.begin();
    }
    told(listeners, changes);
  });
  void syncing.begin();
  return {
    core,
    keeping,
    observe: (heard) => added(listeners, heard),
    onDeath: (died) => added(deaths, died),
    onMishap: (heard) => added(mishaps, heard),
    onAsked: (act) => place?.onAsked(act),
    async sync() {
      await core.sync({ deadline: null, metered: false, maxBytes: null });
    },
    async close() {
      hiding?.end();
      waking.end();
      if (stays) {
        ours = undefined;
      }
      await lasting.close(patience);
      place?.leave();
    },
  };
}

/** Has the core sync at once and listen anew: nobody said that the network was gone meanwhile. */
async function comeBack(core: LearningCore): Promise<void> {
  const [online, foreground] = [navigator.onLine, document.visibilityState === "visible"];
  await core.setConditions({ online, metered: false, foreground: false });
  await core.setConditions({ online, metered: false, foreground });
}

function added<T>(all: Set<T>, one: T): () => void {
  all.add(one);
  return () => all.delete(one);
}

function told<T>(all: Set<(what: T) => void>, what: T): void {
  for (const heard of [...all]) {
    heard(what);
  }
}

/** Syncing by itself, once somebody has signed in. */
class Syncing {
  private isBegun = false;

  constructor(private readonly core: LearningCore) {}

  async begin(): Promise<void> {
    // What cannot be asked now is asked when the account is told of again.
    const account = await this.core.account().catch(() => null);
    if (account && !this.isBegun) {
      this.isBegun = true;
      await this.core.keepInSync().catch(() => {});
    }
  }
}

/** A page that the browser puts away lets go of its files, and takes them again when it is back. */
class Hiding {
  constructor(
    private readonly lasting: LastingCore,
    private readonly place: Place,
  ) {
    addEventListener("pagehide", this.away);
    addEventListener("pageshow", this.back);
  }

  end(): void {
    removeEventListener("pagehide", this.away);
    removeEventListener("pageshow", this.back);
  }

  private readonly away = () => {
    this.lasting.sleep();
    this.place.leave();
  };

  private readonly back = ({ persisted }: PageTransitionEvent) => {
    if (persisted) {
      this.lasting.wake();
    }
  };
}
