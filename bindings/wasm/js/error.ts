// What a call is rejected with.
import type { CoreFault, CoreError as Described } from "../api.js";

/** What went wrong: each call that fails is rejected with one, and with nothing else. */
export class CoreError extends Error implements Described {
  override readonly name: string = "CoreError";
  readonly fault: CoreFault;

  constructor(fault: CoreFault, cause?: unknown) {
    super(fault.reason, { cause });
    this.fault = fault;
  }

  get code(): string {
    return this.fault.code;
  }

  get reason(): string {
    return this.fault.reason;
  }
}

/** A fault of the core, or of what carries calls to it. */
export function unexpected(during: string, cause?: unknown): CoreError {
  const reason = `something went wrong inside the app while ${during}; nothing was lost, try again`;
  return new CoreError({ type: "unexpected", code: "internal", reason }, cause);
}

/** The worker is no more. What it was asked has no answer, and whether it was done is not known. */
export class WorkerEnded extends CoreError {
  constructor() {
    super(unexpected("working in the background").fault);
  }
}

/** What was handed in is no value of its type. */
export function invalid(reason: string): CoreError {
  return new CoreError({ type: "invalidInput", field: "value", code: "invalid_input", reason });
}
