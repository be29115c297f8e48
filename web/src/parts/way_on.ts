import type { CoreFault } from "../core/api";

const SIGN_IN =
  "This network may want you to sign in first: open any other page in a new tab, and do there what it asks. What you write is saved here, and sent after that.";

/** What helps where something else than the server answered; nothing where that is not so. */
export function wayOn(fault: CoreFault | undefined): string {
  if (fault?.type !== "offline") return "";
  switch (fault.obstacle.type) {
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
