import type { Keeping } from "./desk";

// The one thing kept outside the core: that a person called this browser their own. It says
// nothing of whom.
const mark = "enhance-own-device";

/** How this browser keeps what is written, as a person chose; in memory if nobody did. */
export function keepingHere(): Keeping {
  try {
    return localStorage.getItem(mark) ? "thisDevice" : "memory";
  } catch {
    return "memory";
  }
}

/** Remembers the choice, or forgets it. */
export function remember(keeping: Keeping): void {
  try {
    if (keeping === "thisDevice") {
      localStorage.setItem(mark, "yes");
    } else {
      localStorage.removeItem(mark);
    }
  } catch {
    // A browser that keeps nothing asks again the next time.
  }
}
