// Where places in a text are after it was changed elsewhere.

/** How a text became another one: what both begin and end with, and their lengths. */
interface Change {
  readonly before: number;
  readonly behind: number;
  readonly old: number;
  readonly new: number;
}

function change(old: string, now: string): Change {
  const shorter = Math.min(old.length, now.length);
  let before = 0;
  while (before < shorter && old[before] === now[before]) before++;
  let behind = 0;
  while (behind < shorter - before && old.at(-1 - behind) === now.at(-1 - behind)) behind++;
  return { before, behind, old: old.length, new: now.length };
}

/** Where a place of `old` is in `now`, never between the two halves of a character. */
export function moved(old: string, now: string, at: number): number {
  const { before, behind } = change(old, now);
  let to = at;
  if (at > before) {
    to =
      at >= old.length - behind ? at + now.length - old.length : Math.min(at, now.length - behind);
  }
  to = Math.max(0, Math.min(to, now.length));
  return isWithinCharacter(now, to) ? to - 1 : to;
}

/** What `now` becomes where `before` was changed to `after`, and where the caret is then. */
export function changedAs(now: string, before: string, after: string): [text: string, at: number] {
  const typed = change(before, after);
  const words = after.slice(typed.before, typed.new - typed.behind);
  const from = moved(before, now, typed.before);
  const to = Math.max(from, moved(before, now, typed.old - typed.behind));
  return [now.slice(0, from) + words + now.slice(to), from + words.length];
}

/** Which of several texts has become `now` by the smallest change. */
export function nearest(now: string, texts: readonly [string, ...string[]]): string {
  const size = (text: string): number => {
    const { before, behind, old } = change(text, now);
    return old + now.length - 2 * (before + behind);
  };
  return texts.reduce((best, text) => (size(text) < size(best) ? text : best));
}

function isWithinCharacter(text: string, at: number): boolean {
  const isLow = (code: number): boolean => code >= 0xdc00 && code < 0xe000;
  const isHigh = (code: number): boolean => code >= 0xd800 && code < 0xdc00;
  return at > 0 && isLow(text.charCodeAt(at)) && isHigh(text.charCodeAt(at - 1));
}
