/** What is at a place in a plan: what people call it, and how a field there is set by its words. */

import type { ChangeProject, ItemId, Person, ProjectEdit } from "../../core/api";
import { dayInWords } from "../../parts/days";
import { momentInWords } from "../../parts/time";
import { aim, type Field, fieldsOf, names } from "./declared";
import { readAs } from "./reading";
import { camel, edit, editAim, labelOf, placed, thingsOf, upperFirst } from "./things";
import * as words from "./words";

/** The field that is at a place, as it is declared. */
function fieldAt(path: string): Field | undefined {
  const at = placed(path);
  if (at.type === "aim") return Reflect.get(aim, at.field) as Field | undefined;
  if (at.type === "thing" && at.field !== undefined) return fieldsOf(at.noun)[at.field];
  if (at.type === "field" && at.field === "status") {
    return { kind: "words", label: words.field.status, words: words.status };
  }
  if (at.type === "field" && (at.field === "start" || at.field === "end")) {
    return { kind: "day", label: words.field[at.field] };
  }
  return undefined;
}

/** What is known of things and people that a field may name. */
export interface Known {
  readonly project: ChangeProject;
  readonly people: readonly Person[];
  /** The titles of the domains of the programme, by their keys. */
  readonly domains: ReadonlyMap<string, string>;
}

/** What a field says, as this page says it. Names are shown for what is named, never ids. */
export function inPeoplesWords(path: string, text: string, known: Known): string {
  if (text === "") return "";
  // Progress is kept in halves from 1.
  if (path === "progress") return words.progress[Number(text) - 1] ?? text;
  if (path === "topic") return known.domains.get(text) ?? "A domain that is not known here";
  const field = fieldAt(path);
  switch (field?.kind) {
    case "words":
      return field.words[camel(text)] ?? text;
    case "item": {
      const thing = thingsOf(known.project, field.noun).find(({ id }) => id === text);
      const [one] = names[field.noun];
      return (thing && labelOf(field.noun, thing)) || `${upperFirst(one)} without a name`;
    }
    case "person":
      return known.people.find(({ id }) => id === text)?.name ?? "Somebody";
    case "day":
      return dayInWords(text);
    case "moment":
      return Number.isNaN(Date.parse(text)) ? text : momentInWords(new Date(text));
    default:
      return text;
  }
}

/** The edit that settles a field; undefined where this page has none. `id` is a fresh one. */
export function settling(path: string, text: string, id: ItemId): ProjectEdit | undefined {
  const at = placed(path);
  if (at.type === "field") return settlingPlan(at.field, text, id);
  const field = fieldAt(path);
  if (!field) return undefined;
  const read = valueOfText(field, text);
  if (!read) return undefined;
  if (at.type === "aim") return editAim(at.field, read.value);
  return at.type === "thing" && at.field !== undefined
    ? edit(at.noun, at.id, at.field, read.value)
    : undefined;
}

function valueOfText(field: Field, text: string): { value: unknown } | undefined {
  switch (field.kind) {
    case "words":
      return { value: text === "" ? null : camel(text) };
    case "item":
    case "person":
      return { value: text === "" ? null : text };
    case "moment": {
      const at = new Date(text);
      if (text === "") return { value: null };
      return Number.isNaN(at.getTime()) ? undefined : { value: at };
    }
    case "items":
    case "ticks":
      return undefined;
    default: {
      const read = readAs(field, text);
      return "value" in read ? read : undefined;
    }
  }
}

function settlingPlan(field: string, text: string, id: ItemId): ProjectEdit | undefined {
  const on = text === "" ? null : text;
  switch (field) {
    case "title":
      return { type: "title", title: text };
    case "topic":
      return { type: "topic", topic: text };
    case "setting":
      return { type: "setting", setting: text };
    case "start":
      return { type: "start", on };
    case "end":
      return { type: "end", on };
    case "progress":
      return { type: "progress", score: text === "" ? null : Number(text) };
    case "status": {
      const to = camel(text) as keyof typeof words.status;
      const note = "Two people had moved it at once.";
      return to in words.status ? { type: "move", id, to, at: new Date(), note } : undefined;
    }
    default:
      return undefined;
  }
}

/** What a text is called where it is not beside the rest of its plan. */
export function nameInPlan(place: string, project: ChangeProject): string {
  const plan = project.title.trim();
  return `${nameOfPlace(place, project)}, in ${plan ? `the plan “${plan}”` : "a plan without a title"}`;
}

/** What is at a place, as a person calls it; without the plan, what kind of thing it is. */
export function nameOfPlace(path: string, project?: ChangeProject): string {
  const at = placed(path);
  switch (at.type) {
    case "whole":
      return "The whole plan";
    case "section":
      return words.section[at.section] ?? "A text";
    case "aim":
      return `Aim: ${(Reflect.get(aim, at.field) as Field | undefined)?.label ?? ""}`;
    case "field":
      return words.field[at.field as keyof typeof words.field] ?? upperFirst(at.field);
    case "thing": {
      const thing = project && thingsOf(project, at.noun).find((one) => one.id === at.id);
      const name = (thing && labelOf(at.noun, thing)) || upperFirst(names[at.noun][0]);
      const field = at.field === undefined ? undefined : fieldsOf(at.noun)[at.field];
      return field ? `${name}: ${field.label}` : name;
    }
  }
}
