// The page's side of a call: what is asked, what comes back, and what is heard meanwhile.
import type { TypingState } from "../api.js";
import { CoreError, unexpected, WorkerEnded } from "./error.js";
import type { Hears, Opening, Port, ToPage, ToWorker } from "./messages.js";
import { METHODS } from "./schema.js";
import { codec, type Method, Reader, Writer } from "./wire.js";

/** How a call is ended and followed: see `Waiting` and `WaitingWithProgress`. */
interface Options {
  readonly signal?: AbortSignal;
  readonly progress?: (progress: unknown) => void;
}

type Ear = (bytes: Reader) => void;

interface Waits {
  readonly done: (bytes: Uint8Array) => void;
  readonly failed: (error: CoreError) => void;
}

/** What the first byte of an answer says. */
const FAILED = 1;

/** Asks the core, and hears what it tells. */
export class Calls {
  private last = 0;
  private readonly waiting = new Map<number, Waits>();
  private readonly ears = new Map<number, Ear>();
  private isOver = false;

  constructor(
    private readonly port: Port,
    private readonly hears?: Hears,
  ) {
    port.addEventListener("message", ({ data }: MessageEvent<ToPage>) => this.hear(data));
  }

  /** Opens the account: the key with which it can be opened again, if that is a new one. */
  async open(opening: Opening): Promise<Uint8Array | null> {
    const answer = await this.ask(++this.last, { ask: this.last, opening });
    return result(answer, "Bytes?") as Uint8Array | null;
  }

  /** An object of the core whose methods these are; the core itself is number 0. */
  object(name: string, held = 0): object {
    const methods = Object.entries(METHODS[name] ?? {});
    return Object.fromEntries(
      methods.map(([called, method]) => [
        called,
        (...given: unknown[]) => this.call(held, method, given),
      ]),
    );
  }

  /** Whether every call has its answer. */
  get rests(): boolean {
    return this.waiting.size === 0;
  }

  /** Asks the worker to end once it has done what it was asked so far. */
  end(): void {
    this.send({ end: true });
  }

  /** Every call that waits is answered so, and every later one: the worker is no more. */
  broken(): void {
    this.isOver = true;
    for (const { failed } of this.waiting.values()) failed(new WorkerEnded());
    this.waiting.clear();
  }

  private async call(held: number, method: Method, given: unknown[]): Promise<unknown> {
    const { takes, gives, name } = method;
    const said = takes.filter(([type]) => !OF_OPTIONS.includes(type)).length;
    const options = (given[said] ?? {}) as Options;
    const ask = ++this.last;
    try {
      const bytes = this.written(ask, takes, given, options);
      const answer = await this.ask(ask, { ask, on: held, method: name, bytes }, options.signal);
      if (gives !== null && gives in METHODS) {
        return this.object(gives, result(answer, "Int32") as number);
      }
      const outcome = result(answer, gives);
      if (isEnd(name, gives, outcome)) this.send({ release: held });
      return outcome;
    } catch (error) {
      throw error instanceof CoreError ? error : unexpected("passing on what was asked", error);
    } finally {
      if (options.progress !== undefined) this.ears.delete(ask);
    }
  }

  /** The arguments. What is listened with crosses as the number of the call. */
  private written(
    ask: number,
    takes: Method["takes"],
    given: unknown[],
    options: Options,
  ): Uint8Array {
    const to = new Writer();
    let next = 0;
    for (const [type, otherwise] of takes) {
      if (type === "Cancellation") continue;
      const value = (OF_OPTIONS.includes(type) ? options.progress : given[next++]) ?? otherwise;
      const heard = HEARD[type];
      if (heard === undefined) {
        codec(type).write(to, value);
      } else if (value === null || value === undefined) {
        to.int(0);
      } else {
        const ear = value as (what: unknown) => void;
        this.ears.set(ask, (bytes) => ear(codec(heard).read(bytes)));
        to.int(ask);
      }
    }
    return to.written();
  }

  private async ask(ask: number, message: ToWorker, signal?: AbortSignal): Promise<Uint8Array> {
    if (this.isOver) throw new WorkerEnded();
    const answer = new Promise<Uint8Array>((done, failed) => {
      this.waiting.set(ask, { done, failed });
    });
    this.send(message);
    if (signal === undefined) return answer;
    const cancel = (): void => this.send({ cancel: ask });
    if (signal.aborted) cancel();
    signal.addEventListener("abort", cancel);
    try {
      return await answer;
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  }

  private send(message: ToWorker): void {
    this.port.postMessage(message, "bytes" in message ? [message.bytes.buffer as ArrayBuffer] : []);
  }

  private hear(message: ToPage): void {
    if ("heard" in message) {
      this.ears.get(message.heard)?.(new Reader(message.bytes));
      return;
    }
    if ("memory" in message) {
      this.hears?.memory(message.memory);
      return;
    }
    if ("ended" in message) {
      this.hears?.ended();
      return;
    }
    const waits = this.waiting.get(message.ask);
    this.waiting.delete(message.ask);
    if ("bytes" in message) waits?.done(message.bytes);
    else waits?.failed(unexpected("working in the background", message.broken));
  }
}

/** Arguments that a page says as options. */
const OF_OPTIONS = ["Cancellation", "ProgressListener?"];

/** What is heard with a listener. */
const HEARD: Record<string, string> = { "ProgressListener?": "SyncProgress", Observer: "Changes" };

function result(answer: Uint8Array, type: string | null): unknown {
  const from = new Reader(answer);
  if (from.byte() === FAILED) throw codec("CoreError").read(from);
  return type === null ? undefined : codec(type).read(from);
}

/** Whether an object is needed no more after this: then the worker need not hold it. */
function isEnd(name: string, gives: string | null, given: unknown): boolean {
  if (gives === "TypingState") return (given as TypingState).closed;
  return name === "cancel" || name === "stop";
}
