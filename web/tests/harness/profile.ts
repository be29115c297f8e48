// What is left in the folder of a browser.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The files of a folder, below each other included. */
function files(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const whole = entries.filter((entry) => entry.isFile());
  return whole.map((entry) => join(entry.parentPath, entry.name));
}

/** Where any of these words stand, in UTF-8 or UTF-16, as files of the folder. */
export function traces(folder: string, words: readonly string[]): string[] {
  const sought = words.flatMap((word) => [Buffer.from(word), Buffer.from(word, "utf16le")]);
  return files(folder).filter((file) => {
    let bytes: Buffer;
    try {
      bytes = readFileSync(file);
    } catch {
      // The browser removed it in this moment.
      return false;
    }
    return sought.some((word) => bytes.includes(word));
  });
}
