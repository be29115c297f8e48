import type { Right, Stage } from "../core/api";

/** What a right lets a person do. */
export const rights: Record<Right, string> = {
  read: "read",
  comment: "read and comment",
  edit: "read and edit",
  own: "own it",
};

/** How far a document has come. */
export const stages: Record<Stage, string> = {
  saved: "Saved here, not sent yet",
  sent: "Sent",
  stored: "Stored on the server",
};
