import { link } from "../app/routes";
import type { DocumentKind, InboxCounts, InboxKind, InboxView } from "../core/api";
import type { Subject } from "./tickets/words";

/** What each kind of waiting is called. */
export const kinds: Record<InboxKind, string> = {
  projectInvited: "Invitation to a plan",
  handoverOffered: "A plan offered to you",
  handoverDeclined: "Offer declined",
  signOffAsked: "To sign",
  copyShared: "Shared with you",
  commentUnanswered: "Comment to answer",
  suggestionOpen: "Suggestion to decide",
  actionOverdue: "Action overdue",
  projectSilent: "Quiet plan",
  measureWithoutValue: "Measure without a value",
  commentAnswered: "Comment for you",
  signOffAnswered: "Sign-off answered",
  signOffWitnessed: "Signed in your name",
  signOffEnded: "Sign-off no longer counts",
  ticketAnswered: "A ticket answered",
  nudge: "Nudge",
  deadline: "Deadline",
};

/** What a ticket shows the text of, and where the tickets for it are. */
const ticketed: Partial<Record<DocumentKind, Subject>> = {
  changeProject: "projects",
  sharedReflection: "copies",
  reflection: "reflections",
};

/** Kinds of which one plan may hold many, and the part of the plan in which all of them are. */
const ofPlans: Partial<Record<InboxKind, "actions" | "measures">> = {
  actionOverdue: "actions",
  measureWithoutValue: "measures",
};

/** The core tells of no more of one kind in one plan. */
const MOST = 50;

/** A plan of which not everything of a kind is in the inbox. */
export interface Cut {
  readonly kind: InboxKind;
  readonly title: string;
  /** The address of the part in which all of them are. */
  readonly where: string;
}

/** The plans that have more than what the inbox shows of them, as far as these tell. */
export function cutOff(items: readonly InboxView[]): readonly Cut[] {
  const found = new Map<string, number>();
  const cuts: Cut[] = [];
  for (const { kind, document: id, title } of items) {
    const part = ofPlans[kind];
    const many = (found.get(`${kind} ${id}`) ?? 0) + 1;
    found.set(`${kind} ${id}`, many);
    if (part && many === MOST)
      cuts.push({ kind, title, where: link("/projects/:id", { id }, part) });
  }
  return cuts;
}

/** Whether more of a kind may wait than what was counted. */
export function mayBeMore({ byKind }: InboxCounts): boolean {
  return byKind.some(({ kind, count }) => ofPlans[kind] !== undefined && count >= MOST);
}

/** What somebody reads first of what waits, and what it is in where that is another thing. */
export function namesOf({ kind, title, words }: InboxView): { first: string; within: string } {
  const plan = title || "Without a title";
  const isThing = ofPlans[kind] !== undefined && words !== "";
  return isThing ? { first: words, within: plan } : { first: plan, within: "" };
}

/** The address of what waits, and the place in it. */
export function whereOf(item: InboxView): string {
  const { document: id } = item;
  const part = ofPlans[item.kind];
  const place = part ? `${part}/${item.place}` : item.place;
  if (item.kind === "projectInvited") {
    return link("/invitations");
  }
  if (item.kind === "ticketAnswered") {
    const of = item.documentKind && ticketed[item.documentKind];
    return of ? link("/tickets/:of/:id", { of, id }) : link("/tickets");
  }
  switch (item.documentKind) {
    case "changeProject":
    case "comments":
      return link("/projects/:id", { id }, place);
    case "signOffRequest":
    case "signOff":
      return link("/sign-offs/:id", { id });
    case "sharedReflection":
      return link("/copies/:id", { id }, place);
    case "reflection":
      return link("/reflections/:id", { id });
    case "personalRecord":
      return link("/deadlines");
    default:
      return link("/");
  }
}
