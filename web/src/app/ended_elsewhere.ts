import { useEffect } from "preact/hooks";
import { useDesk } from "../core/desk";
import { signOut } from "../core/leaving";
import { useCore } from "../core/use_core";
import { unfinishedTexts } from "../parts/unfinished";

const words =
  "This desk was signed out from another of your devices. " +
  "Nothing of yours is left in this browser.";

/**
 * Ends a desk on a shared computer that its person signed out from elsewhere. Where something was
 * not sent it stays to be read: see the banner.
 */
export function useEndedElsewhere(onEnd: (words: string) => void): void {
  const desk = useDesk();
  const state = useCore(
    async (core) => ({ sync: await core.syncState(), unsent: await core.unsent() }),
    ["sync", "status", "drafts"],
  );
  const isOver = state.value?.sync.lastError?.code === "sign_in_needed";
  const isClear = state.value?.unsent.confirmation === null;
  useEffect(() => {
    if (!isOver || !isClear || desk.keeping !== "memory" || unfinishedTexts() > 0) return;
    signOut(desk).then(
      () => onEnd(words),
      () => {},
    );
  }, [desk, isOver, isClear, onEnd]);
}
