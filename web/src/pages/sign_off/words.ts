import type {
  ChangedSince,
  Role,
  SignOffFault,
  SignOffRequestView,
  SignOffStanding,
  SignOffSubjectKind,
  SignOffView,
  SupervisorRole,
} from "../../core/api";
import type { TagColour } from "../../parts/tag";

/** What can be signed off, as people call it. */
export const subjects: Record<SignOffSubjectKind, string> = {
  reflection: "Reflection",
  sharedReflection: "Copy of a reflection",
  project: "Plan",
  module: "Module",
  sessions: "Learning sessions",
};

/** As what people sign. */
export const roles: readonly { value: SupervisorRole; text: string }[] = [
  { value: "clinical", text: "Clinical supervisor" },
  { value: "educational", text: "Educational supervisor" },
  { value: "named", text: "Named supervisor" },
  { value: "fellow", text: "Fellow" },
  { value: "partner", text: "Partner" },
  { value: "programmeDirector", text: "Programme director" },
  { value: "administrator", text: "Administrator" },
];

/**
 * As what a person would sign by what the server knows of them. Who supervises whom it does not
 * know, so a supervisor says it.
 */
export function roleOf(known: readonly Role[]): SupervisorRole | "" {
  const first = known.find((role) => role === "fellow" || role === "partner" || role === "admin");
  return first === "admin" ? "administrator" : ((first as SupervisorRole | undefined) ?? "");
}

/** How far a request has come, in a word and its colour. */
export const standings: Record<SignOffStanding, { text: string; colour: TagColour }> = {
  asked: { text: "Waits", colour: "yellow" },
  signed: { text: "Signed", colour: "green" },
  returned: { text: "Returned", colour: "orange" },
};

/** Why a sign-off does not count. */
export const faults: Record<SignOffFault, string> = {
  anotherText: "it was signed over another text than this one",
  badSignature: "it was altered after it was signed, or not signed with the key that it names",
  notCertified: "the key it is signed with is not certified by this organisation's server",
  anotherPerson: "the key it is signed with is not of the person it names",
  ownWork: "nobody signs off their own work",
  notTheWitness: "only the trainee's own device can say that somebody signed on it",
  tooEarly: "it says it was signed before the key was given out",
  revoked: "the device it was signed on was reported lost before that",
};

/** Whether a sign-off is good and has no later one of the same signer. */
export function counts(answer: SignOffView): boolean {
  return answer.fault === null && !answer.superseded;
}

/** What is said of a sign-off that was given there and then on the trainee's own device. */
export const witnessed = "witnessed by the trainee, not signed with the signer's own key";

/** How it is known that somebody answered, if that is by the trainee's word alone. */
export function howAnswered(view: SignOffRequestView): string {
  const last = view.answers.filter(counts).at(-1);
  return last !== undefined && last.witnessed !== null ? witnessed : "";
}

/** Since when something is compared: what was answered is evidence of how it was then. */
export function since(view: SignOffRequestView): string {
  return view.answers.some(counts) ? "sign-off" : "it was asked";
}

/** What became of what was signed, in a line; nothing if it is as it was, or not known here. */
export function became(changed: ChangedSince, view: SignOffRequestView): string {
  switch (changed.type) {
    case "changed":
      return `Changed since ${since(view)}`;
    case "deleted":
      return `Deleted since ${since(view)}`;
    case "unchanged":
    case "unknown":
      return "";
  }
}
