import { useCore } from "../core/use_core";
import { textsNotFinished, useUnfinishedTexts } from "../parts/unfinished";
import { link } from "./routes";
import { standingInWords } from "./standing";

/** How syncing stands, in a line on each page. */
export function StateBanner() {
  const state = useCore(
    async (core) => ({
      sync: await core.syncState(),
      refused: await core.quarantined(),
      unsent: await core.unsent(),
    }),
    ["sync", "status", "documents", "drafts", "quarantine"],
  );
  useUnfinishedTexts();
  if (!state.value) {
    return null;
  }
  const { sync, refused, unsent } = state.value;
  const { words, warns } = standingInWords(sync, refused.length, textsNotFinished(unsent.drafts));
  return (
    <p class={`desk-state${warns ? " desk-state--warn" : ""}`} role="status">
      {words} <a href={link("/sync")}>More about syncing</a>
    </p>
  );
}
