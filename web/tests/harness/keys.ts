// Walking through a page by the keyboard alone.

import type { Page } from "playwright-core";

/** So many times somebody presses Tab at most before they give up. */
const PATIENT = 150;

/** Presses Tab until what has the focus is called so. */
export async function tabsTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let pressed = 0; pressed < PATIENT; pressed++) {
    await page.keyboard.press("Tab");
    const named = await page.evaluate(nameOfFocused);
    if (typeof name === "string" ? named === name : name.test(named)) return;
    passed.push(named);
  }
  throw new Error(`Tab never came to ${name}, but to ${passed.slice(0, 40).join(" | ")}`);
}

/** Runs in the page: what a screen reader calls the element that has the focus. */
export function nameOfFocused(): string {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement)) return "";
  const labels = "labels" in focused ? (focused.labels as NodeListOf<HTMLElement> | null) : null;
  const named = focused.ariaLabel ?? labels?.[0]?.textContent ?? focused.textContent ?? "";
  return named.trim();
}
