/** The things in a plan, whatever they are: where they are, what they say, and how that changes. */

import type {
  AimEdit,
  ChangeProject,
  DraftField,
  ItemId,
  MeasureUnit,
  ProjectEdit,
  ProjectSection,
  TextField,
} from "../../core/api";
import { quoted, unlike } from "../../parts/of";
import { fieldsOf, type ItemNoun, names as nounNames } from "./declared";

/** What a thing says, by the names of its fields. */
export type ThingRecord = Readonly<Record<string, unknown>>;

/** A thing of the core's by the names of its fields: the same object. */
export function asRecord(thing: object): ThingRecord {
  return thing as ThingRecord;
}

/** A thing in a plan. */
export interface Thing {
  readonly id: ItemId;
  readonly record: ThingRecord;
}

/** Where the things of each kind are in a plan, and what each of them is called there. */
const places = {
  driver: ["drivers", "driver"],
  changeIdea: ["ideas", "idea"],
  stakeholder: ["stakeholders", "stakeholder"],
  teamMember: ["team", "member"],
  measure: ["measures", "measure"],
  target: ["targets", "target"],
  observation: ["observations", "observation"],
  tally: ["tallies", "tally"],
  phase: ["phases", "phase"],
  annotation: ["annotations", "annotation"],
  cycle: ["cycles", "cycle"],
  action: ["actions", "action"],
  impact: ["impacts", "impact"],
  output: ["outputs", "output"],
  statusMove: ["moves", "step"],
} as const satisfies Record<ItemNoun, readonly [keyof ChangeProject, string]>;

/** Every kind of thing. */
export const nouns = Object.keys(places) as ItemNoun[];

/** The things of a kind, in their order. */
export function thingsOf(project: ChangeProject, noun: ItemNoun): readonly Thing[] {
  return recordsOf(noun, project[places[noun][0]]);
}

/** The things in a list of a plan, which holds those of a kind. */
export function recordsOf(
  noun: ItemNoun,
  list: readonly { readonly id: ItemId }[],
): readonly Thing[] {
  const name = places[noun][1];
  return list.map((item) => ({ id: item.id, record: Reflect.get(item, name) as ThingRecord }));
}

/** What a thing says first, so that a person knows it again. May be empty. */
export function labelOf(noun: ItemNoun, { record }: Thing): string {
  for (const [name, field] of Object.entries(fieldsOf(noun))) {
    const said = record[name];
    const isText = field.kind === "text" || field.kind === "line" || field.kind === "passage";
    if (isText && typeof said === "string" && said.trim() !== "") return said.trim();
  }
  return "";
}

/** What things of a kind are called in names on a page, in which no two are the same. */
export function calledEach(noun: ItemNoun, things: readonly Thing[]): readonly string[] {
  const [one] = nounNames[noun];
  return unlike(
    things.map((thing, index) => {
      const label = labelOf(noun, thing);
      return label === "" ? `${one} ${index + 1}` : `${one} ${quoted(label)}`;
    }),
  );
}

/** The name of a field as documents write it: `whyHere` is `why_here`. */
export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A name that documents write as pages have it: `why_here` is `whyHere`. */
export function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Where a thing is, as comments name places; a field of it if one is named. */
export function placeOf(noun: ItemNoun, id: ItemId, field?: string): string {
  const thing = `${places[noun][0]}/${id}`;
  return field === undefined ? thing : `${thing}/${snake(field)}`;
}

/** The unit in which a value at a place is: of the aim, or of the measure that a thing is about. */
export function unitAt(project: ChangeProject, place: string): MeasureUnit | null {
  const at = placed(place);
  if (at.type === "aim") return project.aim.unit;
  if (at.type !== "thing") return null;
  const thing = thingsOf(project, at.noun).find(({ id }) => id === at.id);
  const measure = thing?.record.measure;
  return typeof measure === "string" ? unitOf(project, measure) : null;
}

/** The unit of a measure; null if nobody has said it. */
export function unitOf(project: ChangeProject, measure: string): MeasureUnit | null {
  return project.measures.find(({ id }) => id === measure)?.measure.unit ?? null;
}

/** What is at a place in a plan. */
export type Placed =
  | { readonly type: "whole" }
  | { readonly type: "section"; readonly section: ProjectSection }
  | { readonly type: "aim"; readonly field: string }
  | { readonly type: "field"; readonly field: string }
  | {
      readonly type: "thing";
      readonly noun: ItemNoun;
      readonly id: ItemId;
      readonly field: string | undefined;
    };

/** What a place names: `why_here`, `aim/by_date`, `measures/{id}/unit`. */
export function placed(place: string): Placed {
  const [first = "", second = "", third] = place.split("/");
  if (first === "") return { type: "whole" };
  if (first === "aim") return { type: "aim", field: camel(second) };
  const noun = nouns.find((noun) => places[noun][0] === first);
  if (noun !== undefined && second !== "") {
    const field = third === undefined ? undefined : camel(third);
    return { type: "thing", noun, id: second as ItemId, field };
  }
  const name = camel(second || first);
  if (isField(first)) return { type: "field", field: name };
  return { type: "section", section: name as ProjectSection };
}

/** What is said at a place of a field; undefined where there is no such field any more. */
export function saidAt(project: ChangeProject, place: string): unknown {
  const at = placed(place);
  if (at.type === "aim") return Reflect.get(project.aim, at.field);
  if (at.type === "field") return Reflect.get(project, at.field);
  if (at.type !== "thing" || at.field === undefined) return undefined;
  return thingsOf(project, at.noun).find(({ id }) => id === at.id)?.record[at.field];
}

function isField(name: string): boolean {
  return ["title", "topic", "setting", "status", "progress", "start", "end"].includes(name);
}

/** The edit that has a field of a thing say something. */
export function edit(noun: ItemNoun, id: ItemId, field: string, value: unknown): ProjectEdit {
  // The table of fields is checked against the edits when the page is built.
  return { type: noun, id, edit: { type: field, value } } as ProjectEdit;
}

/** The edit that has a field of the aim say something. */
export function editAim(field: string, value: unknown): ProjectEdit {
  return { type: "aim", edit: { type: field, value } as AimEdit };
}

/** The edits that add a thing with what it says from the beginning. */
export function adding(
  noun: ItemNoun,
  id: ItemId,
  said: Readonly<Record<string, unknown>> = {},
): readonly ProjectEdit[] {
  const fields = Object.entries(said).map(([field, value]) => edit(noun, id, field, value));
  return [{ type: "add", noun, id }, ...fields];
}

type SharedText = DraftField & TextField;

/** Names of texts: one that names the same text is the same object. */
const texts = new Map<string, SharedText>();

function once(key: string, text: SharedText): SharedText {
  const known = texts.get(key) ?? text;
  texts.set(key, known);
  return known;
}

/** The text that people write together in a field of a thing. */
export function textOf(noun: ItemNoun, id: ItemId, field: string): SharedText {
  return once(`${id}/${field}`, { type: "item", value: { noun, id, field: snake(field) } });
}

/** The co-edited text of a section. */
export function sectionText(section: ProjectSection): SharedText {
  return once(section, { type: "section", value: section });
}

/** Whether two names of texts are the same text. */
export function isSameText(one: DraftField, other: DraftField): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted({ type, value }: DraftField): readonly unknown[] {
  if (typeof value === "string") return [type, value];
  return [type, value.noun, value.id, value.field];
}

export function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
