/**
 * What a thing in a plan consists of, as the page shows it: a label for each field that the core
 * declares, and how it is given. A field that the core has and this has not stops the build.
 */

import type {
  AimEdit,
  ChangeIdeaEdit,
  ChartAnnotationEdit,
  CycleEdit,
  DeviceCount,
  DriverEdit,
  ItemId,
  MeasureEdit,
  MeasureObservationEdit,
  MeasurePhaseEdit,
  MeasureTargetEdit,
  ObservedValue,
  PersonId,
  ProjectActionEdit,
  ProjectImpactEdit,
  ProjectOutputEdit,
  StakeholderEdit,
  StatusMoveEdit,
  TallySheetEdit,
  TeamMemberEdit,
} from "../../core/api";
import * as words from "./words";

/** Things of which a plan has several. */
export type ItemNoun = keyof Edits;

/** The edit of one field of a thing, by what it is. */
interface Edits {
  driver: DriverEdit;
  changeIdea: ChangeIdeaEdit;
  stakeholder: StakeholderEdit;
  teamMember: TeamMemberEdit;
  measure: MeasureEdit;
  target: MeasureTargetEdit;
  observation: MeasureObservationEdit;
  tally: TallySheetEdit;
  phase: MeasurePhaseEdit;
  annotation: ChartAnnotationEdit;
  cycle: CycleEdit;
  action: ProjectActionEdit;
  impact: ProjectImpactEdit;
  output: ProjectOutputEdit;
  statusMove: StatusMoveEdit;
}

/** How a field is given, by the type of its value. */
type Given<V> = [V] extends [ItemId | null]
  ? { kind: "item"; noun: ItemNoun; needed?: true }
  : [V] extends [PersonId | null]
    ? { kind: "person" }
    : [V] extends [readonly ItemId[]]
      ? { kind: "items"; noun: ItemNoun }
      : [V] extends [ObservedValue | null]
        ? { kind: "amount"; needed?: true }
        : [V] extends [number | null]
          ? { kind: "number" }
          : [V] extends [Date | null]
            ? { kind: "moment" }
            : [V] extends [DeviceCount]
              ? { kind: "ticks" }
              : string extends NonNullable<V>
                ? Words
                : {
                    kind: "words";
                    words: Readonly<Record<NonNullable<V> & string, string>>;
                  } & (null extends V ? { blank: string } : unknown);

/** Words, of which a line may be such as say a value. */
type Words =
  | { kind: "text" | "passage" | "day"; needed?: true }
  | { kind: "line"; needed?: true; says?: "amount" };

type Labelled = { label: string; hint?: string };
type Fields<E extends { type: string; value: unknown }> = {
  readonly [T in E["type"]]: Labelled & Given<Extract<E, { type: T }>["value"]>;
};

/** A field of a thing, whichever it is. */
export type Field = Labelled &
  (
    | Words
    | { kind: "number" | "moment" | "person" | "ticks" }
    | { kind: "item"; noun: ItemNoun; needed?: true }
    | { kind: "items"; noun: ItemNoun }
    | { kind: "amount"; needed?: true }
    | { kind: "words"; words: Readonly<Record<string, string>>; blank?: string }
  );

export const aim: Fields<AimEdit> = {
  sentence: {
    kind: "passage",
    label: "The aim in one sentence",
    hint: "Leave this empty to have the sentence made of what you say below.",
  },
  direction: {
    kind: "words",
    label: "Direction",
    words: words.direction,
    blank: "Not said yet",
  },
  measure: { kind: "item", noun: "measure", label: "Measure that tells whether it is reached" },
  from: {
    kind: "line",
    says: "amount",
    label: "From",
    hint: "A number such as 40, or a share such as 4/10.",
  },
  to: { kind: "line", says: "amount", label: "To" },
  unit: { kind: "words", label: "Unit", words: words.unit, blank: "Not said yet" },
  byDate: { kind: "day", label: "By" },
  population: { kind: "passage", label: "For whom" },
  place: { kind: "line", label: "Where" },
};

