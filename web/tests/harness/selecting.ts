/** Selecting words as a person does, with the mouse or by keyboard. */

import type { Locator } from "playwright-core";

/** Selects the first of these words in a text that is typed. */
export async function selectIn(text: Locator, words: string): Promise<void> {
  await text.evaluate((box, wanted) => {
    if (!(box instanceof HTMLTextAreaElement)) return;
    const start = box.value.indexOf(wanted);
    box.focus();
    box.setSelectionRange(start, start + wanted.length);
    box.dispatchEvent(new Event("select"));
  }, words);
}
