// What is left in the folder of a browser.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The files of a folder, below each other included. */
function files(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const whole = entries.filter((entry) => entry.isFile());
  return whole.map((entry) => join(entry.parentPath, entry.name));
}

/** Where any of these words stand, in UTF-8 or UTF-16, in the files of a folder. */
export function traces(folder: string, words: readonly string[]): string[] {
  return words.flatMap((word) => {
    const forms = [Buffer.from(word), Buffer.from(word, "utf16le")];
    return files(folder).flatMap((file) => {
      const bytes = bytesOf(file);
      return forms.some((form) => bytes.includes(form)) ? [`${word} in ${file}`] : [];
    });
  });
}

/** The bytes of a file; none if the browser has removed it by now. */
function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}
