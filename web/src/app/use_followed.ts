import { useEffect, useRef } from "preact/hooks";
import { type Brought, takenFromAddress } from "./fragment";

/** Hears of each link that is followed in this window, which stays in the place where it is. */
export function useFollowed(follow: (brought: Brought) => void): void {
  const latest = useRef(follow);
  latest.current = follow;
  useEffect(() => {
    const take = ({ oldURL }: HashChangeEvent) => {
      const brought = takenFromAddress(new URL(oldURL).hash);
      if (brought.type !== "nothing" && brought.type !== "left") latest.current(brought);
    };
    // Before any page reads the address.
    addEventListener("hashchange", take, { capture: true });
    return () => removeEventListener("hashchange", take, { capture: true });
  }, []);
}
