import { useEffect, useRef, useState } from "preact/hooks";
import type { Changes, LearningCore, Topic } from "../../core/api";
import { useDesk } from "../../core/desk";
import { type Fault, faultOf } from "../../core/fault";
import { sharing } from "./sharing";

/** What was asked of the core, as far as it was answered. */
export interface Calm<T> {
  readonly value: T | undefined;
  readonly fault: Fault | undefined;
}

/** Between an answer and the next question is so much time at least, in milliseconds. */
const APART = 400;

/** After a change the texts that are being typed go first: so long, in milliseconds. */
const BEHIND = 100;

/** After a key nothing large is asked for so long, in milliseconds, but for what waited longest. */
const AFTER_KEY = 600;
const LONGEST = 3000;

let lastKey = Number.NEGATIVE_INFINITY;
if (typeof document !== "undefined") {
  document.addEventListener("input", () => {
    lastKey = performance.now();
  });
}

/** What was asked last. One large question at a time leaves room for the small ones between. */
let turn: Promise<void> = Promise.resolve();

/**
 * Asks the core for something large, and again after changes: at once after one, and of many in a
 * row once for a while, so that nothing large is read for one key. An answer keeps what is as it
 * was before, part by part, and stays until the next. Nothing is asked while `query` is undefined.
 */
export function useCalm<T>(
  query: ((core: LearningCore) => Promise<T>) | undefined,
  topics: readonly Topic[],
  keys: readonly unknown[],
): Calm<T> {
  const desk = useDesk();
  const [answer, setAnswer] = useState<Calm<T>>({ value: undefined, fault: undefined });
  const latest = useRef({ query, topics });
  latest.current = { query, topics };
  useEffect(() => {
    let isEnded = false;
    const ask = async () => {
      try {
        const found = isEnded ? undefined : await latest.current.query?.(desk.core);
        if (isEnded || found === undefined) return;
        setAnswer(({ value }) => ({ value: sharing(value, found), fault: undefined }));
      } catch (error) {
        if (!isEnded) setAnswer(({ value }) => ({ value, fault: faultOf(error) }));
      }
    };
    const calm = calmly(() => {
      turn = turn.then(ask);
      return turn;
    });
    calm.soon(0);
    const stop = desk.observe((changes) => {
      if (isAbout(changes, latest.current.topics)) calm.soon();
    });
    return () => {
      isEnded = true;
      stop();
      calm.stop();
    };
  }, [desk, query === undefined, ...keys]);
  return answer;
}

function isAbout({ topics }: Changes, wanted: readonly Topic[]): boolean {
  return topics.some(({ topic }) => wanted.includes(topic));
}

/** Does something soon, one at a time, never often, and not between two keys. */
function calmly(act: () => Promise<void>) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isBusy = false;
  let isAgain = false;
  let asked = 0;
  let behind = 0;
  let done = Number.NEGATIVE_INFINITY;
  const run = async () => {
    const now = performance.now();
    if (now < Math.min(lastKey + AFTER_KEY, asked + LONGEST)) return wait();
    timer = undefined;
    isBusy = true;
    await act();
    isBusy = false;
    done = performance.now();
    if (isAgain) soon();
    isAgain = false;
  };
  const wait = () => {
    const afterKey = Math.min(lastKey + AFTER_KEY, asked + LONGEST);
    const earliest = Math.max(done + APART, asked + behind, afterKey);
    timer = setTimeout(() => void run(), Math.max(0, earliest - performance.now()));
  };
  const soon = (after = BEHIND) => {
    if (isBusy) {
      isAgain = true;
    } else if (timer === undefined) {
      asked = performance.now();
      behind = after;
      wait();
    }
  };
  return { soon, stop: () => clearTimeout(timer) };
}
