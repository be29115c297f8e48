/** What changed in a plan from one version to another, as people say it. */

import type { ChangeProject, Person, ProjectSection } from "../../core/api";
import { dayInWords } from "../../parts/days";
import { counted } from "../../parts/time";
import { differences } from "../../typing/patch";
import { aim, type Field, fieldsOf, type ItemNoun, names } from "./declared";
import { saidBy } from "./saying";
import { labelOf, nouns, type Thing, type ThingRecord, thingsOf, upperFirst } from "./things";
import { inWords } from "./value";
import * as words from "./words";

/** What a field said before and says after, or how much of a text changed. */
export interface Change {
  /** What the field is called, with the thing it is of. */
  readonly what: string;
  readonly how: string;
}

/** Letters of what a field said that are shown at most. */
const SHORT = 60;

/** What changed between two versions, in the order of the parts. Before the first was nothing. */
export function changesBetween(
  before: ChangeProject | undefined,
  after: ChangeProject,
  people: readonly Person[] = [],
): readonly Change[] {
  const told = new Told(before, after, people);
  return [...told.ofPlan(), ...told.ofTexts(), ...told.ofAim(), ...told.ofThings()];
}

const own: Readonly<Record<string, Field>> = {
  title: { kind: "line", label: "Title" },
  setting: { kind: "line", label: "Where it takes place" },
  status: { kind: "words", label: "Status", words: words.status },
  start: { kind: "day", label: "Began on" },
  end: { kind: "day", label: "Ends on" },
};

class Told {
  private readonly plans: readonly ChangeProject[];

  constructor(
    private readonly before: ChangeProject | undefined,
    private readonly after: ChangeProject,
    private readonly people: readonly Person[],
  ) {
    this.plans = before ? [after, before] : [after];
  }

  ofPlan(): Change[] {
    const { before, after } = this;
    const progress = (plan: ChangeProject | undefined) =>
      plan?.progress ? (words.progress[plan.progress - 1] ?? "") : "";
    const tags = (plan: ChangeProject | undefined) =>
      (plan?.tags ?? []).map(({ value }) => value).join(", ");
    return [
      ...this.fields("", own, recordOf(before), recordOf(after)),
      ...set("Progress", progress(before), progress(after)),
      ...set("Domain", before?.topic ?? "", after.topic),
      ...set("Gives evidence for", tags(before), tags(after)),
    ];
  }

  ofTexts(): Change[] {
    const sections = Object.keys(words.section) as ProjectSection[];
    const text = (plan: ChangeProject | undefined, section: ProjectSection) =>
      plan?.sections.get(section) ?? "";
    return sections.flatMap((section) =>
      written(words.section[section], text(this.before, section), text(this.after, section)),
    );
  }

  ofAim(): Change[] {
    return this.fields("Aim", aim, recordOf(this.before?.aim), recordOf(this.after.aim));
  }

  ofThings(): Change[] {
    return nouns
      .filter((noun) => noun !== "statusMove")
      .flatMap((noun) => {
        const earlier = new Map(
          this.before && thingsOf(this.before, noun).map((thing) => [thing.id, thing]),
        );
        return thingsOf(this.after, noun).flatMap((thing) => {
          const known = earlier.get(thing.id);
          const of = calledOf(noun, thing);
          return this.fields(of, fieldsOf(noun), known?.record, thing.record);
        });
      });
  }

  private fields(
    of: string,
    declared: Readonly<Record<string, Field>>,
    before: ThingRecord | undefined,
    after: ThingRecord | undefined,
  ): Change[] {
    return Object.entries(declared).flatMap(([name, field]) => {
      const [was, is] = [before?.[name], after?.[name]];
      // Where something stands among others is no word of anybody's.
      if (was === is || field.kind === "ticks" || name === "place") return [];
      const what = of === "" ? field.label : `${of}: ${field.label}`;
      const around = { plans: this.plans, people: this.people };
      const [earlier, now] = [saidBy(field, was, around), saidBy(field, is, around)];
      const isText = field.kind === "text" || field.kind === "passage";
      return isText ? written(what, earlier, now) : set(what, earlier, now);
    });
  }
}

function calledOf(noun: ItemNoun, thing: Thing): string {
  const { at, from } = thing.record;
  const label = labelOf(noun, thing) || dayInWords(inWords(at ?? from));
  return label ? `${upperFirst(names[noun][0])} “${short(label)}”` : upperFirst(names[noun][0]);
}

function recordOf(of: object | undefined): ThingRecord | undefined {
  return of as ThingRecord | undefined;
}

function set(what: string, before: string, after: string): Change[] {
  if (before === after) return [];
  if (before === "") return [{ what, how: `set to “${short(after)}”` }];
  if (after === "") return [{ what, how: `emptied, it said “${short(before)}”` }];
  return [{ what, how: `“${short(before)}” became “${short(after)}”` }];
}

/** How much was written in a text, and how much of it was taken out. */
function written(what: string, before: string, after: string): Change[] {
  const patches = differences(before, after);
  const letters = (of: (patch: (typeof patches)[number]) => string) =>
    patches.reduce((sum, patch) => sum + [...of(patch)].length, 0);
  const [more, less] = [letters(({ inserted }) => inserted), letters(({ removed }) => removed)];
  const parts = [
    ...(more > 0 ? [`${counted(more, "letter")} written`] : []),
    ...(less > 0 ? [`${counted(less, "letter")} taken out`] : []),
  ];
  return parts.length > 0 ? [{ what, how: parts.join(", ") }] : [];
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  const letters = [...line];
  return letters.length > SHORT ? `${letters.slice(0, SHORT - 1).join("")}…` : line;
}
