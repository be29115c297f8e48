import { useEffect, useState } from "preact/hooks";

// Texts in open forms and those that could not be kept, which are nowhere but on this page.
const open = new Set<object>();
const watching = new Set<() => void>();

/** Those of them that are typed into texts of documents, of which the core may have drafts. */
const typed = new Set<object>();

/** How many texts stand in open forms or could not be kept. */
export function unfinishedTexts(): number {
  return open.size;
}

/** How many of them are gone when the window goes: all that nobody keeps. */
export function textsToLose(): number {
  const kept = [...halfWritten.values()].filter(({ isKept }) => isKept).length;
  return open.size - kept;
}

/**
 * How many texts are not finished, with so many drafts in the core: a text of a document that could
 * not be kept as it stands is one of these as it stood before, and counts once.
 */
export function textsNotFinished(drafts: number): number {
  return open.size - typed.size + Math.max(typed.size, drafts);
}

/** Counts a text among those until what is returned is called. */
export function markUnfinished(isOfDocument = false): () => void {
  const mark = {};
  open.add(mark);
  if (isOfDocument) typed.add(mark);
  told();
  return () => {
    typed.delete(mark);
    if (open.delete(mark)) told();
  };
}

/** How many there are, for what shows it. */
export function useUnfinishedTexts(): number {
  const [count, setCount] = useState(open.size);
  useEffect(() => {
    const hear = () => setCount(open.size);
    watching.add(hear);
    hear();
    return () => {
      watching.delete(hear);
    };
  }, []);
  return count;
}

function told(): void {
  for (const hear of [...watching]) hear();
}

