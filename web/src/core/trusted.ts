/** As much of Trusted Types as the page needs; not every browser has them. */
interface Policies {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): string };
}

declare global {
  interface Window {
    trustedTypes?: Policies;
  }
}

/** Scripts that the page starts beside itself: its worker, and what keeps it without a network. */
function isOurs(address: string): boolean {
  const { origin, pathname } = new URL(address, location.href);
  const isWorker = /^\/assets\/[\w.-]+\.js$/.test(pathname);
  const isSource = import.meta.env.DEV && pathname.startsWith("/");
  return origin === location.origin && (isWorker || isSource || pathname === "/service.js");
}

const policy = window.trustedTypes?.createPolicy("enhance-worker", {
  createScriptURL(address) {
    if (!isOurs(address)) {
      throw new TypeError(`${address} is no script of this page`);
    }
    return address;
  },
});

/** The address of a script of ours, in the form that the page's policy lets through. */
export function scriptAddress(address: string): string {
  return policy?.createScriptURL(address) ?? address;
}
