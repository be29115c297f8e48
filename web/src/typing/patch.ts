/**
 * Changes of a text as one replaced stretch, and what becomes of places and of other changes beside
 * them. Places are counted in UTF-16 code units, as the browser counts them.
 */

/** One stretch of a text that was replaced by another. */
export interface Patch {
  /** Where it begins, in the text before. */
  readonly at: number;
  /** What was there. */
  readonly removed: string;
  /** What is there instead. */
  readonly inserted: string;
}

/** What is selected in a field. */
export interface Selection {
  readonly start: number;
  readonly end: number;
}

/** Pairs of words that are compared at most; with more of them the texts are other texts. */
const MOST_COMPARED = 250_000;

/** The smallest patch that makes one text of another; undefined if they are the same. */
export function difference(before: string, after: string): Patch | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  if (splitsCharacter(before, start) || splitsCharacter(after, start)) start -= 1;
  let behind = 0;
  const most = shorter - start;
  while (behind < most && fromEnd(before, behind) === fromEnd(after, behind)) behind += 1;
  const isSplit =
    splitsCharacter(before, before.length - behind) ||
    splitsCharacter(after, after.length - behind);
  if (isSplit) behind -= 1;
  return {
    at: start,
    removed: before.slice(start, before.length - behind),
    inserted: after.slice(start, after.length - behind),
  };
}

/**
 * The patches that make one text of another, word by word, each of the text that those before it
 * made. Where more than one person wrote, or one in several places, one patch would replace all
 * that lies between.
 */
export function differences(before: string, after: string): readonly Patch[] {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  const start = common(old, now, 0, (words, index) => words[index]);
  const end = common(old, now, start, (words, index) => words[words.length - 1 - index]);
  const [oldWords, newWords] = [
    old.slice(start, old.length - end),
    now.slice(start, now.length - end),
  ];
  if (oldWords.length * newWords.length > MOST_COMPARED) {
    const whole = difference(before, after);
    return whole === undefined ? [] : [whole];
  }
  let at = old.slice(0, start).join("").length;
  const patches: Patch[] = [];
  for (const [removed, inserted, kept] of stretches(oldWords, newWords)) {
    const patch = difference(removed, inserted);
    if (patch !== undefined) patches.push({ ...patch, at: at + patch.at });
    at += inserted.length + kept.length;
  }
  return patches;
}

/** The text with a patch in it. */
export function applied(text: string, { at, removed, inserted }: Patch): string {
  return text.slice(0, at) + inserted + text.slice(at + removed.length);
}

/** What takes a patch back. */
export function inverse({ at, removed, inserted }: Patch): Patch {
  return { at, removed: inserted, inserted: removed };
}

/**
 * Where a place of the text before is in the text after. A place inside what was replaced stays
 * inside what stands there now. At an insertion it stays before it, unless it `sticksBehind`.
 */
export function moved(place: number, patch: Patch, sticksBehind = false): number {
  const end = patch.at + patch.removed.length;
  const grown = patch.inserted.length - patch.removed.length;
  if (place < patch.at || (place === patch.at && !sticksBehind)) return place;
  if (place >= end) return place + grown;
  return Math.min(place, patch.at + patch.inserted.length);
}

/** A selection in the text after a patch. One that is only a caret stays one. */
export function movedSelection({ start, end }: Selection, patch: Patch): Selection {
  if (start === end) {
    const caret = moved(start, patch);
    return { start: caret, end: caret };
  }
  // What others write at the edges of a selection is not part of it.
  const first = moved(start, patch, true);
  return { start: first, end: Math.max(first, moved(end, patch)) };
}

/**
 * A patch of a text as one of the same text in which another patch was made meanwhile. What the
 * other one took out already is not taken out twice; what it put there stays. `now` is the text
 * with the other patch in it.
 */
export function rebased(patch: Patch, over: Patch, now: string): Patch {
  const [start, end] = [patch.at, patch.at + patch.removed.length];
  const [from, to] = [over.at, over.at + over.removed.length];
  const grown = over.inserted.length - over.removed.length;
  const behind = from + over.inserted.length;
  const replacing = (at: number, until: number, inserted = patch.inserted): Patch => ({
    at,
    removed: now.slice(at, until),
    inserted,
  });
  if (end <= from) return patch;
  if (start >= to) return replacing(start + grown, end + grown);
  if (start >= from && end <= to) return replacing(behind, behind);
  if (start <= from && end >= to) {
    return replacing(start, end + grown, patch.inserted + over.inserted);
  }
  return start < from ? replacing(start, from) : replacing(behind, end + grown);
}

