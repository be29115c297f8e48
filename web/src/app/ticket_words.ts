import type { Fault } from "../core/fault";

/** Why a ticket opens nothing, and what can be done about that. */
export interface NotOpen {
  title: string;
  words: string;
}

const WRONG: NotOpen = {
  title: "This link opens nothing",
  words: "Look whether all of it was copied. If it was, ask whoever gave it to you for another.",
};

const reasons: Record<string, NotOpen> = {
  ticket_unknown: WRONG,
  ticket_ended: {
    title: "This ticket was ended",
    words: "Whoever gave it to you has ended it. What was said until then is with them.",
  },
  ticket_expired: {
    title: "This ticket has expired",
    words: "Its time is over. Ask whoever gave it to you for another, if they still need you.",
  },
  ticket_used_up: {
    title: "This ticket is used up",
    words:
      "It was opened as often as it could be. If that was not you, tell whoever gave it to you.",
  },
};

/** Why a ticket opens nothing, if that is what went wrong: trying again does not help then. */
export function notOpen({ code, of }: Fault): NotOpen | undefined {
  if (of?.type === "invalidInput" && of.field === "ticket") {
    return WRONG;
  }
  return reasons[code];
}
