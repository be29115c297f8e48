// What is long to write by hand of the things in a plan and in a personal record.
import type { ItemId, ProjectEdit, RecordEdit } from "../api.js";

/** The edit of a thing of this kind. */
type EditOf<Edit, Noun> = Extract<Edit, { type: Noun; id: ItemId; edit: unknown }>["edit"];

/** What a thing says, by the names of its edits. */
type Says<Edit> = {
  readonly [Each in Edit as Each extends { type: infer Name extends string }
    ? Name
    : never]?: Each extends { value: infer Value } ? Value : never;
};

/** The kinds of things that a document has several of. */
export type ItemOf<Edit> = Edit extends {
  type: infer Noun extends string;
  id: ItemId;
  edit: unknown;
}
  ? Noun
  : never;

/** The edits that add a thing to a plan, under a fresh id and with what it says. */
export function adding<Noun extends ItemOf<ProjectEdit>>(
  noun: Noun,
  id: ItemId,
  says: Says<EditOf<ProjectEdit, Noun>>,
): ProjectEdit[] {
  return [{ type: "add", noun, id }, ...written(noun, id, says)] as ProjectEdit[];
}

/** The edits that make a thing in a plan say this; what is left out stays as it is. */
export function changing<Noun extends ItemOf<ProjectEdit>>(
  noun: Noun,
  id: ItemId,
  says: Says<EditOf<ProjectEdit, Noun>>,
): ProjectEdit[] {
  return written(noun, id, says) as ProjectEdit[];
}

/** The edits that add a thing to the personal record, under a fresh id and with what it says. */
export function recording<Noun extends ItemOf<RecordEdit>>(
  noun: Noun,
  id: ItemId,
  says: Says<EditOf<RecordEdit, Noun>>,
): RecordEdit[] {
  return [{ type: "add", noun, id }, ...written(noun, id, says)] as RecordEdit[];
}

/** The edits that make a thing in the personal record say this. */
export function correcting<Noun extends ItemOf<RecordEdit>>(
  noun: Noun,
  id: ItemId,
  says: Says<EditOf<RecordEdit, Noun>>,
): RecordEdit[] {
  return written(noun, id, says) as RecordEdit[];
}

function written(noun: string, id: ItemId, says: object): unknown[] {
  return Object.entries(says).map(([type, value]) => ({ type: noun, id, edit: { type, value } }));
}
