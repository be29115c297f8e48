import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { useDesk } from "../core/desk";
import { Button } from "../parts/button";
import { Dialog, InSightContext } from "../parts/dialog";
import { useIdleness } from "./idle";
import { LockedHere, LockedShared } from "./locked";

/** Locks the desk when nobody has touched it for a while, with a warning before. */
export function IdleLock({ children }: { children: ComponentChildren }) {
  const { keeping } = useDesk();
  const [locked, setLocked] = useState(false);
  const lock = useCallback(() => setLocked(true), []);
  const { isWarned, touch } = useIdleness(lock, !locked);
  useReturn(lock);
  const unlock = () => {
    touch();
    setLocked(false);
  };
  return (
    <>
      {/* Kept while it is locked: what stands in an open form is nowhere else. */}
      <div hidden={locked} inert={locked}>
        <InSightContext.Provider value={!locked}>{children}</InSightContext.Provider>
      </div>
      {locked && keeping === "memory" && <LockedShared onUnlock={unlock} />}
      {locked && keeping === "thisDevice" && <LockedHere onUnlock={unlock} />}
      {isWarned && (
        <Dialog title="Are you still there?" onClose={touch}>
          <p>
            {keeping === "memory"
              ? "In a minute the desk is locked. What you wrote is sent, and then you are signed out."
              : "In a minute the desk is locked."}
          </p>
          <Button onClick={touch}>I am still here</Button>
        </Dialog>
      )}
    </>
  );
}

/** A page that the browser kept and brings back may come back to somebody else. */
function useReturn(lock: () => void) {
  useEffect(() => {
    const back = (event: PageTransitionEvent) => {
      if (event.persisted) {
        lock();
      }
    };
    addEventListener("pageshow", back);
    return () => removeEventListener("pageshow", back);
  }, [lock]);
}
