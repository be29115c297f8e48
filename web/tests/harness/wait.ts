// Waiting for something to become so. Nothing in a story sleeps instead.

/** How long a story waits at most, in milliseconds: a slow machine is not a failure. */
export const PATIENCE = 30_000;

/** Waits until `look` finds something, and returns that. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((wake) => setTimeout(wake, 20));
  }
}
