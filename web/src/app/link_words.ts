import type { NotOpen } from "./ticket_words";

/** What is said of a link of which a part is missing. */
export function cutWords(of: "invitation" | "ticket"): NotOpen {
  return {
    title: "This link is not whole",
    words: `It is the link of ${of === "ticket" ? "a ticket" : "an invitation"}, and a part of it is missing. Look whether all of it was copied. If it was, ask whoever gave it to you for another.`,
  };
}
