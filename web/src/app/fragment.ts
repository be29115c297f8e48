/**
 * The invitation in the address, such as `/#join=CODE`. It is taken out of the address bar and the
 * history of the browser at once, since whoever reads it there could use it.
 */
export function invitationFromAddress(): string {
  const found = /^#join=(.+)$/.exec(location.hash)?.[1];
  if (!found) {
    return "";
  }
  history.replaceState(null, "", `${location.pathname}${location.search}#/`);
  try {
    return decodeURIComponent(found);
  } catch {
    return found;
  }
}
