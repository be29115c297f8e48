import { link } from "../app/routes";
import type { InboxKind, InboxView } from "../core/api";

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
  commentAnswered: "Answer to you",
  signOffAnswered: "Sign-off answered",
  nudge: "Nudge",
  deadline: "Deadline",
};

/** The address of what waits, and the place in it. */
export function whereOf(item: InboxView): string {
  const { document: id, place } = item;
  if (item.kind === "projectInvited") {
    return link("/invitations");
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
