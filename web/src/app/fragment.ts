/** What an address brought along: a code of an invitation, the secret of a ticket, or neither. */
export interface Brought {
  invitation: string;
  ticket: string;
}

/**
 * What stands in the address, such as `/#join=CODE` or `/#ticket=SECRET`. It is taken out of the
 * address bar and of what the window goes back to at once, since whoever reads it there could use
 * it. What the browser noted of the visit itself is out of a page's reach.
 */
export function takenFromAddress(): Brought {
  const [, name, found] = /^#(join|ticket)=(.+)$/.exec(location.hash) ?? [];
  if (!name || !found) {
    return { invitation: "", ticket: "" };
  }
  const instead = name === "join" ? "#/" : "#/tickets";
  history.replaceState(null, "", `${location.pathname}${location.search}${instead}`);
  // Mail programs put signs around a link, of which none is in a code or a secret.
  const [value = ""] = /[\w-]+/.exec(decoded(found)) ?? [];
  return name === "join" ? { invitation: value, ticket: "" } : { invitation: "", ticket: value };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
