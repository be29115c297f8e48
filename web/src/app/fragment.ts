/** What an address brought along: a link that somebody was handed, or nothing of that kind. */
export type Brought =
  | { readonly type: "nothing" }
  | { readonly type: "invitation"; readonly code: string }
  | { readonly type: "ticket"; readonly secret: string }
  /** A link of which a part is missing. */
  | { readonly type: "cut"; readonly of: "invitation" | "ticket" }
  /** A ticket was open in this window before the page was loaded anew. */
  | { readonly type: "left" };

export const NOTHING: Brought = { type: "nothing" };

/** Where a window is while it shows a ticket. It says nothing of which one. */
const TICKET_PLACE = "#/ticket";

/** Letters of a secret of sixteen bytes, as links have it. */
const SECRET_LETTERS = 22;

/**
 * What a fragment such as `#join=CODE` or `#ticket=SECRET` brings. Programs through which links pass
 * make a query of it, `?ticket=SECRET`, in the address or in the fragment, and add parts of their own.
 */
export function broughtBy(hash: string, search = ""): Brought {
  const isLeft = hash === TICKET_PLACE;
  const [fragment = "", query = ""] = isLeft ? [] : hash.split("?");
  for (const part of [fragment.slice(1), ...query.split("&"), ...search.slice(1).split("&")]) {
    const brought = broughtByPart(part);
    if (brought !== NOTHING) return brought;
  }
  return isLeft ? { type: "left" } : NOTHING;
}

function broughtByPart(part: string): Brought {
  // They also write signs in other ways, or put some around.
  const found = /^\/?(join|ticket)(?:\s*=(.*))?$/is.exec(decoded(part));
  if (!found) return NOTHING;
  const [, name = "", rest = ""] = found;
  // None of those signs is in a code or a secret.
  const [value = ""] = /[\w-]+/.exec(decoded(rest)) ?? [];
  if (name.toLowerCase() === "join") {
    return value === "" ? { type: "cut", of: "invitation" } : { type: "invitation", code: value };
  }
  const isWhole = value.length >= SECRET_LETTERS;
  return isWhole ? { type: "ticket", secret: value } : { type: "cut", of: "ticket" };
}

/** Whether it is about a ticket, for which nobody needs an account. */
export function isOfTicket(brought: Brought): boolean {
  const { type } = brought;
  return type === "ticket" || type === "left" || (type === "cut" && brought.of === "ticket");
}

/** The address of a link, of which one that is cut has nothing but its kind. */
export function linkOf(brought: Brought): string {
  switch (brought.type) {
    case "invitation":
      return `/#join=${brought.code}`;
    case "ticket":
      return `/#ticket=${brought.secret}`;
    case "cut":
      return brought.of === "ticket" ? "/#ticket=" : "/#join=";
    default:
      return "/";
  }
}

/**
 * What stands in the address. A link is taken out of the address bar and of what the window goes
 * back to at once, since whoever reads it there could use it; the fragment `instead` is put in its
 * place. What the browser noted of the visit itself is out of a page's reach.
 */
export function takenFromAddress(instead: string): Brought {
  const brought = broughtBy(location.hash, location.search);
  if (isLink(brought)) setFragment(isLink(broughtBy(instead)) ? "#/" : instead);
  return brought;
}

/** Says in the address what the window shows now: a ticket, or the desk. */
export function setPlaceOf(brought: Brought): void {
  if (brought.type === "cut") setFragment(brought.of === "ticket" ? "#ticket=" : "#/");
  else setFragment(isOfTicket(brought) ? TICKET_PLACE : "#/");
}

/** Loads the page anew with a link, so that nothing of who was here before is in its memory. */
export function loadAnew(brought: Brought): void {
  history.replaceState(null, "", linkOf(brought));
  location.reload();
}

function isLink({ type }: Brought): boolean {
  return type !== "nothing" && type !== "left";
}

function setFragment(fragment: string): void {
  // Nothing of the page is in a query: what one holds was to be in the fragment, and is read.
  history.replaceState(null, "", `${location.pathname}${fragment}`);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
