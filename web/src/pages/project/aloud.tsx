import { type ComponentChildren, createContext } from "preact";
import { useContext, useMemo, useState } from "preact/hooks";
import type { ItemId } from "../../core/api";
import type { ItemNoun } from "./declared";

/** A thing that was taken back a moment ago. */
export interface TakenAway {
  readonly noun: ItemNoun;
  readonly id: ItemId;
  readonly title: string;
  /** The id of the element beside which that is undone. */
  readonly beside: string;
}

interface Deeds {
  /** Says to who does not see it what was done. */
  say(words: string): void;
  /** What was taken back last, or that it is back. */
  took(taken: TakenAway | undefined): void;
}

const DeedsContext = createContext<Deeds>({ say: () => {}, took: () => {} });
const TakenContext = createContext<TakenAway | undefined>(undefined);

/** Milliseconds without words, so that the same words said again are read out again. */
const SILENCE = 50;

/** Around a page on which things are moved and taken back: what was done is read out. */
export function WithDeeds({ children }: { children: ComponentChildren }) {
  const [words, setWords] = useState("");
  const [taken, took] = useState<TakenAway>();
  const deeds = useMemo(() => {
    const say = (said: string) => {
      setWords("");
      setTimeout(() => setWords(said), SILENCE);
    };
    return { say, took };
  }, []);
  return (
    <DeedsContext.Provider value={deeds}>
      <TakenContext.Provider value={taken}>
        {children}
        <p class="nhsuk-u-visually-hidden" role="status" data-deeds>
          {words}
        </p>
      </TakenContext.Provider>
    </DeedsContext.Provider>
  );
}

export function useDeeds(): Deeds {
  return useContext(DeedsContext);
}

/** What was taken back last, if that was beside an element. */
export function useTakenBeside(id: string): TakenAway | undefined {
  const taken = useContext(TakenContext);
  return taken?.beside === id ? taken : undefined;
}
