import { link } from "../app/routes";
import type { DocumentKind, InboxKind, InboxView } from "../core/api";
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

/** The address of what waits, and the place in it. */
export function whereOf(item: InboxView): string {
  const { document: id, place } = item;
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
