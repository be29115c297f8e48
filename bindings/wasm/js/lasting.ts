// A core that outlives its worker. What is stored is opened again in another one, and whoever holds
// the core notices nothing but that what was under way failed with `WorkerEnded`.
import type { Changes, ChangeSubscription, LearningCore, Observer, Topic } from "../api.js";
import type { Opened } from "./connect.js";
import { WorkerEnded } from "./error.js";
import type { Hears } from "./messages.js";
import { METHODS } from "./schema.js";

/** A worker in which the account is open. */
export interface Engine extends Opened {
  /** Ends the worker at once. */
  terminate(): void;
}

/** How a core outlives its workers. */
export interface Lasting {
  /** Opens the account in another worker. */
  start(hears: Hears): Promise<Engine>;
  /** Whether what was stored is there for the next worker. */
  readonly stays: boolean;
  /** A worker died, and another one goes on in its place. */
  onMishap(): void;
  /** The core is gone: nothing of it is left, or it cannot be opened any more. */
  onLost(error: unknown): void;
  /** Bytes of memory with which a worker is replaced, when nobody waits for it. */
  readonly limit?: number;
  /** Milliseconds without a call after which it is taken that nobody does. */
  readonly quiet?: number;
}

/** A module's memory never shrinks; with so much of it a telephone's browser ends the page. */
const LIMIT = 384 << 20;
const QUIET = 3_000;
/** Workers that may die within a minute before it is given up. */
const MOST_DEATHS = 3;
const MINUTE = 60_000;

/** What a new worker is told again, the newest of each. */
const SAID_AGAIN = new Map([
  ["setConditions", "conditions"],
  ["enter", "place"],
  ["stepOut", "place"],
  ["keepInSync", "sync"],
]);

const TOPICS: readonly Topic[] = [
  "documents",
  "drafts",
  "status",
  "members",
  "quarantine",
  "people",
  "packs",
  "sync",
  "account",
  "company",
];

/** What observers are told where anything may have changed. */
const EVERYTHING: Changes = { topics: TOPICS.map((topic) => ({ topic, documents: [] })) };

type Anything = Record<string, (...given: unknown[]) => Promise<unknown>>;

/** A core whose worker can be replaced. */
export class LastingCore {
  /** The core, whichever worker it is in. What is asked while there is none waits for the next. */
  readonly core: LearningCore;
  private engine: Promise<Engine>;
  private running: Engine | undefined;
  private awaken: ((engine: Promise<Engine>) => void) | undefined;
  private starts = 0;
  private deaths: number[] = [];
  private readonly observers = new Set<Observer>();
  private readonly said = new Map<string, [called: string, given: unknown[]]>();
  private memory = 0;
  private limit: number;
  private asked = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  private constructor(private readonly lasting: Lasting) {
    this.limit = lasting.limit ?? LIMIT;
    this.core = this.standIn();
    this.engine = this.begin();
  }

  /** Opens the account in its first worker. */
  static async open(lasting: Lasting): Promise<LastingCore> {
    const made = new LastingCore(lasting);
    await made.engine;
    return made;
  }

  /** Lets go of what is stored, as when the browser puts the page away. Calls wait from then on. */
  sleep(): void {
    const engine = this.running;
    if (engine === undefined) return;
    this.part();
    void engine.core.leave().catch(() => {});
    engine.end();
    engine.broken();
    this.waits(new Promise((awaken) => (this.awaken = awaken)));
  }

  /** Opens again what `sleep` let go of, for what was asked meanwhile as well. */
  wake(): void {
    if (this.awaken === undefined) return;
    const engine = this.begin();
    this.awaken(engine);
    this.awaken = undefined;
    this.goOn(engine);
  }

