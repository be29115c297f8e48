import type { CoreError, CoreFault } from "./api";

/** Why something was not done, in words for a person and with its code. */
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
    return { code: error.code, words: error.reason, of: error.fault };
  }
  const words = error instanceof Error ? error.message : String(error);
  return { code: "unexpected", words };
}
