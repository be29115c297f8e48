/**
 * What one person typed into a field, to be taken back and done again. Setting the text of a
 * `<textarea>` empties the browser's own list, and that would take back what others wrote, too.
 */

import { applied, difference, inverse, type Patch, rebasedInto } from "./patch";

/** Keys with less time than this between them are taken back together. In milliseconds. */
const ONE_BURST = 800;

/** More steps than these are forgotten, the oldest first. */
const MOST_STEPS = 200;

interface Step {
  /** What takes it back from the text as it is once all later steps are taken back. */
  readonly back: Patch;
  readonly at: number;
}

/** The steps of one field. It is never changed: what happens makes another. */
export interface UndoList {
  /** The newest last. */
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
}

/** What a field says after a step was taken back or done again, and where the caret is then. */
export interface Undone {
  readonly list: UndoList;
  readonly text: string;
  readonly caret: number;
}

export const NOTHING_DONE: UndoList = { done: [], undone: [] };

/** The person changed the text at a moment, in milliseconds. */
export function typed(list: UndoList, before: string, after: string, at: number): UndoList {
  const patch = difference(before, after);
  if (patch === undefined) return list;
  const last = list.done.at(-1);
  const isOneBurst = last !== undefined && list.undone.length === 0 && at - last.at < ONE_BURST;
  const joined = isOneBurst ? joinedTo(last.back, patch) : undefined;
  const kept = joined === undefined ? list.done : list.done.slice(0, -1);
  const step = { back: joined ?? inverse(patch), at };
  return { done: [...kept, step].slice(-MOST_STEPS), undone: [] };
}

/** Others changed the text: every step is moved to where its words are now. */
export function arrived(list: UndoList, before: string, after: string): UndoList {
  if (before === after) return list;
  return { done: shifted(list.done, before, after), undone: shifted(list.undone, before, after) };
}

/** Takes back the newest step; undefined if there is none. */
export function undo({ done, undone }: UndoList, text: string): Undone | undefined {
  const newest = newestAlive(done, text);
  if (newest === undefined) return undefined;
  const { step, before } = newest;
  const again = { back: inverse(step.back), at: step.at };
  return { list: { done: before, undone: [...undone, again] }, ...taken(step.back, text) };
}

/** Does again what was taken back last; undefined if nothing was. */
export function redo({ done, undone }: UndoList, text: string): Undone | undefined {
  const newest = newestAlive(undone, text);
  if (newest === undefined) return undefined;
  const { step, before } = newest;
  const back = { back: inverse(step.back), at: step.at };
  return { list: { done: [...done, back], undone: before }, ...taken(step.back, text) };
}

/** The newest step that changes the text. One whose words others took out is forgotten. */
function newestAlive(steps: readonly Step[], text: string) {
  const at = steps.findLastIndex(({ back }) => applied(text, back) !== text);
  const step = steps[at];
  return step && { step, before: steps.slice(0, at) };
}

function taken(patch: Patch, text: string): { text: string; caret: number } {
  return { text: applied(text, patch), caret: patch.at + patch.inserted.length };
}

/** What takes back a patch and what was typed just before it, if the one goes on in the other. */
function joinedTo(back: Patch, next: Patch): Patch | undefined {
  const end = back.at + back.removed.length;
  const isAppended = next.at === end && next.removed === "" && !next.inserted.includes("\n");
  if (isAppended && back.removed !== "") {
    return { ...back, removed: back.removed + next.inserted };
  }
  const isBackspace = next.inserted === "" && next.at + next.removed.length === back.at;
  if (isBackspace && back.removed === "") {
    return { at: next.at, removed: "", inserted: next.removed + back.inserted };
  }
  return undefined;
}

/**
 * The steps of a text in which others changed something. The newest step is one of the text itself,
 * each before it of the text without those after it.
 */
function shifted(steps: readonly Step[], before: string, after: string): readonly Step[] {
  let [old, now] = [before, after];
  const moved: Step[] = [];
  for (const step of [...steps].reverse()) {
    const back = rebasedInto(step.back, old, now);
    moved.push({ back, at: step.at });
    old = applied(old, step.back);
    now = applied(now, back);
  }
  return moved.reverse();
}