  /** Ends the worker, once what was asked is done. */
  async close(patience: number): Promise<void> {
    const engine = this.running;
    this.part();
    this.waits(Promise.reject(new WorkerEnded()));
    if (engine === undefined) return;
    // What is closed already, or has no answer any more, is let go of all the same.
    const left = engine.core.leave().catch(() => {});
    await Promise.race([left, new Promise((over) => setTimeout(over, patience))]);
    engine.broken();
    engine.terminate();
  }

  private standIn(): LearningCore {
    const called = Object.keys(METHODS.CoreHandle ?? {});
    const methods = called.map((name) => [
      name,
      (...given: unknown[]) => this.ask(name, given),
    ]);
    const core = Object.fromEntries(methods) as LearningCore;
    return { ...core, observe: (observer) => Promise.resolve(this.observe(observer)) };
  }

  private async ask(called: string, given: unknown[]): Promise<unknown> {
    this.asked = performance.now();
    const kind = SAID_AGAIN.get(called);
    if (kind !== undefined) this.said.set(kind, [called, given]);
    const { core } = await this.engine;
    return (core as unknown as Anything)[called]?.(...given);
  }

  private observe(observer: Observer): ChangeSubscription {
    const heard: Observer = (changes) => observer(changes);
    this.observers.add(heard);
    return {
      cancel: () => {
        this.observers.delete(heard);
        return Promise.resolve();
      },
    };
  }

  private tell(changes: Changes): void {
    for (const heard of [...this.observers]) heard(changes);
  }

  private async begin(): Promise<Engine> {
    const start = ++this.starts;
    const isThis = () => start === this.starts;
    this.memory = 0;
    const engine = await this.lasting.start({
      ended: () => {
        if (isThis()) this.died();
      },
      memory: (bytes) => {
        this.memory = bytes;
        if (isThis()) this.weigh();
      },
    });
    if (!isThis()) {
      engine.terminate();
      throw new WorkerEnded();
    }
    this.running = engine;
    // What the account needs as soon as it is open is no reason to open it again.
    this.limit = Math.max(this.limit, 2 * this.memory);
    await engine.core.observe((changes) => this.tell(changes));
    for (const [called, given] of this.said.values()) {
      await (engine.core as unknown as Anything)[called]?.(...given);
    }
    return engine;
  }

  /** The worker is none of this core's any more. */
  private part(): void {
    this.running = undefined;
    this.starts++;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Goes on in another worker. */
  private goOn(engine = this.begin()): void {
    this.waits(engine);
    const isThis = () => engine === this.engine;
    engine.then(
      () => this.tell(EVERYTHING),
      (error: unknown) => isThis() && this.lasting.onLost(error),
    );
  }

  private waits(engine: Promise<Engine>): void {
    this.engine = engine;
    // Whoever asks hears why there is none.
    engine.catch(() => {});
  }

  private died(): void {
    const engine = this.running;
    if (engine === undefined) return;
    this.part();
    engine.broken();
    engine.terminate();
    const now = performance.now();
    this.deaths = [...this.deaths.filter((at) => now - at < MINUTE), now];
    if (!this.lasting.stays || this.deaths.length > MOST_DEATHS) {
      this.waits(Promise.reject(new WorkerEnded()));
      this.lasting.onLost(new WorkerEnded());
      return;
    }
    this.goOn();
    this.lasting.onMishap();
  }

  /** Replaces a worker that has grown too large, as soon as nobody waits for it. */
  private weigh(): void {
    if (!this.lasting.stays || this.memory <= this.limit) return;
    const quiet = this.lasting.quiet ?? QUIET;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const engine = this.running;
      if (engine === undefined) return;
      if (!engine.rests() || performance.now() - this.asked < quiet) {
        this.weigh();
      } else if (this.memory > this.limit) {
        this.part();
        this.goOn(this.replaced(engine));
      }
    }, quiet);
  }

  private async replaced(engine: Engine): Promise<Engine> {
    await engine.core.leave().catch(() => {});
    engine.broken();
    engine.terminate();
    return this.begin();
  }
}