const things: { readonly [N in ItemNoun]: Fields<Edits[N]> } = {
  driver: {
    name: { kind: "text", label: "What has to change" },
    parent: { kind: "item", noun: "driver", label: "Under" },
    place: { kind: "number", label: "Place" },
  },
  changeIdea: {
    text: { kind: "text", label: "Change idea", hint: 'What is to be tested: "to test …"' },
    drivers: { kind: "items", noun: "driver", label: "Drivers that it moves" },
    rationale: { kind: "text", label: "Why it should work" },
    state: { kind: "words", label: "How far it has come", words: words.ideaState },
    pick: { kind: "words", label: "Effort and gain", words: words.pick, blank: "Not said yet" },
  },
  stakeholder: {
    role: { kind: "line", label: "Role", hint: "A role rather than a name: night sister." },
    organisation: { kind: "line", label: "Ward, practice or body" },
    power: { kind: "number", label: "Power", hint: "From 1 to 5." },
    interest: { kind: "number", label: "Interest", hint: "From 1 to 5." },
    stance: { kind: "words", label: "Stance", words: words.stance, blank: "Not said yet" },
    approach: { kind: "text", label: "How to win them" },
  },
  teamMember: {
    role: { kind: "line", label: "Role" },
    person: { kind: "person", label: "Person" },
    part: { kind: "text", label: "What they see to" },
  },
  measure: {
    name: { kind: "line", label: "Name" },
    kind: { kind: "words", label: "What it tells", words: words.measureKind },
    definition: { kind: "passage", label: "Definition in a sentence" },
    unit: { kind: "words", label: "Unit", words: words.unit, blank: "Not said yet" },
    numerator: { kind: "passage", label: "What is counted" },
    denominator: { kind: "passage", label: "Of how many" },
    inclusion: { kind: "passage", label: "Who is in, and who is left out" },
    source: { kind: "passage", label: "Where the figures come from" },
    collector: { kind: "passage", label: "Who collects them, by role" },
    frequency: { kind: "line", label: "How often", hint: "Such as every Monday." },
    improvement: {
      kind: "words",
      label: "Which way is better",
      words: words.improvement,
      blank: "Not said yet",
    },
    chart: { kind: "words", label: "Chart", words: words.chart },
    rules: { kind: "words", label: "Rules by which it is read", words: words.rules },
  },
  target: {
    measure: { kind: "item", noun: "measure", needed: true, label: "Measure" },
    from: { kind: "day", needed: true, label: "From" },
    value: { kind: "amount", needed: true, label: "Value that is wanted" },
  },
  observation: {
    measure: { kind: "item", noun: "measure", needed: true, label: "Measure" },
    at: { kind: "day", needed: true, label: "Day, or first day of the period" },
    value: { kind: "amount", needed: true, label: "Value" },
    group: { kind: "line", label: "Group" },
    source: { kind: "passage", label: "Source, if it is another" },
    excluded: { kind: "passage", label: "Why it is not counted" },
  },
  tally: {
    measure: { kind: "item", noun: "measure", needed: true, label: "Measure" },
    at: { kind: "day", needed: true, label: "Day, or first day of the period" },
    group: { kind: "line", label: "Group" },
    ticks: { kind: "ticks", label: "Ticks" },
  },
  phase: {
    measure: { kind: "item", noun: "measure", needed: true, label: "Measure" },
    from: { kind: "day", needed: true, label: "First day" },
    label: { kind: "line", label: "Name", hint: "Such as baseline, or after the lamps." },
    reason: { kind: "passage", label: "Why a phase begins here" },
    fixedAfter: { kind: "number", label: "Points that fix the limits", hint: "Empty: all." },
  },
  annotation: {
    measure: { kind: "item", noun: "measure", label: "Measure, or all" },
    at: { kind: "day", needed: true, label: "Day" },
    text: { kind: "passage", label: "What happened" },
    cycle: { kind: "item", noun: "cycle", label: "Cycle it belongs to" },
  },
  cycle: {
    changeIdea: { kind: "text", label: "Change that is tested" },
    idea: { kind: "item", noun: "changeIdea", label: "Idea of the plan" },
    prediction: {
      kind: "text",
      label: "Prediction",
      hint: "What you expect to see. Write it before anything is done.",
    },
    scale: { kind: "words", label: "On how much", words: words.scale, blank: "Not said yet" },
    plan: { kind: "text", label: "Plan: who does what, where and when" },
    didAt: { kind: "day", label: "Done on" },
    done: { kind: "text", label: "Do: what was really done" },
    data: { kind: "text", label: "What was seen: figures, and what people said" },
    studied: { kind: "text", label: "Study: what it means, beside the prediction" },
    learned: { kind: "text", label: "What the team knows now" },
    decision: { kind: "words", label: "Act: what follows", words: words.decision },
    previous: { kind: "item", noun: "cycle", label: "Goes on from" },
  },
  action: {
    text: { kind: "passage", label: "What has to be done" },
    owner: { kind: "person", label: "Who sees to it" },
    due: { kind: "day", label: "By" },
    doneAt: { kind: "moment", label: "Done" },
  },
  impact: {
    kind: { kind: "words", label: "On what it has an effect", words: words.impactKind },
    effect: { kind: "words", label: "Which way", words: words.effect, blank: "Not said yet" },
    amount: {
      kind: "amount",
      label: "How much in a year",
      hint: "Kilograms of CO2e for the environment, pence for money.",
    },
    text: { kind: "text", label: "What was seen" },
    method: { kind: "passage", label: "How the amount was found" },
    factor: { kind: "line", label: "Factor it was multiplied with" },
    factorSource: { kind: "passage", label: "Where the factor is from" },
    factorYear: { kind: "number", label: "Year of the factor" },
  },
  output: {
    kind: { kind: "words", label: "Kind", words: words.outputKind },
    title: { kind: "line", label: "Title" },
    at: { kind: "day", label: "Shown on" },
    link: { kind: "passage", label: "Where it can be found" },
  },
  statusMove: {
    to: { kind: "words", label: "Moved to", words: words.status },
    at: { kind: "moment", label: "When" },
    note: { kind: "text", label: "Why, or what came of it" },
  },
};

/** The fields of a thing, in the order in which they are shown. */
export function fieldsOf(noun: ItemNoun): Readonly<Record<string, Field>> {
  return things[noun];
}

/** What one thing of a kind is called, and several. */
export const names: Readonly<Record<ItemNoun, readonly [one: string, many: string]>> = {
  driver: ["driver", "Drivers"],
  changeIdea: ["change idea", "Change ideas"],
  stakeholder: ["stakeholder", "Stakeholders"],
  teamMember: ["team member", "Team"],
  measure: ["measure", "Measures"],
  target: ["target", "Targets"],
  observation: ["value", "Values"],
  tally: ["tally sheet", "Tally sheets"],
  phase: ["phase", "Phases"],
  annotation: ["note", "Notes in the chart"],
  cycle: ["cycle", "PDSA cycles"],
  action: ["action", "Actions"],
  impact: ["effect", "Effects"],
  output: ["output", "Outputs"],
  statusMove: ["move", "Status log"],
};
