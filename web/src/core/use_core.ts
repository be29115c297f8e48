import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Changes, DocumentId, LearningCore, Topic } from "./api";
import { useDesk } from "./desk";
import { type Fault, faultOf } from "./fault";

/** What was asked of the core, as far as it was answered. */
export interface Asked<T> {
  /** The newest answer. It stays while the core is asked again. */
  value: T | undefined;
  fault: Fault | undefined;
  again(): void;
}

/** What a query is about: some topics, of all documents or of one. */
export interface About {
  topics: readonly Topic[];
  document?: DocumentId | undefined;
}

function isAbout(changes: Changes, about: About): boolean {
  return changes.topics.some(({ topic, documents }) => {
    const { document } = about;
    const ours = !document || documents.length === 0 || documents.includes(document);
    return about.topics.includes(topic) && ours;
  });
}

/**
 * Asks the core, and asks again when it tells of a change in one of the topics. `keys` are what the
 * query depends on. While an answer is under way further changes are answered by one more question.
 */
export function useCore<T>(
  query: (core: LearningCore) => Promise<T>,
  about: About | readonly Topic[],
  keys: readonly unknown[] = [],
): Asked<T> {
  const desk = useDesk();
  const [answer, setAnswer] = useState<{ value?: T; fault?: Fault }>({});
  const latest = useRef({ query, about: asAbout(about) });
  latest.current = { query, about: asAbout(about) };
  const asking = useRef<() => void>(() => {});

  useEffect(() => {
    let ended = false;
    let busy = false;
    let pending = false;
    async function ask() {
      if (busy) {
        pending = true;
        return;
      }
      busy = true;
      do {
        pending = false;
        const found = await heard(latest.current.query(desk.core));
        if (ended) {
          return;
        }
        setAnswer((before) => ("fault" in found ? { ...before, ...found } : found));
      } while (pending);
      busy = false;
    }
    setAnswer({});
    asking.current = () => void ask();
    void ask();
    const stop = desk.observe((changes) => {
      if (isAbout(changes, latest.current.about)) {
        void ask();
      }
    });
    return () => {
      ended = true;
      stop();
    };
    // The caller names what else the query depends on.
  }, [desk, ...keys]);

  const again = useCallback(() => asking.current(), []);
  return { value: answer.value, fault: answer.fault, again };
}

function asAbout(about: About | readonly Topic[]): About {
  return "topics" in about ? about : { topics: about };
}

async function heard<T>(answer: Promise<T>): Promise<{ value: T } | { fault: Fault }> {
  try {
    return { value: await answer };
  } catch (error) {
    return { fault: faultOf(error) };
  }
}
