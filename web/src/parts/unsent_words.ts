import type { Unsent } from "../core/api";
import { counted } from "./time";

/** What would be lost with this computer, in words. */
export function unsentInWords(unsent: Unsent): string {
  const parts = [
    [unsent.documents, "document with unsent work", "documents with unsent work"],
    [unsent.drafts, "unfinished text", "unfinished texts"],
    [unsent.files, "attached file", "attached files"],
    [unsent.refused, "piece of refused work", "pieces of refused work"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([n, one, many]) => counted(n, one, many));
  return said.join(", ") || "Nothing: all your work is on the server.";
}
