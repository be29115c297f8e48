import type { TicketDeed, TicketRight, TicketStanding } from "../../core/api";
import type { TagColour } from "../../parts/tag";

/** What each right lets the holder of a ticket do. */
export const rights: Record<TicketRight, string> = {
  read: "read it",
  comment: "read it and comment",
  endorse: "read it, comment and endorse it",
};

/** What an endorsement is, said to whoever gives one and to whoever gets one. */
export const ENDORSEMENT =
  "An endorsement is no sign-off: nobody has checked who gives it, and nothing is signed.";

/** What is said beside the link of a ticket. */
export const WHO_HAS_IT = "Who has it can open the ticket. Give it to nobody else.";

/** What each deed of a holder is called. */
export const deeds: Record<TicketDeed, string> = {
  open: "Opened",
  comment: "Comment",
  endorse: "Endorsement",
};

/** How a ticket stands. */
export const standings: Record<TicketStanding, { text: string; colour: TagColour }> = {
  open: { text: "Open", colour: "green" },
  usedUp: { text: "Used up", colour: "yellow" },
  expired: { text: "Expired", colour: "grey" },
  ended: { text: "Ended", colour: "grey" },
};

/** Whether ending it changes anything: who opened a ticket that is used up can still answer. */
export function canEnd(standing: TicketStanding): boolean {
  return standing === "open" || standing === "usedUp";
}

/** The pages of documents for which there are tickets, and what a document there is called. */
export const subjects = {
  projects: "plan",
  copies: "copy",
  reflections: "reflection",
} as const;

export type Subject = keyof typeof subjects;

/** A whole number between 1 and a limit that somebody typed, if it is one. */
export function upTo(limit: number, text: string): number | undefined {
  const number = /^\s*\d{1,4}\s*$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= limit ? number : undefined;
}
