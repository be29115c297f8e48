import type { SyncState } from "../core/api";
import { sentence, withoutIds } from "../core/fault";
import { useCore } from "../core/use_core";

/** What stands in the place of an empty list. Until a first sync nobody knows that it is empty. */
export function Empty({ words }: { words: string }) {
  const sync = useCore((core) => core.syncState(), ["sync", "status"]);
  return <p role="status">{emptyInWords(words, sync.value)}</p>;
}

export function emptyInWords(words: string, sync: SyncState | undefined): string {
  if (sync?.lastSuccess) return words;
  if (!sync || (sync.online && !sync.lastError)) {
    return "What is on the server is still being fetched.";
  }
  const why = sync.lastError ? ` ${sentence(withoutIds(sync.lastError.reason))}` : "";
  return `What is on the server could not be fetched yet.${why} It is tried again by itself.`;
}
