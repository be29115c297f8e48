import type { CoreFault, Obstacle } from "../core/api";

const SIGN_IN =
  "This network may want you to sign in first: open any other page in a new tab, and do there what it asks.";

const SAVED = "What you write is saved here, and sent after that.";

/** Where there is no account nothing is saved, and what was sent may have come without an answer. */
const SAME_AGAIN =
  "It may have arrived. What you wrote is still in its field: the same words sent again count once.";

/** What helps where no answer came from the server; nothing where what went wrong says it all. */
export function wayOn(fault: CoreFault | undefined): string {
  if (fault?.type !== "offline") return "";
  const helps = wayPast(fault.obstacle);
  if (fault.errand === "holdingTicket") return `${helps} ${SAME_AGAIN}`.trim();
  return helps === SIGN_IN ? `${helps} ${SAVED}` : helps;
}

function wayPast(obstacle: Obstacle): string {
  switch (obstacle.type) {
    case "networkSignIn":
    case "forbidden":
    case "stranger":
    case "notEnhance":
    case "moved":
      return SIGN_IN;
    case "proxySignIn":
      return "The proxy of this network wants a name and a password: ask whoever runs it.";
    default:
      return "";
  }
}
