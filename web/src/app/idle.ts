import { useCallback, useEffect, useRef, useState } from "preact/hooks";

const minute = 60_000;
const locksAfter = 15 * minute;
const warnsAfter = locksAfter - minute;
/** How often it is looked. A computer that slept is noticed at the first look. */
const looksEvery = 5_000;
const touches = ["pointerdown", "keydown", "wheel", "input"] as const;

/** Whether nobody has touched the page for a while. `onIdle` is called when it is to be locked. */
export function useIdleness(onIdle: () => void, isOn: boolean) {
  const touched = useRef(Date.now());
  const [isWarned, setWarned] = useState(false);
  const touch = useCallback(() => {
    touched.current = Date.now();
    setWarned(false);
  }, []);
  useEffect(() => {
    if (!isOn) {
      return;
    }
    touch();
    const note = () => {
      // Once somebody was warned only the answer to that counts.
      touched.current = Date.now() - touched.current < warnsAfter ? Date.now() : touched.current;
    };
    const look = () => {
      const idle = Date.now() - touched.current;
      setWarned(idle >= warnsAfter);
      if (idle >= locksAfter) {
        onIdle();
      }
    };
    const timer = setInterval(look, looksEvery);
    document.addEventListener("visibilitychange", look);
    for (const name of touches) {
      document.addEventListener(name, note, { capture: true, passive: true });
    }
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
      for (const name of touches) {
        document.removeEventListener(name, note, { capture: true });
      }
    };
  }, [isOn, onIdle, touch]);
  return { isWarned: isOn && isWarned, touch };
}