/** Has the browser ask before the window goes away with texts, or with something else that is lost. */
export function useAskBeforeLeaving(loses = false): void {
  useEffect(() => {
    const ask = (event: Event) => {
      if (loses || textsToLose() > 0) event.preventDefault();
    };
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [loses]);
}

interface HalfWritten {
  said: object;
  /** What was typed of it. */
  words: readonly string[];
  /** Whether it outlives the page as it stands. */
  isKept: boolean;
  /** By which it is known to have been sent before what keeps it has heard of that. */
  id: string;
  unmark(): void;
}

const newId = () => crypto.getRandomValues(new Uint32Array(2)).join("-");

const SENT = "enhance-sent";

/**
 * What was sent a moment ago and may still be among what is kept, by ids that say nothing. It is
 * noted at once, where keeping takes its time: a page that is loaded meanwhile brings none of it.
 */
const sent = {
  ids: (): readonly string[] => globalThis.sessionStorage?.getItem(SENT)?.split(" ") ?? [],
  add(id: string): void {
    globalThis.sessionStorage?.setItem(SENT, [...this.ids(), id].join(" "));
  },
  forget(): void {
    globalThis.sessionStorage?.removeItem(SENT);
  },
};

// By their place: what was written in forms and not sent, whatever page is shown meanwhile.
const halfWritten = new Map<string, HalfWritten>();

/** What keeps a text in the place of the one before, so that it outlives the page. */
export type Keeper = (text: string) => Promise<void>;

let keeper: Keeper | undefined;
let isChanged = false;
let keeping: Promise<void> | undefined;

/**
 * Has what is half written outlive the page from now on, and brings back what did.
 *
 * On one's own device alone. On a shared computer it could not be told who is there after a reload:
 * the account itself is gone by then. And every place that outlives a reload there, the storage of
 * a session and the name of a window among them, is written to the browser's files, from which
 * nothing is to be had: so the browser asks before it goes, and it goes with the page.
 */
export function keepBegun(by: Keeper, before: string | undefined): void {
  // A program that was started again finds the page as it left it.
  if (keeper) return;
  keeper = by;
  for (const [place, said, words, id] of readBegun(before)) {
    if (halfWritten.has(place) || sent.ids().includes(id)) continue;
    halfWritten.set(place, { said, words, id, isKept: true, unmark: markUnfinished() });
  }
}

/** Leaves what is kept to another page, or to nobody. */
export function leaveBegun(): void {
  keeper = undefined;
  for (const { unmark } of halfWritten.values()) unmark();
  halfWritten.clear();
}

type Written = readonly [place: string, said: object, words: readonly string[], id: string];

function readBegun(text: string | undefined): readonly Written[] {
  try {
    return text === undefined ? [] : (JSON.parse(text) as readonly Written[]);
  } catch {
    return [];
  }
}

/** Keeps what is half written as it is now, once no more of it changes meanwhile. */
export function keepNow(): Promise<void> {
  isChanged = true;
  keeping ??= keepAll().finally(() => {
    keeping = undefined;
  });
  return keeping;
}

async function keepAll(): Promise<void> {
  while (isChanged && keeper) {
    isChanged = false;
    const now = [...halfWritten];
    const written = now.map(([place, { said, words, id }]): Written => [place, said, words, id]);
    try {
      await keeper(JSON.stringify(written));
      for (const [, one] of now) one.isKept = true;
      if (!isChanged) sent.forget();
    } catch {
      // It stays in this window alone, and the browser asks before that goes.
    }
  }
}

/** Whether something was begun at a place and not sent. */
export function isBegun(place: string): boolean {
  return halfWritten.has(place);
}

/** What stands in the form of a place that was begun and not sent. */
export function begunAt(place: string): object | undefined {
  return halfWritten.get(place)?.said;
}

/** Forgets what was begun at a place, or anywhere: it was sent, or is wanted no more. */
export function forgetBegun(place?: string): void {
  for (const at of place === undefined ? [...halfWritten.keys()] : [place]) {
    const one = halfWritten.get(at);
    one?.unmark();
    if (one && keeper) sent.add(one.id);
    halfWritten.delete(at);
  }
  void keepNow();
}

function keep(place: string, said: object, words: readonly unknown[]): void {
  const before = halfWritten.get(place);
  const [id, unmark] = before ? [before.id, before.unmark] : [newId(), markUnfinished()];
  const isText = (one: unknown): one is string => typeof one === "string" && one.trim() !== "";
  // Another object each time: what is being kept meanwhile is the one before.
  halfWritten.set(place, { said, unmark, id, words: words.filter(isText), isKept: false });
  void keepNow();
}

/** What was typed into forms and not sent, form by form. */
export function halfWrittenWords(): readonly (readonly string[])[] {
  return [...halfWritten.values()].map(({ words }) => words).filter((words) => words.length > 0);
}

/** Whether a field says something else than at first. */
function differs(now: unknown, before: unknown): boolean {
  if (typeof now !== "string") return false;
  return typeof before !== "string" || now.trim() !== before.trim();
}

/** A form that keeps what stands in it. */
export interface BegunForm<T> {
  readonly said: T;
  /** Has fields say something else. */
  say(change: Partial<T>): void;
  /** What stands in it was sent, or is wanted no more; what it says from then on. */
  end(next?: T): void;
}

/**
 * What stands in a form, kept while the desk is open, and on one's own device over that, until it is
 * sent or given up: once there is something in one of its fields of words, all of it. `before` is
 * what the form says at first. What it says is plain data: it is written down as such.
 */
export function useBegun<T extends object>(
  place: string,
  before: T,
  words: readonly (keyof T)[],
): BegunForm<T> {
  const [said, setSaid] = useState<T>(() => ({ ...before, ...begunAt(place) }));
  const say = (change: Partial<T>) => {
    const now = { ...said, ...change };
    if (words.some((field) => differs(now[field], before[field]))) {
      keep(
        place,
        now,
        words.map((field) => now[field]),
      );
    } else {
      forgetBegun(place);
    }
    setSaid(now);
  };
  const end = (next = before) => {
    forgetBegun(place);
    setSaid(next);
  };
  return { said, say, end };
}

const THE_WORDS = ["words"] as const;

/**
 * Words of a form, kept while the desk is open until they are sent or given up. `before` is what the
 * form says at first.
 */
export function useWords(place: string, before = "") {
  const { said, say } = useBegun(place, { words: before }, THE_WORDS);
  return [said.words, (words: string) => say({ words })] as const;
}
