import type { CoreError, CoreFault } from "./api";

/** Why something was not done, in words for a person, and its code for those who mend it. */
export interface Fault {
  code: string;
  words: string;
  /** All that the core says of it; none if it was not the core. */
  of?: CoreFault;
}

function isOfCore(error: Error): error is CoreError {
  return "code" in error && "reason" in error && "fault" in error;
}

/** The fault in what was thrown, of the core or of the page. */
export function faultOf(error: unknown): Fault {
  if (error instanceof Error && isOfCore(error)) {
    return { code: error.code, words: withoutIds(error.reason), of: error.fault };
  }
  const words = error instanceof Error ? error.message : String(error);
  return { code: "unexpected", words };
}

const id = / ?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** What the core says, without the ids by which it names documents: a person knows none. */
export function withoutIds(reason: string): string {
  return reason.replace(id, "");
}

/** What went wrong, as a sentence that stands by itself. */
export function sentence(words: string): string {
  const text = words.trim() || "This did not work";
  const begun = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

/** Whether it is a mistake in the core: then its code helps those who mend it. */
export function isOfCoreItself({ of }: Fault): boolean {
  return of?.type === "unexpected";
}
