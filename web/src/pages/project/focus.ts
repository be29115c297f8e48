/** Where the focus goes when what had it moves or goes away. */

import type { ItemNoun } from "./declared";

/** Milliseconds between two looks at whether the page shows something, and looks at most. */
const LOOK = 50;
const LOOKS = 40;

/** Does something as soon as the page shows what it is to follow, or when that takes too long. */
export function onceSo(isSo: () => boolean, act: () => void, looks = LOOKS): void {
  if (isSo() || looks === 0) act();
  else setTimeout(() => onceSo(isSo, act, looks - 1), LOOK);
}

/** Brings the focus to the first field of an element as soon as it is on the page. */
export function focusLater(id: string): void {
  const field = () =>
    document.getElementById(id)?.querySelector<HTMLElement>("textarea, input, select");
  onceSo(
    () => field() !== undefined && field() !== null,
    () => field()?.focus(),
  );
}

/** Brings the focus to an element, or to where it begins, unless somebody has gone elsewhere. */
export function focusOn(element: Element | null | undefined): void {
  if (!isFocusLost(element)) return;
  const first = "[tabindex='-1'], textarea, input, select, button";
  const target = element?.matches("button, select") ? element : element?.querySelector(first);
  if (target instanceof HTMLElement) target.focus();
}

/** Whether nothing has the focus, or something in what it is to be brought to. */
function isFocusLost(element: Element | null | undefined): boolean {
  const focused = document.activeElement;
  return focused === null || focused === document.body || element?.contains(focused) === true;
}

/** What marks a thing on the page, so that those beside it are found. */
export function thing(noun: ItemNoun) {
  return { "data-thing": noun };
}

/** What marks the button that adds a thing. */
export function addName(noun: ItemNoun): string {
  return `add ${noun}`;
}

/** The thing after another of its kind, else the one before it, else what adds the next. */
export function neighbourOf(noun: ItemNoun, id: string): Element | undefined {
  const own = document.getElementById(id);
  const around = own?.parentElement?.closest("[data-thing], section");
  if (!own || !around) return undefined;
  const all = [...around.querySelectorAll(`[data-thing="${noun}"]`)];
  const at = all.indexOf(own);
  const adding = [...around.querySelectorAll(`[name="${addName(noun)}"]`)].at(-1);
  return all[at + 1] ?? all[at - 1] ?? adding;
}
