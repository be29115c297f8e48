import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Account } from "../core/api";

export const AccountContext = createContext<Account | undefined>(undefined);
export const EndContext = createContext<(words: string) => void>(() => {});

/** Whose desk it is. */
export function useAccount(): Account {
  const account = useContext(AccountContext);
  if (!account) {
    throw new Error("a page is shown to nobody");
  }
  return account;
}

/** Ends the desk, saying what became of it. */
export function useEnd(): (words: string) => void {
  return useContext(EndContext);
}
