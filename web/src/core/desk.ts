import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Changes, LearningCore } from "./api";

/** Where what a person writes is kept in this browser. */
export type Keeping = "memory" | "thisDevice";

/** A core that is open, and how the page hears from it. */
export interface Desk {
  core: LearningCore;
  keeping: Keeping;
  /** Tells of each change until what is returned is called. */
  observe(heard: (changes: Changes) => void): () => void;
  /** Tells if the core is gone, and why: what is asked then has no answer. */
  onDeath(died: (error: unknown) => void): () => void;
  /** Tells if the worker has died and another one goes on from what is stored. */
  onMishap(heard: () => void): () => void;
  /** Another tab wants to go on in the place of this one. */
  onAsked(act: () => void): void;
  /** Exchanges with the server now, until nothing waits on either side. */
  sync(): Promise<void>;
  /** Lets go of everything and ends the worker. */
  close(): Promise<void>;
}

export const DeskContext = createContext<Desk | undefined>(undefined);

/** The desk at which a page is shown. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) {
    throw new Error("a page is shown before the core is open");
  }
  return desk;
}