/** A patch of one text as one of another that it became. See `rebased`. */
export function rebasedInto(patch: Patch, before: string, after: string): Patch {
  return rebasedOver(patch, differences(before, after), before);
}

/** A selection of one text in another that it became. */
export function selectionInto(selection: Selection, before: string, after: string): Selection {
  return differences(before, after).reduce(movedSelection, selection);
}

/**
 * What was typed on one text, done on a newer one: `base` is the text it was typed on, `typed` what
 * the field said after it.
 */
export function carried(base: string, typed: string, newer: string): string {
  if (typed === newer) return newer;
  const theirs = differences(base, newer);
  let grown = 0;
  const own = differences(base, typed).map((patch) => {
    const ofBase = { ...patch, at: patch.at - grown };
    grown += patch.inserted.length - patch.removed.length;
    return ofBase;
  });
  // From the last one on, so that those before it stay where they are.
  return own.reduceRight((text, patch) => applied(text, rebasedOver(patch, theirs, base)), newer);
}

function rebasedOver(patch: Patch, changes: readonly Patch[], before: string): Patch {
  let [moving, text] = [patch, before];
  for (const over of changes) {
    text = applied(text, over);
    moving = rebased(moving, over, text);
  }
  return moving;
}

/** So many Unicode characters of the text lie before this place, as the core counts ranges. */
export function charactersBefore(text: string, place: number): number {
  let characters = 0;
  for (let at = 0; at < Math.min(place, text.length); characters += 1) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return characters;
}

/** Where in the text the Unicode character with this number begins. */
export function placeOfCharacter(text: string, character: number): number {
  let at = 0;
  for (let passed = 0; passed < character && at < text.length; passed += 1) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return at;
}

/** Whether a place lies between the two halves of a character. */
function splitsCharacter(text: string, place: number): boolean {
  if (place <= 0 || place >= text.length) return false;
  const [before, behind] = [text.charCodeAt(place - 1), text.charCodeAt(place)];
  return before >= 0xd800 && before < 0xdc00 && behind >= 0xdc00 && behind < 0xe000;
}

function fromEnd(text: string, behind: number): number {
  return text.charCodeAt(text.length - 1 - behind);
}

/** A text as words and the spaces between them. */
function wordsOf(text: string): readonly string[] {
  return text.match(/\s|[^\s]+/g) ?? [];
}

/** How many words two texts have in common on one side, without those counted on the other. */
function common(
  old: readonly string[],
  now: readonly string[],
  counted: number,
  word: (words: readonly string[], index: number) => string | undefined,
): number {
  const most = Math.min(old.length, now.length) - counted;
  let index = 0;
  while (index < most && word(old, index) === word(now, index)) index += 1;
  return index;
}

/** What was removed, what was inserted for it, and what follows in both, until the end. */
function stretches(
  old: readonly string[],
  now: readonly string[],
): readonly (readonly [string, string, string])[] {
  const found: [string, string, string][] = [];
  let stretch: [string, string, string] = ["", "", ""];
  let [i, j] = [0, 0];
  const longest = longestCommon(old, now);
  const left = (from: number, to: number) => longest[from * (now.length + 1) + to] ?? 0;
  while (i < old.length || j < now.length) {
    const [out, into] = [old[i] ?? "", now[j] ?? ""];
    if (i < old.length && j < now.length && out === into) {
      stretch[2] += out;
      [i, j] = [i + 1, j + 1];
      continue;
    }
    if (stretch[2] !== "") {
      found.push(stretch);
      stretch = ["", "", ""];
    }
    if (j >= now.length || (i < old.length && left(i + 1, j) >= left(i, j + 1))) {
      stretch[0] += out;
      i += 1;
    } else {
      stretch[1] += into;
      j += 1;
    }
  }
  found.push(stretch);
  return found;
}

/** How many words are in common from each pair of places on, row by row. */
function longestCommon(old: readonly string[], now: readonly string[]): Uint32Array {
  const width = now.length + 1;
  const table = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const [below, beside] = [table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0];
      const both = old[i] === now[j] ? 1 + (table[(i + 1) * width + j + 1] ?? 0) : 0;
      table[i * width + j] = Math.max(below, beside, both);
    }
  }
  return table;
}
