import type { SyncState } from "../core/api";
import { withoutIds } from "../core/fault";
import { counted } from "../parts/time";
import { wayOn } from "../parts/way_on";

/** How syncing stands, in words. It says "stored" of nothing that the server does not have. */
export function standingInWords(sync: SyncState, refused: number, unkept = 0) {
  const { waitingDocuments, heldDocuments } = sync;
  const parts = [];
  const help = wayOn(sync.lastError?.fault);
  if (!sync.online) {
    parts.push(help || "You are offline. What you write is saved here and sent later.");
  }
  if (waitingDocuments > 0) {
    parts.push(`${counted(waitingDocuments, "document")} with work not yet sent.`);
  } else if (sync.syncing) {
    parts.push("Syncing…");
  } else if (sync.lastSuccess && sync.online && !sync.lastError) {
    const isAll = heldDocuments + refused + unkept === 0;
    parts.push(`Everything ${isAll ? "" : "else "}is stored on the server.`);
  } else if (!sync.lastSuccess) {
    parts.push("Not synced yet.");
  }
  if (sync.lastError?.code === "sign_in_needed") {
    parts.push("This desk was signed out from another of your devices: nothing more is sent.");
  } else if (sync.lastError && sync.online) {
    parts.push(`The last attempt failed: ${withoutIds(sync.lastError.reason)}. ${help}`.trim());
  }
  if (unkept > 0) {
    parts.push(`${counted(unkept, "text")} not finished, or not kept yet.`);
  }
  if (heldDocuments > 0) {
    parts.push(`${counted(heldDocuments, "document")} too large to send.`);
  }
  if (refused > 0) {
    parts.push(`${counted(refused, "piece")} of your work refused by the server.`);
  }
  const warns = !sync.online || heldDocuments + refused > 0 || Boolean(sync.lastError);
  return { words: parts.join(" "), warns };
}
