import type { ActivityKind, ActivityProgress, Evidence, Minutes } from "../../core/api";
import type { TagColour } from "../../parts/tag";

/** What one does in an activity. */
export const kinds: Record<ActivityKind, string> = {
  read: "Read",
  watch: "Watch",
  vr: "Look around in a 360° film",
  attend: "Attend",
  visit: "Visit",
  discuss: "Discuss",
  teach: "Teach",
  simulate: "Take part in a simulation",
  write: "Write",
};

/** What shows that an activity was done; nothing where saying so is enough. */
export const asksFor: Record<Evidence, string> = {
  none: "",
  reflection: "A reflection shows that it was done",
  signoff: "A sign-off shows that it was done",
};

/** Minutes as hours and minutes, on one line: "2 h 30 min". */
export function time(minutes: Minutes): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const parts = [hours > 0 && `${hours} h`, (rest > 0 || hours === 0) && `${rest} min`];
  return parts.filter(Boolean).join(" ").replaceAll(" ", "\u00a0");
}

/** Bytes as people say them: "1.2 MB". */
export function size(bytes: number): string {
  const millions = bytes / 1_000_000;
  return millions < 0.1 ? `${Math.ceil(bytes / 1000)} kB` : `${millions.toFixed(1)} MB`;
}

/** How far an activity has come. */
export function state(progress: ActivityProgress): { text: string; colour: TagColour } {
  if (progress.completedAt !== null) return { text: "Completed", colour: "green" };
  if (progress.startedAt !== null) return { text: "Started", colour: "blue" };
  return { text: "Not begun", colour: "grey" };
}
