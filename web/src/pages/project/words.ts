/** How the words that fields of a plan take are said to a person. */

import type {
  AimDirection,
  CycleDecision,
  CycleScale,
  IdeaPick,
  IdeaState,
  ImpactEffect,
  ImpactKind,
  Improvement,
  MeasureChart,
  MeasureKind,
  MeasureUnit,
  OutputKind,
  ProjectSection,
  ProjectStatus,
  Right,
  RunRules,
  StakeholderStance,
} from "../../core/api";

type Words<W extends string> = Readonly<Record<W, string>>;

export const status: Words<ProjectStatus> = {
  idea: "Idea",
  planning: "Planning",
  testing: "Testing",
  implementing: "Implementing",
  sustaining: "Sustaining",
  handedOver: "Handed over",
  completed: "Completed",
  stopped: "Stopped",
};

export const section: Words<ProjectSection> = {
  problem: "Problem: what is wrong, for whom",
  whyHere: "Why it matters here",
  team: "Team",
  plan: "What will be done",
  handover: "Handover: what the next person needs",
  governance: "Governance",
  equity: "Equity: who may be left out",
  coProducedWith: "Co-produced with",
  sustained: "What goes on without the project",
  outcome: "Outcome",
};

export const direction: Words<AimDirection> = {
  increase: "Increase",
  decrease: "Decrease",
  maintain: "Maintain",
};

/** Fields of the plan itself. */
export const field = {
  title: "Title",
  topic: "Domain",
  setting: "Where it takes place",
  status: "Status",
  progress: "Progress, as the team sees it",
  start: "Began on",
  end: "Ends on",
} as const;

export const unit: Words<MeasureUnit> = {
  count: "Count",
  percent: "Percent",
  minutes: "Minutes",
  days: "Days",
  carbon: "kg CO2e",
  pounds: "Pounds",
  score: "Score",
};

export const measureKind: Words<MeasureKind> = {
  outcome: "Outcome: whether things get better for people",
  process: "Process: whether what was planned is done",
  balancing: "Balancing: whether something else gets worse",
};

export const improvement: Words<Improvement> = {
  up: "Up",
  down: "Down",
  neutral: "Neither",
};

export const chart: Words<MeasureChart> = {
  run: "Run chart",
  xmr: "XmR chart, with limits",
  daysBetween: "Days between",
};

export const rules: Words<RunRules> = {
  anhoej: "Anhøj: longest run and crossings",
  taught: "As they are often taught: shift, trend and runs",
};

export const ideaState: Words<IdeaState> = {
  toTest: "To be tested",
  testing: "Being tested",
  adopted: "Adopted",
  abandoned: "Abandoned",
};

export const pick: Words<IdeaPick> = {
  possible: "Possible: little effort, little gain",
  implement: "Implement: little effort, much gain",
  challenge: "Challenge: much effort, much gain",
  kickOut: "Kick out: much effort, little gain",
};

export const stance: Words<StakeholderStance> = {
  supports: "Supports it",
  undecided: "Undecided",
  opposes: "Opposes it",
};

export const outputKind: Words<OutputKind> = {
  poster: "Poster",
  presentation: "Presentation",
  paper: "Paper",
  guideline: "Guideline",
  teaching: "Teaching",
  other: "Other",
};

export const impactKind: Words<ImpactKind> = {
  patients: "Patients and populations",
  environment: "Environment",
  social: "Staff, carers and communities",
  money: "Money",
};

export const effect: Words<ImpactEffect> = {
  better: "Better",
  unchanged: "Unchanged",
  worse: "Worse",
};

export const scale: Words<CycleScale> = {
  onePatient: "One patient",
  few: "A few patients",
  oneTeam: "One team",
  oneUnit: "One unit",
  whole: "The whole unit",
};

export const decision: Words<CycleDecision> = {
  undecided: "Not decided yet",
  adapt: "Adapt: change it and test again",
  adopt: "Adopt",
  abandon: "Abandon",
};

export const right: Words<Right> = {
  read: "Can read",
  comment: "Can comment",
  edit: "Can edit",
  own: "Owner",
};

/** The progress score of the Institute for Healthcare Improvement, by its halves from 1. */
export const progress: readonly string[] = [
  "0.5: an intent to take part",
  "1.0: a charter and a team",
  "1.5: planning has begun",
  "2.0: activity, but no changes yet",
  "2.5: changes are tested, but no improvement yet",
  "3.0: modest improvement",
  "3.5: improvement",
  "4.0: significant improvement",
  "4.5: sustained improvement",
  "5.0: outstanding, sustained results",
];
